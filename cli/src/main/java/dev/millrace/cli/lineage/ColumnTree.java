package dev.millrace.cli.lineage;

import dev.millrace.cli.console.Style;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.sql.OutputColumn;
import dev.millrace.sql.SourceColumn;
import dev.millrace.sql.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Where a column comes from and where it goes, as trees; a branch that was already drawn is drawn only once. */
public final class ColumnTree {
    private final Graph graph;
    private final ColumnGraph columns;
    private final Style style;
    private final Map<String, Node> nodes = new HashMap<>();

    public ColumnTree(Graph graph, ColumnGraph columns, Style style) {
        this.graph = graph;
        this.columns = columns;
        this.style = style;
        graph.nodes().forEach(node -> nodes.put(node.id().toString(), node));
    }

    /** The columns of a node, each with what it comes from. */
    public List<String> ofNode(String id) {
        List<String> lines = new ArrayList<>();
        columns.node(id).ifPresent(node -> {
            int width = node.columns().stream()
                    .mapToInt(column -> column.name().length())
                    .max()
                    .orElse(0);
            for (OutputColumn column : node.columns()) {
                String from = column.known() ? inputs(column.inputs()) : style.dim("not known");
                lines.add("  "
                        + (column.name() + " ".repeat(width - column.name().length()) + "  " + from).stripTrailing());
            }
            if (!node.complete()) {
                lines.add(style.dim("  and columns that are not known"));
            }
            if (!node.conditions().isEmpty()) {
                lines.add(style.dim(" rows chosen by"));
                node.conditions().forEach(condition -> lines.add("  " + label(condition)));
            }
        });
        return lines;
    }

    private String inputs(Map<SourceColumn, Use> inputs) {
        List<String> texts = new ArrayList<>();
        inputs.forEach((input, use) -> texts.add(label(input) + use(use)));
        return String.join(", ", texts);
    }

    /** A column between what it comes from and what comes from it. */
    public List<String> of(SourceColumn column) {
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(label(column)));
        branch(lines, "from", column, columns::upstream);
        branch(lines, "to", column, this::downstream);
        return lines;
    }

    /** The columns made of it, and the exposures that read its table. */
    private Map<SourceColumn, Use> downstream(SourceColumn column) {
        Map<SourceColumn, Use> all = new LinkedHashMap<>(columns.downstream(column));
        node(column.table())
                .ifPresent(node -> graph.children(node.id()).stream()
                        .map(graph::require)
                        .filter(child -> child.kind() == NodeKind.EXPOSURE)
                        .forEach(child -> all.put(new SourceColumn(child.id().toString(), ""), Use.DIRECT)));
        return all;
    }

    private void branch(
            List<String> lines,
            String title,
            SourceColumn column,
            Function<SourceColumn, Map<SourceColumn, Use>> next) {
        if (!next.apply(column).isEmpty()) {
            lines.add(style.dim(" " + title));
            grow(lines, "  ", column, next, new HashSet<>(Set.of(column)));
        }
    }

    private void grow(
            List<String> lines,
            String indent,
            SourceColumn column,
            Function<SourceColumn, Map<SourceColumn, Use>> next,
            Set<SourceColumn> seen) {
        List<Map.Entry<SourceColumn, Use>> entries =
                new ArrayList<>(next.apply(column).entrySet());
        for (int i = 0; i < entries.size(); i++) {
            boolean last = i == entries.size() - 1;
            String joint = style.unicode() ? (last ? "└─ " : "├─ ") : (last ? "`- " : "|- ");
            SourceColumn other = entries.get(i).getKey();
            boolean again = !seen.add(other);
            boolean more = !next.apply(other).isEmpty();
            String mark = again && more ? style.dim(" (see above)") : "";
            lines.add(style.dim(indent + joint)
                    + label(other)
                    + use(entries.get(i).getValue())
                    + mark);
            if (!again) {
                String deeper = indent + (last ? "   " : style.unicode() ? "│  " : "|  ");
                grow(lines, deeper, other, next, seen);
            }
        }
    }

    private Optional<Node> node(String id) {
        return Optional.ofNullable(nodes.get(id));
    }

    private String label(SourceColumn column) {
        Optional<Node> node = node(column.table());
        if (node.isEmpty()) {
            int colon = column.table().indexOf(':');
            return style.cyan(column.table().substring(0, Math.max(0, colon)) + (colon < 0 ? "" : " ")
                    + column.table().substring(colon + 1)
                    + "." + column.column());
        }
        String name = node.get().kind() == NodeKind.SOURCE
                ? node.get().id().name()
                : node.get().name();
        return style.dim(node.get().kind().key() + " ")
                + name
                + (column.column().isEmpty() ? "" : "." + column.column());
    }

    private String use(Use use) {
        return switch (use) {
            case DIRECT -> "";
            case DERIVED -> style.dim(" (computed)");
            case INDIRECT -> style.dim(" (decides)");
        };
    }
}
