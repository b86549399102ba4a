package dev.millrace.core.graph;

import java.time.Duration;
import java.util.Optional;

/**
 * How the runner treats a node.
 *
 * @param retries how often a step that failed because of something outside that may pass (ErrorCode.mayPass) is tried
 *     again
 * @param retryDelay before the first retry; doubles with each further one
 * @param timeout after which the step is cancelled; empty means none
 */
public record NodePolicy(int retries, Duration retryDelay, Optional<Duration> timeout) {
    public static final NodePolicy DEFAULT = new NodePolicy(0, Duration.ofSeconds(1), Optional.empty());

    public NodePolicy withRetries(int count, Duration delay) {
        return new NodePolicy(count, delay, timeout);
    }
}
