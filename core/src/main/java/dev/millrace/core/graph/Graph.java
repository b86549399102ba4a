package dev.millrace.core.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The lineage graph: acyclic, complete, immutable and thread-safe. Iteration is in topological order. */
public final class Graph {
    private final Map<NodeId, Node> nodes;
    private final Map<NodeId, List<NodeId>> children;
    private final List<Node> startHooks;
    private final List<Node> endHooks;

    /** @param ordered topologically */
    Graph(List<Node> ordered, List<Node> startHooks, List<Node> endHooks) {
        Map<NodeId, Node> byId = new LinkedHashMap<>();
        Map<NodeId, List<NodeId>> down = new LinkedHashMap<>();
        for (Node node : ordered) {
            byId.put(node.id(), node);
            down.put(node.id(), new ArrayList<>());
        }
        for (Node node : ordered) {
            for (NodeId input : node.inputs()) {
                down.getOrDefault(input, new ArrayList<>()).add(node.id());
            }
        }
        this.nodes = Collections.unmodifiableMap(byId);
        this.children = Collections.unmodifiableMap(down);
        this.startHooks = List.copyOf(startHooks);
        this.endHooks = List.copyOf(endHooks);
    }

    /** Every node, inputs before what reads them. */
    public Collection<Node> nodes() {
        return nodes.values();
    }

    public Optional<Node> node(NodeId id) {
        return Optional.ofNullable(nodes.get(id));
    }

    /** The same graph with other nodes in the places of these; {@code change} keeps ids and inputs. */
    public Graph map(UnaryOperator<Node> change) {
        return new Graph(nodes.values().stream().map(change).toList(), startHooks, endHooks);
    }

    /** The node of an id that is known to exist. */
    public Node require(NodeId id) {
        return node(id).orElseThrow(() -> new IllegalArgumentException("no node " + id));
    }

    public List<NodeId> parents(NodeId id) {
        return require(id).inputs();
    }

    public List<NodeId> children(NodeId id) {
        return Collections.unmodifiableList(children.getOrDefault(id, List.of()));
    }

    /** Everything upstream within {@code depth} edges, without the node itself. */
    public Set<NodeId> ancestors(NodeId id, int depth) {
        return reach(id, depth, this::parents);
    }

    /** Everything downstream within {@code depth} edges, without the node itself. */
    public Set<NodeId> descendants(NodeId id, int depth) {
        return reach(id, depth, this::children);
    }

    /** What runs before anything else does, whatever is selected (dbt's on-run-start). */
    public List<Node> startHooks() {
        return startHooks;
    }

    /** What runs after everything else (dbt's on-run-end). */
    public List<Node> endHooks() {
        return endHooks;
    }

    private static Set<NodeId> reach(NodeId from, int depth, Function<NodeId, List<NodeId>> next) {
        Set<NodeId> found = new LinkedHashSet<>();
        Deque<NodeId> level = new ArrayDeque<>(List.of(from));
        for (int i = 0; i < depth && !level.isEmpty(); i++) {
            Deque<NodeId> following = new ArrayDeque<>();
            for (NodeId id : level) {
                for (NodeId neighbour : next.apply(id)) {
                    if (found.add(neighbour)) {
                        following.add(neighbour);
                    }
                }
            }
            level = following;
        }
        return found;
    }
}
