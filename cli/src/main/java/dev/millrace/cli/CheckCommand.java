package dev.millrace.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.cli.console.Amounts;
import dev.millrace.cli.error.ErrorText;
import dev.millrace.core.MillraceException;
import dev.millrace.core.ProblemsException;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.CheckReport;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Binds all SQL of the project against an empty shadow of its warehouse; runs nothing. */
@Command(
        name = "check",
        description = "Find unknown columns, tables and functions, and types that do not fit; run nothing.")
final class CheckCommand implements Callable<Integer> {
    private static final Set<NodeKind> KINDS = EnumSet.allOf(NodeKind.class);

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Option(
            names = "--output",
            paramLabel = "FORM",
            order = 20,
            defaultValue = "text",
            description = "text (default) or json.")
    private String output = "text";

    private final Millrace millrace;

    CheckCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        boolean json = OutputForm.isJson(output);
        try (Workspace workspace = millrace.open("check")) {
            List<String> unmatched = new ArrayList<>();
            Set<NodeId> chosen = new Selection(workspace, unmatched::add).of(selection, KINDS);
            unmatched.forEach(criterion ->
                    millrace.surroundings().err().println("nothing matches the selection '" + criterion + "'"));
            boolean everything = selection.select.isEmpty() && selection.exclude.isEmpty();
            CheckReport report = workspace.check();
            workspace.writeColumns(report);
            List<CheckReport.Problem> problems = report.problems().stream()
                    .filter(problem -> everything || chosen.contains(problem.node()))
                    .toList();
            List<CheckReport.Unbound> unbound = report.unbound().stream()
                    .filter(one -> everything || chosen.contains(one.node()))
                    .toList();
            if (json) {
                millrace.surroundings().out().println(json(report.checked(), problems, unbound));
            } else {
                show(workspace, report.checked(), problems, unbound);
            }
            return problems.isEmpty() ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    private void show(
            Workspace workspace, int checked, List<CheckReport.Problem> problems, List<CheckReport.Unbound> unbound) {
        PrintStream out = millrace.surroundings().out();
        ErrorText errors = millrace.errors(workspace.project());
        if (!problems.isEmpty()) {
            List<MillraceException> all =
                    problems.stream().map(CheckReport.Problem::error).toList();
            errors.lines(ProblemsException.of(all))
                    .forEach(millrace.surroundings().err()::println);
        }
        if (millrace.settings().quiet()) {
            return;
        }
        unbound.forEach(one -> out.println(millrace.settings()
                .style()
                .dim("not checked: " + one.node().kind().key() + " "
                        + one.node().name() + ": " + one.reason())));
        String sound = problems.isEmpty() ? "no problem" : Amounts.count(problems.size(), "problem");
        String rest = unbound.isEmpty() ? "" : "; " + unbound.size() + " could not be checked";
        out.println("Checked " + Amounts.count(checked, "node") + ": " + sound + rest + ".");
    }

    private static ObjectNode json(int checked, List<CheckReport.Problem> problems, List<CheckReport.Unbound> unbound) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("checked", checked);
        ArrayNode found = json.putArray("problems");
        for (CheckReport.Problem problem : problems) {
            ObjectNode one = found.addObject();
            one.put("node", problem.node().toString());
            one.put("code", problem.error().code().name());
            one.put("message", problem.error().text());
            problem.error().position().ifPresent(position -> {
                one.put("file", position.file());
                one.put("line", position.line());
                one.put("column", position.column());
            });
            problem.error().hint().ifPresent(hint -> one.put("hint", hint));
        }
        ArrayNode unknown = json.putArray("not_checked");
        unbound.forEach(
                one -> unknown.addObject().put("node", one.node().toString()).put("reason", one.reason()));
        return json;
    }
}
