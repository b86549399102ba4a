package dev.millrace.transform.internal.run;

import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.internal.adapter.Connection;
import dev.millrace.transform.internal.resource.Resource;

/** Compiles nodes outside any run. Thread-safe. */
public final class NodeCompiler {
    private final RunEnvironment environment;

    public NodeCompiler(RunEnvironment environment) {
        this.environment = environment;
    }

    /** The node's SQL, which is written to {@code target/compiled/} when it has a file of its own. */
    public String compile(Resource resource) {
        try (Connection connection =
                new Connection(() -> environment.warehouse().open(), text -> {})) {
            boolean inline = resource.kind() == NodeKind.OPERATION;
            Execution execution = new Execution(
                    environment,
                    resource,
                    connection,
                    environment.relations(""),
                    (level, message) -> {},
                    !inline && resource.test() == null);
            Compiled compiled = new SqlCompiler(environment).compile(execution, resource);
            if (!inline) {
                environment.keep(resource.id(), compiled);
                environment.files().writeCompiled(resource, compiled.sql());
            }
            return compiled.sql();
        }
    }
}
