package dev.millrace.cli;

import dev.millrace.cli.plan.PlanJson;
import dev.millrace.cli.plan.PlanText;
import dev.millrace.cli.plan.PlanView;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.NodeId;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what {@code build} would do and why, against the last build of each node; builds and writes nothing. */
@Command(
        name = "plan",
        description = "Show what build would do and why: what is new, changed (breaking or not) or removed, and what"
                + " that reaches. Runs nothing.")
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--output",
            paramLabel = "FORM",
            order = 20,
            defaultValue = "text",
            description = "text (default) or json.")
    private String output = "text";

    @Option(names = "--diff", order = 21, description = "Show in which lines the compiled SQL differs.")
    private boolean diff;

    @Option(names = "--all", order = 22, description = "Show also what is unchanged.")
    private boolean all;

    private final Millrace millrace;

    PlanCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        List<String> forms = List.of("text", "json");
        if (!forms.contains(output)) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "--output '" + output + "' is unknown",
                    null,
                    Suggestion.hint(output, forms),
                    null);
        }
        try (Workspace workspace = millrace.open("build")) {
            List<String> unmatched = new ArrayList<>();
            Set<NodeId> chosen = new Selection(workspace, unmatched::add).of(selection, CommandKinds.BUILD);
            unmatched.forEach(criterion ->
                    millrace.surroundings().err().println("nothing matches the selection '" + criterion + "'"));
            Optional<Path> state = selection.state(workspace);
            PlanView view = new PlanView(
                    workspace.project().name(),
                    workspace.project().target().name(),
                    state.map(folder -> workspace.project().display(folder)),
                    workspace.graph(),
                    workspace.changes(state),
                    chosen);
            PrintStream out = millrace.surroundings().out();
            if (output.equals("json")) {
                out.println(new PlanJson(diff).text(view));
            } else {
                new PlanText(millrace.settings().style(), width(), diff, all)
                        .lines(view)
                        .forEach(out::println);
            }
            return ExitCode.OK;
        }
    }

    /** Lines are broken for people only. */
    private int width() {
        return millrace.surroundings().terminal() ? millrace.consoles().width() : Integer.MAX_VALUE;
    }
}
