package dev.millrace.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.cli.console.Style;
import dev.millrace.cli.lineage.ColumnTree;
import dev.millrace.cli.lineage.ColumnsJson;
import dev.millrace.cli.lineage.LineageTree;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.sql.NodeColumns;
import dev.millrace.sql.OutputColumn;
import dev.millrace.sql.SourceColumn;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows where a node's data comes from and where it goes, from a source's column to a field of a SaaS application. */
@Command(
        name = "lineage",
        description = "Show what is up- and downstream of a node or a column, from source table to synced field.")
final class LineageCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "NODE[.COLUMN]",
            description = "A node by name or selector, or one of its columns: fct_orders, source:raw.orders,"
                    + " fct_orders.amount.")
    private String node = "";

    @Option(names = "--columns", order = 20, description = "Also show the node's columns and what they come from.")
    private boolean columns;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            order = 21,
            defaultValue = "text",
            description = "text (default) or json.")
    private String output = "text";

    private final Millrace millrace;

    LineageCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        boolean json = OutputForm.isJson(output);
        try (Workspace workspace = millrace.open("lineage")) {
            Selection selection = new Selection(workspace, criterion -> {});
            List<NodeId> found = selection.named(node);
            int dot = node.lastIndexOf('.');
            if (found.isEmpty() && dot > 0) {
                found = selection.named(node.substring(0, dot));
                if (!found.isEmpty()) {
                    column(workspace, found.get(0), node.substring(dot + 1), json);
                    return ExitCode.OK;
                }
            }
            if (found.isEmpty()) {
                List<String> names =
                        workspace.graph().nodes().stream().map(Node::name).toList();
                throw new MillraceException(
                        ErrorCode.USAGE, "no node is named '" + node + "'", null, Suggestion.hint(node, names), null);
            }
            if (json) {
                nodesJson(workspace, found);
            } else {
                nodes(workspace, found);
            }
            return ExitCode.OK;
        }
    }

    private void nodes(Workspace workspace, List<NodeId> found) {
        PrintStream out = millrace.surroundings().out();
        Style style = millrace.settings().style();
        LineageTree tree = new LineageTree(workspace.graph(), style);
        Optional<ColumnTree> columnTree = columns
                ? Optional.of(new ColumnTree(workspace.graph(), workspace.columns(workspace.check()), style))
                : Optional.empty();
        for (NodeId id : found) {
            tree.lines(id).forEach(out::println);
            columnTree.ifPresent(shown -> {
                out.println(style.dim(" columns"));
                shown.ofNode(id.toString()).forEach(out::println);
            });
        }
    }

    private void nodesJson(Workspace workspace, List<NodeId> found) {
        Graph graph = workspace.graph();
        Optional<ColumnGraph> known = columns ? Optional.of(workspace.columns(workspace.check())) : Optional.empty();
        ArrayNode nodes = new ObjectMapper().createArrayNode();
        for (NodeId id : found) {
            ObjectNode one = nodes.addObject();
            one.put("node", id.toString());
            ids(one.putArray("upstream"), graph.ancestors(id, Integer.MAX_VALUE));
            ids(one.putArray("downstream"), graph.descendants(id, Integer.MAX_VALUE));
            known.flatMap(all -> all.node(id.toString())).ifPresent(lineage -> one.setAll(ColumnsJson.of(lineage)));
        }
        millrace.surroundings().out().println(nodes);
    }

    private static void ids(ArrayNode array, Iterable<NodeId> ids) {
        ids.forEach(id -> array.add(id.toString()));
    }

    private void column(Workspace workspace, NodeId id, String name, boolean json) {
        ColumnGraph graph = workspace.columns(workspace.check());
        Optional<NodeColumns> known = graph.node(id.toString());
        Optional<OutputColumn> column = known.flatMap(one -> one.column(name));
        if (column.isEmpty()) {
            List<String> names = known.map(NodeColumns::columns).orElse(List.of()).stream()
                    .map(OutputColumn::name)
                    .toList();
            throw new MillraceException(
                    ErrorCode.USAGE,
                    id.kind().key() + " " + id.name() + " has no column '" + name + "' that is known",
                    null,
                    Suggestion.hint(name, names),
                    null);
        }
        SourceColumn shown = new SourceColumn(id.toString(), column.get().name());
        PrintStream out = millrace.surroundings().out();
        if (json) {
            out.println(ColumnsJson.of(shown, graph));
        } else {
            new ColumnTree(workspace.graph(), graph, millrace.settings().style())
                    .of(shown)
                    .forEach(out::println);
        }
    }
}
