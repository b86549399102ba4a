package dev.millrace.orchestrate;

import dev.millrace.core.graph.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one node did in one run.
 *
 * @param nodeId such as {@code model.shop.fct_orders}; the node may be gone from the project by now
 * @param kind the first part of the id
 * @param status empty while it runs
 * @param index 1-based, in the order nodes started
 * @param attempts how often its step was started; 0 when it was skipped
 * @param thread the name of the thread that ran it; empty while it runs
 */
public record NodeRun(
        String runId,
        String nodeId,
        String kind,
        Optional<Status> status,
        int index,
        Instant startedAt,
        Optional<Instant> finishedAt,
        OptionalLong rows,
        OptionalLong failures,
        String message,
        int attempts,
        String thread) {
    /** From its start to its end, or to {@code now} while it runs. */
    public Duration elapsed(Instant now) {
        return Duration.between(startedAt, finishedAt.orElse(now));
    }
}
