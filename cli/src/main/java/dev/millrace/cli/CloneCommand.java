package dev.millrace.cli;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.run.RunListener;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes what another state has built available in the target: dbt's {@code clone}. */
@Command(name = "clone", description = "Make views of the relations of another state (--state), without building them.")
final class CloneCommand implements Callable<Integer> {
    private static final Set<NodeKind> KINDS = EnumSet.of(NodeKind.MODEL, NodeKind.SEED, NodeKind.SNAPSHOT);

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    private final Millrace millrace;

    CloneCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        return new Execution(millrace, "clone").run(selection, KINDS, new Execution.OwnSteps() {
            @Override
            public Graph graph(Workspace workspace) {
                return workspace.clones(selection.deferState(workspace));
            }

            @Override
            public List<RunListener> listeners(Workspace workspace) {
                return workspace.artifacts();
            }
        });
    }
}
