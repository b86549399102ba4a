package dev.millrace.server;

import java.util.List;

/** Writes events to topics. Thread-safe. */
@FunctionalInterface
public interface EventPublisher {
    /**
     * Writes events to a topic, in order, and returns when the broker has them all.
     *
     * @param events each one JSON object as text
     * @throws dev.millrace.core.MillraceException if the topic does not exist, or the broker cannot be reached
     */
    void publish(String topic, List<String> events);
}
