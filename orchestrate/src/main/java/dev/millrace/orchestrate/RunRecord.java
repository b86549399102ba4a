package dev.millrace.orchestrate;

import dev.millrace.core.graph.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A run as the store knows it.
 *
 * @param attempt how often it was started: 0 while it has not been, 2 and more when it was taken over after a crash
 * @param retryOf the id of the run whose failed nodes this one runs again
 * @param error why the run as a whole could not be done; errors of nodes are in {@link NodeRun}
 * @param counts nodes that have ended so far, by status; statuses without nodes are absent
 * @param total how many nodes the plan has; 0 until it is known
 */
public record RunRecord(
        String id,
        RunRequest request,
        RunState state,
        int attempt,
        Optional<String> retryOf,
        Instant queuedAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<String> error,
        Map<Status, Integer> counts,
        int total) {
    public RunRecord {
        Map<Status, Integer> copy = new EnumMap<>(Status.class);
        copy.putAll(counts);
        counts = Collections.unmodifiableMap(copy);
    }

    /** From its start to its end, or to {@code now} while it runs; zero before it starts. */
    public Duration elapsed(Instant now) {
        return startedAt
                .map(start -> Duration.between(start, finishedAt.orElse(now)))
                .orElse(Duration.ZERO);
    }

    public int count(Status status) {
        return counts.getOrDefault(status, 0);
    }
}
