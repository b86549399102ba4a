package dev.millrace.quality.internal.suite;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the node whose relation a suite means: by name ({@code orders}), by schema and table ({@code raw.orders}), by
 * {@code ref('orders')} or {@code source('raw', 'orders')}, each also between <code>{{ }}</code>. Where several nodes
 * stand for one relation, a model comes before a source, and a source before what loads it.
 */
public final class RelationFinder {
    private static final List<NodeKind> KINDS = List.of(
            NodeKind.MODEL,
            NodeKind.SEED,
            NodeKind.SNAPSHOT,
            NodeKind.SOURCE,
            NodeKind.TOPIC,
            NodeKind.CDC,
            NodeKind.CONNECTION,
            NodeKind.ASSET);
    private static final Pattern CALL = Pattern.compile(
            "\\s*(?:\\{\\{-?)?\\s*(ref|source)\\s*\\(\\s*(['\"])([^'\"]+)\\2\\s*(?:,\\s*(['\"])([^'\"]+)\\4\\s*)?\\)\\s*(?:-?\\}\\})?\\s*");

    private final List<Node> nodes;

    public RelationFinder(Collection<Node> all) {
        this.nodes = all.stream()
                .filter(node -> KINDS.contains(node.kind()) && node.relation().isPresent())
                .toList();
    }

    /** @throws MillraceException REF_NOT_FOUND, or CONFIG_INVALID if the name may mean several relations */
    public Node find(String written, Position position) {
        return lookup(written, position).orElseThrow(() -> notFound(written, position));
    }

    Optional<Node> lookup(String written, Position position) {
        Matcher call = CALL.matcher(written);
        if (!call.matches()) {
            return best(written.strip(), written, position, nodes);
        }
        String first = call.group(3);
        String second = call.group(5);
        boolean source = call.group(1).equals("source");
        List<Node> candidates = nodes.stream()
                .filter(node -> source == (node.kind() == NodeKind.SOURCE))
                .filter(node -> source || second == null || node.id().project().equals(first))
                .toList();
        String name = second == null ? first : source ? first + "." + second : second;
        return best(name, written, position, candidates);
    }

    private Optional<Node> best(String name, String written, Position position, List<Node> candidates) {
        for (NodeKind kind : KINDS) {
            List<Node> found = candidates.stream()
                    .filter(node -> node.kind() == kind && isCalled(node, name))
                    .toList();
            boolean same = found.stream()
                            .map(node -> node.relation().orElseThrow().key())
                            .distinct()
                            .count()
                    == 1;
            if (found.size() > 1 && !same) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "'" + written + "' may mean " + found.get(0).id() + " or "
                                + found.get(1).id(),
                        position,
                        "Say which with its schema (" + found.get(0).relation().orElseThrow() + ").",
                        null);
            }
            if (!found.isEmpty()) {
                return Optional.of(found.get(0));
            }
        }
        return Optional.empty();
    }

    private static boolean isCalled(Node node, String name) {
        return node.name().equals(name)
                || node.id().name().equals(name)
                || node.id().toString().equals(name)
                || node.relation().orElseThrow().toString().equalsIgnoreCase(name);
    }

    MillraceException notFound(String name, Position position) {
        Set<String> known = new TreeSet<>();
        for (Node node : nodes) {
            known.add(node.kind() == NodeKind.SOURCE ? node.id().name() : node.name());
        }
        List<String> names = new ArrayList<>(known);
        return new MillraceException(
                ErrorCode.REF_NOT_FOUND,
                "there is no model, seed, snapshot, source or other relation '" + name + "'",
                position,
                Suggestion.hint(name, names),
                null);
    }
}
