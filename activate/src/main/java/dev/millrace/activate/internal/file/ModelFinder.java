package dev.millrace.activate.internal.file;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the node a sync reads by what the file calls it: {@code orders}, {@code ref('orders')}, {@code ref('package',
 * 'orders')}, {@code raw.orders} or {@code source('raw', 'orders')}, each also between <code>{{ }}</code>.
 */
final class ModelFinder {
    private static final Set<NodeKind> READABLE =
            Set.of(NodeKind.MODEL, NodeKind.SEED, NodeKind.SNAPSHOT, NodeKind.SOURCE);
    private static final Pattern CALL = Pattern.compile(
            "\\s*(?:\\{\\{-?)?\\s*(ref|source)\\s*\\(\\s*(['\"])([^'\"]+)\\2\\s*(?:,\\s*(['\"])([^'\"]+)\\4\\s*)?\\)\\s*(?:-?\\}\\})?\\s*");

    private final List<Node> nodes;

    ModelFinder(Collection<Node> all) {
        this.nodes = all.stream().filter(node -> READABLE.contains(node.kind())).toList();
    }

    /** Whether {@code written} is a call of {@code ref} or {@code source}, which is not a template to render here. */
    static boolean isReference(String written) {
        return CALL.matcher(written).matches();
    }

    Node find(String written, Position position) {
        Matcher call = CALL.matcher(written);
        String project = null;
        String name = written.trim();
        if (call.matches()) {
            String first = call.group(3);
            String second = call.group(5);
            if (second == null) {
                name = first;
            } else if (call.group(1).equals("source")) {
                name = first + "." + second;
            } else {
                project = first;
                name = second;
            }
        }
        List<Node> found = new ArrayList<>();
        for (Node node : nodes) {
            boolean named = node.id().name().equals(name)
                    || (node.kind() != NodeKind.SOURCE && node.name().equals(name));
            if (named && (project == null || project.equals(node.id().project()))) {
                found.add(node);
            }
        }
        if (found.isEmpty()) {
            throw notFound(name, position);
        }
        if (found.size() > 1) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'" + written + "' may mean " + found.get(0).id() + " or "
                            + found.get(1).id(),
                    position,
                    "Name the package too: ref('" + found.get(0).id().project() + "', '" + name + "').",
                    null);
        }
        return found.get(0);
    }

    private MillraceException notFound(String name, Position position) {
        Set<String> known = new TreeSet<>();
        nodes.forEach(
                node -> known.add(node.kind() == NodeKind.SOURCE ? node.id().name() : node.name()));
        return new MillraceException(
                ErrorCode.REF_NOT_FOUND,
                "there is no model, seed, snapshot or source '" + name + "'",
                position,
                Suggestion.hint(name, known),
                null);
    }
}
