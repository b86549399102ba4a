package dev.millrace.cli;

import dev.millrace.cli.lineage.LineageTree;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows where a node's data comes from and where it goes, from a source's table to a field of a SaaS application. */
@Command(
        name = "lineage",
        description = "Show what is up- and downstream of a node, from source table to synced field.")
final class LineageCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NODE", description = "A node by name or selector: fct_orders, source:raw.orders.")
    private String node = "";

    private final Millrace millrace;

    LineageCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        try (Workspace workspace = millrace.open("lineage")) {
            List<NodeId> found = new Selection(workspace, criterion -> {}).named(node);
            if (found.isEmpty()) {
                List<String> names =
                        workspace.graph().nodes().stream().map(Node::name).toList();
                throw new MillraceException(
                        ErrorCode.USAGE, "no node is named '" + node + "'", null, Suggestion.hint(node, names), null);
            }
            LineageTree tree =
                    new LineageTree(workspace.graph(), millrace.settings().style());
            for (NodeId id : found) {
                tree.lines(id).forEach(millrace.surroundings().out()::println);
            }
            return ExitCode.OK;
        }
    }
}
