package dev.millrace.cli;

import dev.millrace.cli.listing.NodeJson;
import dev.millrace.cli.listing.NodeNames;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the nodes of the project, one a line, as dbt's {@code ls}; opens no warehouse. */
@Command(name = "ls", description = "List the nodes of the project, one a line.")
final class ListCommand implements Callable<Integer> {
    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--output",
            paramLabel = "FORM",
            order = 20,
            defaultValue = "selector",
            description = "selector (default), name, path or json.")
    private String output = "selector";

    @Option(
            names = "--output-keys",
            arity = "1..*",
            paramLabel = "KEY",
            order = 21,
            description = "The fields of --output json, such as unique_id or config.")
    private List<String> outputKeys = new ArrayList<>();

    private final Millrace millrace;

    ListCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        Function<Node, String> form = form();
        try (Workspace workspace = millrace.open("list")) {
            Graph graph = workspace.graph();
            List<String> unmatched = new ArrayList<>();
            Set<NodeKind> all = EnumSet.complementOf(EnumSet.of(NodeKind.OPERATION));
            Set<NodeId> chosen = new Selection(workspace, unmatched::add).of(selection, all);
            unmatched.forEach(criterion ->
                    millrace.surroundings().err().println("nothing matches the selection '" + criterion + "'"));
            PrintStream out = millrace.surroundings().out();
            StringBuilder text = new StringBuilder();
            chosen.forEach(id -> text.append(form.apply(graph.require(id))).append('\n'));
            out.print(text);
            return ExitCode.OK;
        }
    }

    private Function<Node, String> form() {
        return switch (output) {
            case "selector" -> NodeNames::selector;
            case "name" -> Node::name;
            case "path" -> Node::path;
            case "json" ->
                new NodeJson(outputKeys.stream()
                        .flatMap(keys -> Stream.of(keys.trim().split("[\\s,]+")))
                        .toList())::line;
            default ->
                throw new MillraceException(
                        ErrorCode.USAGE,
                        "--output '" + output + "' is unknown",
                        null,
                        Suggestion.hint(output, List.of("selector", "name", "path", "json")),
                        null);
        };
    }
}
