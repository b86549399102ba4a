package dev.millrace.cli.plan;

import dev.millrace.cli.console.Columns;
import dev.millrace.cli.console.Style;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.transform.ChangePlan;
import dev.millrace.transform.NodeChange;
import dev.millrace.transform.NodeChange.Kind;
import dev.millrace.transform.SqlDifference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A plan for people: what changed first, each with what it would become and what it reaches; then what else breaks,
 * what is read and written outside, and a sum.
 */
public final class PlanText {
    private static final int LABEL = 9;

    private final Style style;
    private final int width;
    private final boolean diff;
    private final boolean all;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param width columns after which lines are broken
     * @param diff whether to show in which lines SQL differs
     * @param all whether to show also what is unchanged
     */
    public PlanText(Style style, int width, boolean diff, boolean all) {
        this.style = style;
        this.width = width;
        this.diff = diff;
        this.all = all;
    }

    /** The lines, without their ends. */
    public List<String> lines(PlanView view) {
        lines.clear();
        heading(view);
        List<NodeChange> changed = view.changed();
        changed.stream().filter(change -> !aside(change)).forEach(change -> change(view, change));
        tests(changed.stream().filter(PlanText::aside).toList());
        view.plan().removed().forEach(this::removed);
        touched(view.touched());
        outside(view);
        if (all) {
            unchanged(view);
        }
        sum(view, changed);
        return List.copyOf(lines);
    }

    private void heading(PlanView view) {
        String with = view.state()
                .map(state -> "models as in " + state + ", the rest as last built")
                .orElse(view.plan().first() ? "nothing built yet" : "compared with the last build of each node");
        lines.add(style.bold(view.project()) + style.dim(", target " + view.target() + ": " + with));
        view.plan()
                .warehouseProblem()
                .ifPresent(problem -> wrapped(
                        style.yellow("!") + " ",
                        2,
                        "the warehouse cannot be read, so what is in it is not known: "
                                + problem.text().lines().findFirst().orElse("")));
        lines.add("");
    }

    /** Whether the node has no line of its own: a test that is new or changed. */
    private static boolean aside(NodeChange change) {
        return PlanView.isTest(change.node().kind()) || change.node().kind() == NodeKind.EXPECTATION;
    }

    private void change(PlanView view, NodeChange change) {
        boolean added = change.kind() == Kind.ADDED;
        String sign = added ? style.green("+") : change.breaking() ? style.red("~") : style.yellow("~");
        String verdict =
                added ? style.green("new") : change.breaking() ? style.red("breaking") : style.yellow("not breaking");
        lines.add(sign + " " + style.dim(change.node().kind().key() + " ")
                + style.bold(change.node().name()) + "  " + verdict);
        change.problem()
                .ifPresent(problem -> detail(
                        "problem",
                        problem.text().lines().findFirst().orElse(problem.code().name())));
        if (!change.reasons().isEmpty()) {
            detail("changed", reasons(change));
        }
        columns(change.sql());
        if (!change.sql().notes().isEmpty()) {
            detail("query", String.join("; ", change.sql().notes()));
        }
        if (!change.how().isEmpty()) {
            String name =
                    added ? change.node().relation().map(RelationName::toString).orElse("") : "";
            detail("build", change.how() + (name.isEmpty() ? "" : ", " + name));
        }
        if (!added) {
            reaches(view, change);
        }
        if (diff) {
            change.diff().forEach(line -> lines.add("    " + painted(line)));
        }
        lines.add("");
    }

    private static String reasons(NodeChange change) {
        return change.reasons().stream()
                .map(reason -> reason.part().text() + (reason.detail().isEmpty() ? "" : " (" + reason.detail() + ")"))
                .collect(Collectors.joining(", "));
    }

