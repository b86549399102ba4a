package dev.millrace.core.graph;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Problems;
import dev.millrace.core.Suggestion;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Collects the nodes of all layers and joins them into one graph. The layers do not know each other: a source that
 * reads a relation meets the connection that writes it here. Not thread-safe.
 */
public final class GraphBuilder {
    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();
    private final List<Node> startHooks = new ArrayList<>();
    private final List<Node> endHooks = new ArrayList<>();
    private final Set<NodeId> undeclared = new LinkedHashSet<>();
    private final Problems problems = new Problems();

    /** Adds a node; a second node of the same id is reported by {@link #build}. */
    public void add(Node node) {
        Node other = nodes.putIfAbsent(node.id(), node);
        if (other != null) {
            problems.add(new MillraceException(
                    ErrorCode.NODE_DUPLICATE,
                    "two nodes are named " + node.id() + "; the other stands at " + other.position(),
                    node.position(),
                    "Rename or disable one of them.",
                    null));
        }
    }

    /**
     * Adds a source that a model reads but no file declares. It is an error in {@link #build} unless some node writes
     * its relation.
     */
    public void addUndeclaredSource(Node source) {
        if (!nodes.containsKey(source.id())) {
            nodes.put(source.id(), source);
            undeclared.add(source.id());
        }
    }

    public void addStartHook(Node hook) {
        startHooks.add(hook);
    }

    public void addEndHook(Node hook) {
        endHooks.add(hook);
    }

    /** Keeps an error for {@link #build}, so that all are reported together. */
    public void problem(MillraceException problem) {
        problems.add(problem);
    }

    /** What has been added so far, in the order it was added. */
    public Collection<Node> nodes() {
        return Collections.unmodifiableCollection(nodes.values());
    }

    /**
     * Links sources to their writers and checks the whole.
     *
     * @throws MillraceException with every duplicate id, second writer of a relation, unknown input, unknown source and
     *     cycle
     */
    public Graph build() {
        Map<String, Node> writers = writers();
        for (Node node : List.copyOf(nodes.values())) {
            if (node.kind() == NodeKind.SOURCE) {
                link(node, writers);
            }
        }
        checkInputs();
        List<Node> ordered = problems.isEmpty() ? sort() : List.of();
        problems.throwIfAny();
        return new Graph(ordered, startHooks, endHooks);
    }

    private Map<String, Node> writers() {
        Map<String, Node> writers = new LinkedHashMap<>();
        for (Node node : nodes.values()) {
            if (!node.writesRelation()) {
                continue;
            }
            String key = node.relation().orElseThrow().key();
            Node other = writers.putIfAbsent(key, node);
            if (other != null) {
                problems.add(new MillraceException(
                        ErrorCode.RELATION_TWO_WRITERS,
                        node.id() + " and " + other.id() + " (" + other.position() + ") both write "
                                + node.relation().orElseThrow(),
                        node.position(),
                        "Give one of them another schema or name (alias, prefix), or remove it.",
                        null));
            }
        }
        return writers;
    }

    private void link(Node source, Map<String, Node> writers) {
        Node writer =
                source.relation().map(relation -> writers.get(relation.key())).orElse(null);
        if (writer != null) {
            List<NodeId> inputs = new ArrayList<>(source.inputs());
            if (!inputs.contains(writer.id())) {
                inputs.add(writer.id());
            }
            nodes.put(source.id(), source.withInputs(inputs));
        } else if (undeclared.contains(source.id())) {
            List<String> known = new ArrayList<>();
            for (Node node : nodes.values()) {
                boolean declared = node.kind() == NodeKind.SOURCE && !undeclared.contains(node.id());
                if (declared) {
                    known.add(node.id().name());
                } else if (node.kind() == NodeKind.CONNECTION) {
                    node.relation().ifPresent(relation -> known.add(relation.toString()));
                }
            }
            String name = source.id().name();
            problems.add(new MillraceException(
                    ErrorCode.SOURCE_NOT_FOUND,
                    "source '" + name + "' is not declared in any YAML file and no connection writes it",
                    source.position(),
                    Suggestion.closest(name, known)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse(
                                    "Declare it under 'sources:' in a YAML file of the models folder, or add a connection that writes it."),
                    null));
        }
    }

    private void checkInputs() {
        for (Node node : nodes.values()) {
            for (NodeId input : node.inputs()) {
                if (!nodes.containsKey(input)) {
                    List<String> names = nodes.keySet().stream()
                            .filter(id -> id.kind() == input.kind())
                            .map(NodeId::name)
                            .toList();
                    problems.add(new MillraceException(
                            ErrorCode.REF_NOT_FOUND,
                            node.id() + " depends on " + input + ", which does not exist",
                            node.position(),
                            Suggestion.hint(input.name(), names),
                            null));
                }
            }
        }
    }

    private List<Node> sort() {
        Map<NodeId, Integer> waiting = new HashMap<>();
        Map<NodeId, List<Node>> readers = new HashMap<>();
        Deque<Node> ready = new ArrayDeque<>();
        for (Node node : nodes.values()) {
            waiting.put(node.id(), node.inputs().size());
            node.inputs()
                    .forEach(input -> readers.computeIfAbsent(input, id -> new ArrayList<>())
                            .add(node));
            if (node.inputs().isEmpty()) {
                ready.add(node);
            }
        }
        List<Node> ordered = new ArrayList<>(nodes.size());
        while (!ready.isEmpty()) {
            Node node = ready.remove();
            ordered.add(node);
            waiting.remove(node.id());
            for (Node reader : readers.getOrDefault(node.id(), List.of())) {
                if (waiting.merge(reader.id(), -1, Integer::sum) == 0) {
                    ready.add(reader);
                }
            }
        }
        if (!waiting.isEmpty()) {
            problems.add(cycle(waiting.keySet()));
        }
        return ordered;
    }

    private Node node(NodeId id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    private MillraceException cycle(Set<NodeId> unsorted) {
        // Every unsorted node has an unsorted input, so walking inputs must come back to a node already seen.
        List<NodeId> path = new ArrayList<>();
        NodeId at = unsorted.stream().sorted().findFirst().orElseThrow();
        while (!path.contains(at)) {
            path.add(at);
            at = node(at).inputs().stream()
                    .filter(unsorted::contains)
                    .findFirst()
                    .orElseThrow();
        }
        List<NodeId> loop = new ArrayList<>(path.subList(path.indexOf(at), path.size()));
        loop.add(at);
        Collections.reverse(loop);
        String text = String.join(" → ", loop.stream().map(NodeId::toString).toList());
        return new MillraceException(
                ErrorCode.GRAPH_CYCLE,
                "the graph has a cycle: " + text,
                node(at).position(),
                "Remove one of these references.",
                null);
    }
}
