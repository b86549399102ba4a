package dev.millrace.core.graph;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How a node of a run ended, as those hear that run after it.
 *
 * @param thread the name of the thread that ran it; empty when it was skipped
 * @param details what its step tells beyond that
 */
public record Ended(
        Node node,
        Status status,
        String message,
        Instant started,
        Instant finished,
        String thread,
        OptionalLong failures,
        Map<String, Object> details) {}
