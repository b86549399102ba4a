package dev.millrace.core.run;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Ended;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a node's part of a run ended.
 *
 * @param thread the name of the thread that ran it
 * @param attempts how often its step was started; 0 when it was skipped
 */
public record NodeResult(
        Node node,
        Status status,
        String message,
        Instant started,
        Instant finished,
        String thread,
        int attempts,
        OptionalLong rows,
        OptionalLong failures,
        Map<String, Object> details,
        @Nullable MillraceException failure) {
    public Duration elapsed() {
        return Duration.between(started, finished);
    }

    /** The same for those that run after it. */
    Ended ended() {
        return new Ended(node, status, message, started, finished, thread, failures, details);
    }

    public Optional<MillraceException> error() {
        return Optional.ofNullable(failure);
    }

    /**
     * Whether it was not run, and nothing failed for that: what it works on is yet to come, or something upstream
     * waits.
     */
    boolean waits() {
        return status == Status.SKIPPED && failure == null;
    }

    /** The same, but for what would be warned about: that fails. */
    NodeResult withWarningAsFailure() {
        return status != Status.WARN
                ? this
                : new NodeResult(
                        node,
                        Status.FAIL,
                        message,
                        started,
                        finished,
                        thread,
                        attempts,
                        rows,
                        failures,
                        details,
                        failure);
    }

    static NodeResult skipped(Node node, String why, Instant at) {
        return new NodeResult(
                node, Status.SKIPPED, why, at, at, "", 0, OptionalLong.empty(), OptionalLong.empty(), Map.of(), null);
    }
}
