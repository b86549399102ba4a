package dev.millrace.core.run;

import dev.millrace.core.graph.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How a run ended.
 *
 * @param nodes in the order they finished
 * @param cancelled whether it was stopped from outside
 */
public record RunResult(String runId, Instant started, Instant finished, List<NodeResult> nodes, boolean cancelled) {
    public RunResult {
        nodes = List.copyOf(nodes);
    }

    public long count(Status status) {
        return nodes.stream().filter(node -> node.status() == status).count();
    }

    public Duration elapsed() {
        return Duration.between(started, finished);
    }

    /** Whether nothing failed and nobody cancelled it or a part of it; what waits for its input has not failed. */
    public boolean ok() {
        return !cancelled && nodes.stream().noneMatch(node -> node.status().blocks() && !node.waits());
    }

    /** dbt's exit codes: 0 when all is well, 1 when something ran and failed. */
    public int exitCode() {
        return ok() ? 0 : 1;
    }
}
