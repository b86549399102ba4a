package dev.millrace.events;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.events.internal.kafka.EventProducer;
import dev.millrace.events.internal.kafka.KafkaSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Publishes events to the topics of one Kafka source: acknowledged by all replicas, without duplicates from retries. It
 * connects when the first event comes. Thread-safe.
 */
public final class EventCollector implements AutoCloseable {
    private final EventProducer producer;

    EventCollector(KafkaSettings cluster, Supplier<String> servers) {
        this.producer = new EventProducer(cluster, servers);
    }

    /**
     * One event.
     *
     * @param key decides the partition: events of one key keep their order
     * @param value a JSON object; not looked at here
     */
    public record Event(Optional<String> key, String value, Map<String, String> headers) {
        public Event {
            headers = Map.copyOf(headers);
        }

        public static Event of(String json) {
            return new Event(Optional.empty(), json, Map.of());
        }
    }

    /**
     * Publishes one event and waits until it is safe.
     *
     * @throws MillraceException as {@link #publish(String, List)}
     */
    public void publish(String topic, Event event) {
        publish(topic, List.of(event));
    }

    /**
     * Publishes events in their order and waits until all are safe. If it throws, some may have been published.
     *
     * @throws MillraceException USAGE if {@code topic} is no name of a topic, or an event is too large;
     *     CONNECTION_REFUSED if no broker answers within 15 seconds; AUTHENTICATION_FAILED; SOURCE_FAILED
     */
    public void publish(String topic, List<Event> events) {
        if (!topic.matches("[a-zA-Z0-9._-]{1,249}") || topic.equals(".") || topic.equals("..")) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "'" + topic + "' is no name of a topic",
                    null,
                    "Kafka's topics have letters, digits, '.', '_' and '-' in their names, at most 249.",
                    null);
        }
        producer.publish(topic, events);
    }

    /** Sends what is still under way, for at most 5 seconds. */
    @Override
    public void close() {
        producer.close();
    }
}
