package dev.millrace.transform.internal.check;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeId;
import dev.millrace.transform.CheckReport.Problem;
import dev.millrace.transform.CheckReport.Unbound;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What has been found so far. Not thread-safe. */
final class Verdicts {
    private final List<Problem> problems = new ArrayList<>();
    private final Map<NodeId, String> unbound = new LinkedHashMap<>();
    private final Set<String> said = new HashSet<>();

    /** A problem; said once for each place. */
    void problem(NodeId node, MillraceException error) {
        if (said.add(node + "\0" + error.text() + "\0" + error.position())) {
            problems.add(new Problem(node, error));
        }
    }

    void unbound(NodeId node, String reason) {
        unbound.putIfAbsent(node, reason);
    }

    List<Problem> problems() {
        return problems;
    }

    /** What could not be judged, but for what is wrong anyway. */
    List<Unbound> unbound() {
        List<Unbound> all = new ArrayList<>();
        unbound.forEach((node, reason) -> {
            if (problems.stream().noneMatch(problem -> problem.node().equals(node))) {
                all.add(new Unbound(node, reason));
            }
        });
        return all;
    }
}