    private void columns(SqlDifference sql) {
        String names = Stream.of(signed("+", sql.added()), signed("-", sql.removed()), signed("~", sql.changed()))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("  "));
        if (!names.isEmpty()) {
            detail("columns", names);
        }
    }

    private static String signed(String sign, List<String> names) {
        return names.stream().map(name -> sign + name).collect(Collectors.joining("  "));
    }

    private void reaches(PlanView view, NodeChange change) {
        Map<NodeKind, List<String>> byKind = new LinkedHashMap<>();
        for (Node node : view.downstream(change.node().id())) {
            byKind.computeIfAbsent(node.kind(), kind -> new ArrayList<>()).add(node.name());
        }
        List<String> parts = new ArrayList<>();
        byKind.forEach((kind, names) -> parts.add(kind.key() + " " + String.join(", ", names)));
        long tests = view.testsDownstream(change.node().id());
        if (tests > 0) {
            parts.add(tests + (tests == 1 ? " test" : " tests"));
        }
        if (!parts.isEmpty()) {
            detail("reaches", String.join("; ", parts));
        }
    }

    private String painted(String line) {
        String text = Columns.fit(line, width - 4, style);
        return switch (line.charAt(0)) {
            case '+' -> style.green(text);
            case '-' -> style.red(text);
            case '@' -> style.cyan(text);
            default -> style.dim(text);
        };
    }

    private void tests(List<NodeChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        for (Kind kind : List.of(Kind.ADDED, Kind.CHANGED)) {
            List<String> names = changes.stream()
                    .filter(change -> change.kind() == kind)
                    .map(change -> change.node().name())
                    .toList();
            if (!names.isEmpty()) {
                boolean added = kind == Kind.ADDED;
                lines.add((added ? style.green("+") : style.yellow("~")) + " "
                        + style.bold(names.size() + (names.size() == 1 ? " test" : " tests")) + "  "
                        + (added ? style.green("new") : style.yellow("changed")));
                names.stream().limit(all ? Long.MAX_VALUE : 8).forEach(name -> lines.add("    " + fit(name, 4)));
                if (!all && names.size() > 8) {
                    lines.add(style.dim("    and " + (names.size() - 8) + " more (--all shows them)"));
                }
                lines.add("");
            }
        }
    }

    private void removed(ChangePlan.Removed removed) {
        lines.add(style.red("-") + " " + style.dim(removed.id().kind().key() + " ")
                + style.bold(removed.id().name()) + "  " + style.red("removed"));
        if (removed.exists().orElse(false)) {
            String name = removed.relation().substring(removed.relation().indexOf('.') + 1);
            detail("left", name + " stays in the warehouse; nothing will update it");
        }
        lines.add("");
    }

    private void touched(List<NodeChange> touched) {
        if (touched.isEmpty()) {
            return;
        }
        lines.add(style.bold("A breaking change reaches") + style.dim(", though they have not changed:"));
        List<NodeChange> shown = all
                ? touched
                : touched.stream().filter(change -> !aside(change)).toList();
        int names = shown.stream()
                .mapToInt(change -> label(change.node()).length())
                .max()
                .orElse(0);
        for (NodeChange change : shown) {
            String by = change.brokenBy().stream().map(id -> view(id.name())).collect(Collectors.joining(", "));
            String how = change.how().isEmpty() ? "" : "; " + change.how();
            wrapped("  " + padded(change.node(), names) + "  ", 4 + names, "through " + by + how);
        }
        if (shown.size() < touched.size()) {
            lines.add(style.dim("  and " + (touched.size() - shown.size()) + " tests (--all shows them)"));
        }
        lines.add("");
    }

    private static String view(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private void outside(PlanView view) {
        List<NodeChange> nodes = view.nodes(change -> !change.how().isEmpty()
                && (!change.node().reads().isEmpty() || !change.node().sends().isEmpty()));
        if (nodes.isEmpty()) {
            return;
        }
        lines.add(style.bold("Outside the warehouse"));
        int names = nodes.stream()
                .mapToInt(change -> label(change.node()).length())
                .max()
                .orElse(0);
        nodes.forEach(change -> wrapped("  " + padded(change.node(), names) + "  ", 4 + names, change.how()));
        lines.add("");
    }

    private void unchanged(PlanView view) {
        List<NodeChange> same = view.nodes(
                change -> change.kind() == Kind.UNCHANGED && change.brokenBy().isEmpty());
        if (same.isEmpty()) {
            return;
        }
        lines.add(style.bold("Unchanged"));
        int names = same.stream()
                .mapToInt(change -> label(change.node()).length())
                .max()
                .orElse(0);
        same.forEach(change -> wrapped("  " + padded(change.node(), names) + "  ", 4 + names, change.how()));
        lines.add("");
    }

    private void sum(PlanView view, List<NodeChange> changed) {
        Map<String, Integer> manners = new LinkedHashMap<>();
        view.nodes(change -> !change.how().isEmpty()).forEach(change -> manners.merge(manner(change), 1, Integer::sum));
        if (!manners.isEmpty()) {
            String work = manners.entrySet().stream()
                    .map(entry ->
                            entry.getValue() + " " + (entry.getValue() == 1 ? entry.getKey() : plural(entry.getKey())))
                    .collect(Collectors.joining(", "));
            wrapped(style.bold("A build would make") + " ", 19, work + ".");
        }
        long added =
                changed.stream().filter(change -> change.kind() == Kind.ADDED).count();
        long breaking = changed.stream().filter(NodeChange::breaking).count();
        long unchanged = view.nodes(change -> change.kind() == Kind.UNCHANGED).size();
        lines.add(style.bold(added + " new, " + (changed.size() - added) + " changed")
                + (breaking > 0 ? " (" + style.red(breaking + " breaking") + ")" : "")
                + style.bold(", " + view.plan().removed().size() + " removed")
                + style.dim(", " + unchanged + " unchanged"));
    }

    /** What it makes, in one word for the sum. */
    private static String manner(NodeChange change) {
        Node node = change.node();
        return switch (node.kind()) {
            case MODEL -> {
                Object materialized = node.config().getOrDefault("materialized", "view");
                boolean increment = change.how().startsWith("increment ")
                        || change.how().startsWith("increment:")
                        || change.how().equals("increment");
                yield materialized.equals("incremental")
                        ? (increment ? "increment" : "table in full")
                        : materialized.toString();
            }
            case UNIT_TEST -> "unit test";
            case EXPECTATION -> "check";
            default -> node.kind().key();
        };
    }

    private static String plural(String words) {
        return words.endsWith("s") ? words : words + "s";
    }

    private static String label(Node node) {
        return node.kind().key() + " " + node.name();
    }

    private String padded(Node node, int columns) {
        String label = label(node);
        return style.dim(node.kind().key() + " ") + node.name() + " ".repeat(Math.max(0, columns - label.length()));
    }

    private void detail(String label, String text) {
        wrapped("    " + style.dim(Columns.pad(label, LABEL)), 4 + LABEL, text);
    }

    private String fit(String text, int indent) {
        return Columns.fit(text, Math.max(10, width - indent), style);
    }

    /** {@code text} after {@code head}, broken between words; what follows is indented by {@code indent}. */
    private void wrapped(String head, int indent, String text) {
        int room = Math.max(20, width - indent);
        StringBuilder line = new StringBuilder();
        String start = head;
        for (String word : text.split(" ")) {
            if (line.length() > 0 && Columns.width(line.toString()) + 1 + Columns.width(word) > room) {
                lines.add(start + line);
                line.setLength(0);
                start = " ".repeat(indent);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(start + line);
    }
}
