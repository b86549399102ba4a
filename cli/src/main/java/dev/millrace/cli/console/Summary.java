package dev.millrace.cli.console;

import dev.millrace.cli.error.ErrorText;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The end of a run's report: what failed and where, what was skipped and why, the counts, and what to run next. */
record Summary(Style style, ErrorText errors, Subject subject) {
    private static final int MOST_LISTED = 20;
    private static final int MOST_SELECTED = 5;

    List<String> lines(RunResult run) {
        List<String> lines = new ArrayList<>();
        List<NodeResult> failed = failed(run);
        List<NodeResult> warned = run.nodes().stream()
                .filter(node -> node.status() == Status.WARN)
                .toList();
        lines.addAll(list(style.bold("Warnings"), warned));
        lines.addAll(list(style.bold("Failed"), failed));
        lines.addAll(skipped(run));
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add(verdict(run));
        if (!failed.isEmpty()) {
            lines.add(style.dim("Next: ") + subject.again() + " --select " + selection(failed));
        }
        return lines;
    }

    private static List<NodeResult> failed(RunResult run) {
        return run.nodes().stream()
                .filter(node -> node.status() == Status.ERROR || node.status() == Status.FAIL)
                .toList();
    }

    private List<String> list(String title, List<NodeResult> results) {
        if (results.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("", title));
        for (NodeResult result : results.subList(0, Math.min(MOST_LISTED, results.size()))) {
            String status = Columns.pad(Labels.of(result.status()), 5);
            lines.add("  " + Labels.paint(result.status(), status, style) + " "
                    + Columns.pad(Labels.of(result.node().kind()), 5) + " "
                    + style.bold(result.node().name()));
            String first = result.message().strip().lines().findFirst().orElse("");
            lines.add("        " + place(result) + (first.isEmpty() ? "" : ": " + first));
        }
        if (results.size() > MOST_LISTED) {
            lines.add("  " + style.ellipsis() + " and " + (results.size() - MOST_LISTED) + " more");
        }
        return lines;
    }

    private String place(NodeResult result) {
        return errors.place(result.error()
                .flatMap(error -> error.position())
                .orElse(result.node().position()));
    }

    private List<String> skipped(RunResult run) {
        Map<String, Long> reasons = run.nodes().stream()
                .filter(node -> node.status() == Status.SKIPPED)
                .collect(Collectors.groupingBy(NodeResult::message, LinkedHashMap::new, Collectors.counting()));
        if (reasons.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("", style.bold("Skipped")));
        reasons.forEach((reason, count) -> lines.add("  " + Amounts.count(count, "node") + ": " + reason));
        return lines;
    }

    private String verdict(RunResult run) {
        List<String> counts = new ArrayList<>();
        long well = run.count(Status.SUCCESS) + run.count(Status.PASS);
        counts.add(style.green(well + " ok"));
        add(counts, run.count(Status.WARN), "warned", style::yellow);
        add(counts, run.count(Status.FAIL), "failed", style::red);
        add(counts, run.count(Status.ERROR), run.count(Status.ERROR) == 1 ? "error" : "errors", style::red);
        add(counts, run.count(Status.SKIPPED), "skipped", style::dim);
        String word = run.cancelled() && failed(run).isEmpty()
                ? style.yellow("Cancelled")
                : run.ok() ? style.green("Done") : style.red("Failed");
        return word + " in " + Amounts.elapsed(run.elapsed()) + ": " + String.join(", ", counts) + ", "
                + run.nodes().size() + " in all.";
    }

    private static void add(
            List<String> counts, long number, String word, java.util.function.UnaryOperator<String> paint) {
        if (number > 0) {
            counts.add(paint.apply(number + " " + word));
        }
    }

    private static String selection(List<NodeResult> failed) {
        String names = failed.stream()
                .limit(MOST_SELECTED)
                .map(result -> selector(result.node()))
                .distinct()
                .collect(Collectors.joining(" "));
        return names;
    }

    private static String selector(Node node) {
        NodeKind kind = node.kind();
        if (kind == NodeKind.CONNECTION || kind == NodeKind.SYNC) {
            return kind.key() + ":" + node.name() + (kind == NodeKind.CONNECTION ? "+" : "");
        }
        return kind == NodeKind.TEST || kind == NodeKind.UNIT_TEST ? node.name() : node.name() + "+";
    }
}
