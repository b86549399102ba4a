package dev.millrace.cli.lineage;

import dev.millrace.cli.console.Style;
import dev.millrace.core.graph.Dataset;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * A node between two trees: above, what it comes from; below, what comes from it. Tests are left out. A branch that was
 * already drawn is drawn only once.
 */
public final class LineageTree {
    private final Graph graph;
    private final Style style;

    public LineageTree(Graph graph, Style style) {
        this.graph = graph;
        this.style = style;
    }

    public List<String> lines(NodeId id) {
        Node node = graph.require(id);
        List<String> lines = new ArrayList<>();
        lines.add(style.bold(label(node)));
        branch(lines, "from", node, this::parents, Node::reads);
        branch(lines, "to", node, this::children, Node::sends);
        return lines;
    }

    private void branch(
            List<String> lines,
            String title,
            Node node,
            Function<Node, List<Node>> next,
            Function<Node, List<Dataset>> ends) {
        if (next.apply(node).isEmpty() && ends.apply(node).isEmpty()) {
            return;
        }
        lines.add(style.dim(" " + title));
        grow(lines, "  ", node, next, ends, new HashSet<>(Set.of(node.id())));
    }

    private void grow(
            List<String> lines,
            String indent,
            Node node,
            Function<Node, List<Node>> next,
            Function<Node, List<Dataset>> ends,
            Set<NodeId> seen) {
        List<Node> nodes = next.apply(node);
        List<Dataset> datasets = ends.apply(node);
        int count = nodes.size() + datasets.size();
        for (int i = 0; i < count; i++) {
            boolean last = i == count - 1;
            String joint = style.unicode() ? (last ? "└─ " : "├─ ") : (last ? "`- " : "|- ");
            if (i >= nodes.size()) {
                lines.add(style.dim(indent + joint) + style.cyan(label(datasets.get(i - nodes.size()))));
                continue;
            }
            Node child = nodes.get(i);
            boolean again = !seen.add(child.id());
            boolean more = !next.apply(child).isEmpty() || !ends.apply(child).isEmpty();
            lines.add(style.dim(indent + joint) + label(child) + (again && more ? style.dim(" (see above)") : ""));
            if (!again) {
                String deeper = indent + (last ? "   " : style.unicode() ? "│  " : "|  ");
                grow(lines, deeper, child, next, ends, seen);
            }
        }
    }

    private List<Node> parents(Node node) {
        return graph.parents(node.id()).stream()
                .map(graph::require)
                .filter(LineageTree::shown)
                .toList();
    }

    private List<Node> children(Node node) {
        return graph.children(node.id()).stream()
                .map(graph::require)
                .filter(LineageTree::shown)
                .toList();
    }

    private static boolean shown(Node node) {
        return node.kind() != NodeKind.TEST && node.kind() != NodeKind.UNIT_TEST;
    }

    private String label(Node node) {
        String relation = node.relation().map(name -> " " + name).orElse("");
        boolean same =
                node.relation().isPresent() && relation.equals(" " + node.id().name());
        return style.dim(node.kind().key() + " ") + node.name() + (same ? "" : style.dim(relation));
    }

    private static String label(Dataset dataset) {
        String fields = dataset.fields().isEmpty() ? "" : " (" + String.join(", ", dataset.fields()) + ")";
        return dataset.system() + " " + dataset.name() + fields;
    }
}
