package dev.millrace.orchestrate;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Which runs are asked for.
 *
 * @param states empty means all
 * @param pipeline only runs of this pipeline
 * @param nodeId only runs that this node was part of
 * @param before only runs queued before this instant: the next page
 * @param limit at most this many, newest first
 */
public record RunFilter(
        Set<RunState> states, Optional<String> pipeline, Optional<String> nodeId, Optional<Instant> before, int limit) {
    public RunFilter {
        states = Set.copyOf(states);
    }

    public static RunFilter newest(int limit) {
        return new RunFilter(Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), limit);
    }

    public RunFilter in(RunState... wanted) {
        return new RunFilter(Set.of(wanted), pipeline, nodeId, before, limit);
    }

    public RunFilter ofPipeline(String name) {
        return new RunFilter(states, Optional.of(name), nodeId, before, limit);
    }

    public RunFilter before(Instant instant) {
        return new RunFilter(states, pipeline, nodeId, Optional.of(instant), limit);
    }
}
