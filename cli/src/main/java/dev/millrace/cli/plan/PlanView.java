package dev.millrace.cli.plan;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.ChangePlan;
import dev.millrace.transform.NodeChange;
import dev.millrace.transform.NodeChange.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A plan as it is shown.
 *
 * @param state what models are compared with; empty for what Millrace remembers
 * @param chosen the nodes that are shown
 */
public record PlanView(
        String project, String target, Optional<String> state, Graph graph, ChangePlan plan, Set<NodeId> chosen) {

    /** The chosen nodes that {@code wanted} holds for, in topological order. */
    List<NodeChange> nodes(Predicate<NodeChange> wanted) {
        return plan.nodes().values().stream()
                .filter(change -> chosen.contains(change.node().id()))
                .filter(wanted)
                .toList();
    }

    /** What is new, then what has changed. */
    List<NodeChange> changed() {
        return nodes(change -> change.kind() != Kind.UNCHANGED);
    }

    /** Nodes that did not change themselves, but read what changed so that they may break. */
    List<NodeChange> touched() {
        return nodes(
                change -> change.kind() == Kind.UNCHANGED && !change.brokenBy().isEmpty());
    }

    /** Everything downstream but tests. */
    List<Node> downstream(NodeId id) {
        return graph.descendants(id, Integer.MAX_VALUE).stream()
                .map(graph::require)
                .filter(node -> !isTest(node.kind()))
                .toList();
    }

    long testsDownstream(NodeId id) {
        return graph.descendants(id, Integer.MAX_VALUE).stream()
                .filter(node -> isTest(node.kind()))
                .count();
    }

    static boolean isTest(NodeKind kind) {
        return kind == NodeKind.TEST || kind == NodeKind.UNIT_TEST;
    }

    /** How many of each kind, in the order of the kinds. */
    static Map<NodeKind, Integer> byKind(List<NodeChange> changes) {
        Map<NodeKind, Integer> counts = new java.util.EnumMap<>(NodeKind.class);
        changes.forEach(change -> counts.merge(change.node().kind(), 1, Integer::sum));
        return new LinkedHashMap<>(counts);
    }
}
