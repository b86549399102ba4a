package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.jinja.Functions;
import dev.millrace.transform.internal.adapter.Connection;
import dev.millrace.transform.internal.macro.MacroFiles;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.warehouse.Session;
import java.util.Optional;

/**
 * Compiles nodes to see what they would be, and leaves no trace: writes no file, keeps no result, and rolls back what a
 * template does to the warehouse. A warehouse that is not there yet stays so: what asks it does not compile.
 * Thread-safe.
 */
public final class TrialCompiler {
    private final RunEnvironment environment;
    private final boolean reachable;

    /** @param reachable whether there is a warehouse that templates may ask */
    public TrialCompiler(RunEnvironment environment, boolean reachable) {
        this.environment = environment;
        this.reachable = reachable;
    }

    /** Whether templates may ask the warehouse. */
    public boolean reachesWarehouse() {
        return reachable;
    }

    /**
     * @param incremental what {@code is_incremental()} says; empty for what it is
     * @throws MillraceException if it does not compile
     */
    public String compile(Resource resource, Optional<Boolean> incremental) {
        return compile(resource, incremental, true);
    }

    /** The same for another text in the node's file, such as an earlier one. */
    public String compile(Resource resource, String code, Optional<Boolean> incremental) {
        Resource other = new Resource(
                resource.identity(),
                resource.properties(),
                resource.config(),
                resource.dependencies(),
                resource.relation(),
                code,
                resource.checksum(),
                MacroFiles.compile(code, resource.identity().display()),
                resource.test());
        return compile(other, incremental, false);
    }

    private String compile(Resource resource, Optional<Boolean> incremental, boolean checkedRefs) {
        try (Connection connection = new Connection(this::open, text -> {})) {
            Execution execution = new Execution(
                    environment,
                    resource,
                    connection,
                    environment.relations(""),
                    (level, message) -> {},
                    checkedRefs && resource.test() == null);
            Optional<Boolean> said = reachable ? incremental : Optional.of(incremental.orElse(false));
            said.ifPresent(
                    known -> execution.context().set("is_incremental", Functions.of("is_incremental", "", a -> known)));
            return new SqlCompiler(environment, (ephemeral, compiled) -> {})
                    .compile(execution, resource)
                    .sql();
        }
    }

    private Session open() {
        if (!reachable) {
            throw new MillraceException(
                    ErrorCode.WAREHOUSE_FAILED, "the template asks the warehouse, which cannot be read now");
        }
        Session session = environment.warehouse().open();
        session.begin();
        return session;
    }
}
