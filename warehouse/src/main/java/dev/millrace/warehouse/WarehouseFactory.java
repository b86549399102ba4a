package dev.millrace.warehouse;

import dev.millrace.core.project.Project;
import dev.millrace.core.project.Target;
import dev.millrace.warehouse.shadow.Shadow;
import java.util.Optional;

/** Opens one kind of warehouse. Found with {@link java.util.ServiceLoader}; stateless. */
public interface WarehouseFactory {
    /** The profile {@code type} it serves: {@code duckdb}. */
    String type();

    /** See {@link Warehouse#identity}; must not open anything. */
    String identity(Project project, Target target);

    /** The database of {@link Warehouse#database}; must not open anything. */
    String database(Project project, Target target);

    /** The schema models go to by default; must not open anything. */
    String schema(Project project, Target target);

    Dialect dialect();

    /** Whether there is such a warehouse yet, or opening it would make an empty one; must not open anything. */
    default boolean exists(Project project, Target target) {
        return true;
    }

    Warehouse open(Project project, Target target);

    /** A stand-in to bind queries against; empty if there is none for this kind of warehouse. */
    default Optional<Shadow> shadow(Project project, Target target) {
        return Optional.empty();
    }
}
