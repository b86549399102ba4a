package dev.millrace.cli;

import dev.millrace.cli.listing.TableText;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.Compiler;
import dev.millrace.warehouse.Table;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the query of a model, or one that is given, and shows the first rows of its answer. */
@Command(name = "show", description = "Run a model's query, or --inline SQL, and print the first rows.")
final class ShowCommand implements Callable<Integer> {
    private static final Set<NodeKind> KINDS = EnumSet.of(NodeKind.MODEL, NodeKind.TEST, NodeKind.ANALYSIS);
    private static final Set<NodeKind> STORED =
            EnumSet.of(NodeKind.SEED, NodeKind.SOURCE, NodeKind.SNAPSHOT, NodeKind.CONNECTION);

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Option(names = "--inline", paramLabel = "SQL", order = 20, description = "Show the answer of this query.")
    @Nullable
    private String inline;

    @Option(
            names = "--limit",
            paramLabel = "N",
            order = 21,
            defaultValue = "5",
            description = "Rows at most (default: 5); -1 for all.")
    private int limit = 5;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            order = 22,
            defaultValue = "text",
            description = "text (default) or json.")
    private String output = "text";

    private final Millrace millrace;

    ShowCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        boolean json = json();
        try (Workspace workspace = millrace.open("show")) {
            Compiler compiler = workspace.compiler();
            Optional<RemoteQuery> remote =
                    RunningServer.of(workspace.project().root()).map(RemoteQuery::new);
            for (Map.Entry<String, String> query : queries(workspace, compiler).entrySet()) {
                Table answer = remote.isPresent()
                        ? remote.get().preview(query.getValue(), limit)
                        : compiler.preview(query.getValue(), limit);
                print(query.getKey(), answer, json);
            }
            return ExitCode.OK;
        }
    }

    private Map<String, String> queries(Workspace workspace, Compiler compiler) {
        if (inline != null) {
            return Map.of("", compiler.compileInline(inline));
        }
        if (selection.select.isEmpty() && selection.selector == null) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "nothing is selected to show",
                    null,
                    "Name a model: millrace show --select my_model, or a query: millrace show --inline 'select 1'.",
                    null);
        }
        Set<NodeKind> kinds = EnumSet.copyOf(KINDS);
        kinds.addAll(STORED);
        selection.indirect = "empty";
        List<String> unmatched = new ArrayList<>();
        Map<String, String> queries = new LinkedHashMap<>();
        for (NodeId id : new Selection(workspace, unmatched::add).of(selection, kinds)) {
            Node node = workspace.graph().require(id);
            queries.put(
                    node.name(), STORED.contains(node.kind()) ? stored(workspace, node) : compiler.compile(node.id()));
        }
        if (queries.isEmpty()) {
            List<String> names =
                    workspace.graph().nodes().stream().map(Node::name).toList();
            String asked = unmatched.isEmpty() ? String.join(" ", selection.select) : unmatched.get(0);
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "nothing to show matches '" + asked + "'",
                    null,
                    Suggestion.hint(asked, names),
                    null);
        }
        return queries;
    }

    /** What is in the warehouse already is read as it is. */
    private static String stored(Workspace workspace, Node node) {
        return "select * from "
                + workspace
                        .warehouses()
                        .factory(workspace.project().target())
                        .dialect()
                        .quote(node.relation().orElseThrow());
    }

    private void print(String name, Table table, boolean json) {
        PrintStream out = millrace.surroundings().out();
        if (json) {
            out.println(TableText.json(table));
            return;
        }
        if (!name.isEmpty() && !millrace.settings().quiet()) {
            out.println(millrace.settings().style().bold(name));
        }
        int width = millrace.consoles().width();
        TableText.grid(table, width, millrace.settings().style()).forEach(out::println);
    }

    private boolean json() {
        return switch (output) {
            case "text" -> false;
            case "json" -> true;
            default ->
                throw new MillraceException(
                        ErrorCode.USAGE,
                        "--output '" + output + "' is unknown",
                        null,
                        Suggestion.hint(output, List.of("text", "json")),
                        null);
        };
    }
}
