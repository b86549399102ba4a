package dev.millrace.server.internal.data;

import dev.millrace.core.graph.Node;
import dev.millrace.orchestrate.NodeRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One check as it stands: a dbt test or an expectation.
 *
 * @param on the node whose relation it looks at
 * @param last how it ended last
 * @param result what the quality layer keeps of that under {@code _millrace.check_results}, by column; empty if it
 *     keeps none
 * @param past what it keeps of the last runs, oldest first
 */
public record Check(
        Node node, Optional<Node> on, Optional<NodeRun> last, Map<String, Object> result, List<CheckResult> past) {
    /** Whether its last result says that something is wrong. */
    public boolean failing() {
        return last.flatMap(NodeRun::status).map(status -> status.blocks()).orElse(false);
    }
}
