package dev.millrace.warehouse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.Target;
import dev.millrace.warehouse.check.Checks;
import dev.millrace.warehouse.shadow.Shadow;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The warehouses of a project, opened when first used and shared by every layer: two targets that mean the same
 * warehouse get the same one. Thread-safe.
 */
public final class Warehouses implements AutoCloseable {
    private final Project project;
    private final Map<String, WarehouseFactory> factories = new TreeMap<>();
    private final Map<String, Warehouse> open;
    private final boolean owner;
    private final Checks checks = new Checks();

    public Warehouses(Project project) {
        this(project, new LinkedHashMap<>(), true);
    }

    private Warehouses(Project project, Map<String, Warehouse> open, boolean owner) {
        this.project = project;
        this.open = open;
        this.owner = owner;
        for (WarehouseFactory factory : ServiceLoader.load(WarehouseFactory.class)) {
            factories.put(factory.type(), factory);
        }
    }

    /**
     * The same open warehouses for another reading of the project, whose files may have changed since. Closing what is
     * returned closes none of them.
     */
    public Warehouses sharedWith(Project other) {
        return new Warehouses(other, open, false);
    }

    /** What runs the checks of all layers together. */
    public Checks checks() {
        return checks;
    }

    /** The factory of the target's type. */
    public WarehouseFactory factory(Target target) {
        WarehouseFactory factory = factories.get(target.type());
        if (factory == null) {
            throw new MillraceException(
                    ErrorCode.ADAPTER_NOT_FOUND,
                    "no adapter for type '" + target.type() + "'",
                    target.settings().positionOf("type"),
                    Suggestion.hint(target.type(), factories.keySet()),
                    null);
        }
        return factory;
    }

    /** The warehouse of a target, opened if it is not open yet. */
    public Warehouse warehouse(Target target) {
        WarehouseFactory factory = factory(target);
        String identity = factory.identity(project, target);
        synchronized (open) {
            Warehouse known = open.get(identity);
            if (known == null) {
                known = factory.open(project, target);
                open.put(identity, known);
            }
            return known;
        }
    }

    /** Whether a target's warehouse is there, so that opening it makes nothing. */
    public boolean exists(Target target) {
        WarehouseFactory factory = factory(target);
        synchronized (open) {
            return open.containsKey(factory.identity(project, target)) || factory.exists(project, target);
        }
    }

    /** The warehouse of a target if it is open. */
    public Optional<Warehouse> opened(Target target) {
        String identity = factory(target).identity(project, target);
        synchronized (open) {
            return Optional.ofNullable(open.get(identity));
        }
    }

    /** A stand-in of a target's warehouse, which is not opened; empty if its kind has none. The caller closes it. */
    public Optional<Shadow> shadow(Target target) {
        return factory(target).shadow(project, target);
    }

    /** A relation of a target's warehouse, named without opening it. */
    public RelationName relation(Target target, String schema, String identifier) {
        WarehouseFactory factory = factory(target);
        return new RelationName(
                factory.identity(project, target), factory.database(project, target), schema, identifier);
    }

    @Override
    public void close() {
        if (!owner) {
            return;
        }
        synchronized (open) {
            open.values().forEach(Warehouse::close);
            open.clear();
        }
    }
}
