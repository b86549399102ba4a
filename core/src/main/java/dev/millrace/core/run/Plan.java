package dev.millrace.core.run;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a run will do: the selected nodes that have a step, and which of them wait for which. Dependencies lead through
 * nodes that are not selected. A gate (a test) also holds back what lies downstream of all its inputs, as in dbt's
 * {@code build}. Immutable.
 */
public final class Plan {
    private final List<Node> nodes;
    private final Map<NodeId, Set<NodeId>> waitsFor;
    private final Map<Set<NodeId>, List<Node>> peers;
    private final List<Node> startHooks;
    private final List<Node> endHooks;

    private Plan(List<Node> nodes, Map<NodeId, Set<NodeId>> waitsFor, List<Node> startHooks, List<Node> endHooks) {
        this.nodes = List.copyOf(nodes);
        this.waitsFor = Collections.unmodifiableMap(waitsFor);
        Map<Set<NodeId>, List<Node>> together = new HashMap<>();
        for (Node node : nodes) {
            together.computeIfAbsent(waitsFor.getOrDefault(node.id(), Set.of()), inputs -> new ArrayList<>())
                    .add(node);
        }
        together.replaceAll((inputs, several) -> List.copyOf(several));
        this.peers = together;
        this.startHooks = startHooks;
        this.endHooks = endHooks;
    }

    /** The plan for the selected nodes; those without a step are left out. */
    public static Plan of(Graph graph, Collection<NodeId> selected) {
        Set<NodeId> chosen = new HashSet<>(selected);
        Predicate<Node> planned =
                node -> chosen.contains(node.id()) && node.step().isPresent();
        List<Node> nodes = new ArrayList<>();
        Map<NodeId, Set<NodeId>> nearest = new HashMap<>();
        Map<NodeId, Set<NodeId>> waitsFor = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            // What a reader of this node has to wait for: the node itself, or, if it is not planned, what that one
            // waits for.
            Set<NodeId> upstream = new LinkedHashSet<>();
            for (NodeId input : node.inputs()) {
                upstream.addAll(nearest.getOrDefault(input, Set.of()));
            }
            if (planned.test(node)) {
                nodes.add(node);
                waitsFor.put(node.id(), upstream);
                nearest.put(node.id(), Set.of(node.id()));
            } else {
                nearest.put(node.id(), upstream);
            }
        }
        putUnitTestsFirst(nodes, waitsFor);
        addGates(graph, waitsFor);
        return new Plan(nodes, waitsFor, graph.startHooks(), graph.endHooks());
    }

    /**
     * A unit test waits for what its model waits for, and the model for it. Those of one model run one after the other:
     * the first that fails skips the rest, as in dbt.
     */
    private static void putUnitTestsFirst(List<Node> nodes, Map<NodeId, Set<NodeId>> waitsFor) {
        for (Node test : nodes) {
            if (test.kind() != NodeKind.UNIT_TEST) {
                continue;
            }
            Set<NodeId> needed = new LinkedHashSet<>();
            for (NodeId model : waitsFor.getOrDefault(test.id(), Set.of())) {
                Set<NodeId> upstream = waitsFor.get(model);
                if (test.inputs().contains(model) && upstream != null) {
                    needed.addAll(upstream);
                    upstream.add(test.id());
                } else {
                    needed.add(model);
                }
            }
            waitsFor.put(test.id(), needed);
        }
    }

    /** What a gate reads counts whether it is planned or not: a test of a source holds back the source's readers. */
    private static void addGates(Graph graph, Map<NodeId, Set<NodeId>> waitsFor) {
        Map<NodeId, List<NodeId>> readers = new HashMap<>();
        List<Node> gates = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (node.gate()) {
                gates.add(node);
            } else if (node.kind() != NodeKind.UNIT_TEST) {
                node.inputs()
                        .forEach(input -> readers.computeIfAbsent(input, id -> new ArrayList<>())
                                .add(node.id()));
            }
        }
        for (Node gate : gates) {
            if (waitsFor.containsKey(gate.id()) && !gate.inputs().isEmpty()) {
                for (NodeId held : held(gate, readers, waitsFor.keySet())) {
                    waitsFor.computeIfAbsent(held, missing -> new LinkedHashSet<>())
                            .add(gate.id());
                }
            }
        }
    }

    private static Set<NodeId> held(Node gate, Map<NodeId, List<NodeId>> readers, Set<NodeId> planned) {
        List<NodeId> inputs = List.copyOf(gate.inputs());
        if (inputs.size() == 1) {
            // What lies behind these waits for them.
            return downstream(inputs.get(0), readers, planned, true);
        }
        Set<NodeId> held = downstream(inputs.get(0), readers, planned, false);
        for (NodeId other : inputs.subList(1, inputs.size())) {
            held.retainAll(downstream(other, readers, planned, false));
        }
        return held;
    }

    private static Set<NodeId> downstream(
            NodeId from, Map<NodeId, List<NodeId>> readers, Set<NodeId> planned, boolean nearest) {
        Set<NodeId> found = new HashSet<>();
        List<NodeId> open = new ArrayList<>(List.of(from));
        while (!open.isEmpty()) {
            for (NodeId reader : readers.getOrDefault(open.remove(open.size() - 1), List.of())) {
                if (found.add(reader) && !(nearest && planned.contains(reader))) {
                    open.add(reader);
                }
            }
        }
        found.retainAll(planned);
        return found;
    }

    /** In topological order of the graph. */
    public List<Node> nodes() {
        return nodes;
    }

    /** The planned nodes that must have ended well before {@code id} starts. */
    public Set<NodeId> waitsFor(NodeId id) {
        return Collections.unmodifiableSet(waitsFor.getOrDefault(id, Set.of()));
    }

    /**
     * The planned nodes that wait for exactly what {@code node} waits for, itself among them, in topological order;
     * only itself if it is not planned.
     */
    public List<Node> peers(Node node) {
        Set<NodeId> inputs = waitsFor.get(node.id());
        return inputs == null ? List.of(node) : peers.getOrDefault(inputs, List.of(node));
    }

    public List<Node> startHooks() {
        return startHooks;
    }

    public List<Node> endHooks() {
        return endHooks;
    }

    public boolean isEmpty() {
        return nodes.isEmpty();
    }
}
