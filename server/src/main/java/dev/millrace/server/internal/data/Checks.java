package dev.millrace.server.internal.data;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.server.Platform;
import dev.millrace.warehouse.StateStore;
import dev.millrace.warehouse.Warehouse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The checks of a project with what they found last. Thread-safe. */
public final class Checks {
    private static final Set<NodeKind> KINDS = Set.of(NodeKind.TEST, NodeKind.UNIT_TEST, NodeKind.EXPECTATION);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String TABLE = "check_results";

    private final Platform platform;
    private final LastRuns lastRuns;
    private final Relations relations;

    public Checks(Platform platform, LastRuns lastRuns, Relations relations) {
        this.platform = platform;
        this.lastRuns = lastRuns;
        this.relations = relations;
    }

    /** Whether a node is a check. */
    public static boolean isCheck(Node node) {
        return KINDS.contains(node.kind());
    }

    /** All of them, in the order of the graph. */
    public List<Check> all() {
        Map<String, CheckResults> results = results();
        return platform.graph().nodes().stream()
                .filter(Checks::isCheck)
                .map(node -> check(node, results))
                .toList();
    }

    /** Those that look at a node's relation. */
    public List<Check> of(NodeId id) {
        Graph graph = platform.graph();
        Map<String, CheckResults> results = results();
        return graph.children(id).stream()
                .map(graph::require)
                .filter(Checks::isCheck)
                .map(node -> check(node, results))
                .toList();
    }

    private Check check(Node node, Map<String, CheckResults> results) {
        String id = node.id().toString();
        CheckResults kept = results.getOrDefault(id, CheckResults.NONE);
        return new Check(node, subject(node), lastRuns.of(id), kept.newest(), kept.past());
    }

    private Optional<Node> subject(Node check) {
        Graph graph = platform.graph();
        // dbt lists the tested model last where a test names another one, as relationships does.
        Object attached = check.attributes().get("attached_node");
        return check.inputs().stream()
                .map(graph::require)
                .filter(node -> attached == null || node.id().toString().equals(attached))
                .reduce((first, second) -> attached == null ? first : second)
                .or(() -> check.inputs().stream().findFirst().map(graph::require));
    }

    /** What is kept of each check, by node; nothing where the quality layer has written nothing. */
    private Map<String, CheckResults> results() {
        try {
            Warehouse warehouse = relations.main();
            return relations.within(
                    warehouse,
                    LIMIT,
                    session -> CheckResults.read(session, warehouse.relation(StateStore.SCHEMA, TABLE)));
        } catch (MillraceException e) {
            // The page still shows what the run history knows.
            return Map.of();
        }
    }

    /** How many of them end in which way; those that have never run are left out. */
    public static List<Check> failing(List<Check> checks) {
        List<Check> failing = new ArrayList<>(checks);
        failing.removeIf(check -> !check.failing());
        return failing;
    }
}
