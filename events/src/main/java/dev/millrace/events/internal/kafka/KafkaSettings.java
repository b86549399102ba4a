package dev.millrace.events.internal.kafka;

import dev.millrace.core.Position;
import dev.millrace.core.Secret;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a cluster is reached.
 *
 * @param source the logical name under {@code sources:}
 * @param bootstrapServers where it is; empty for a broker that is embedded
 * @param embedded the broker that is run for the source, if one is asked for
 * @param properties of Kafka's clients, such as {@code security.protocol}
 */
public record KafkaSettings(
        String source,
        Optional<String> bootstrapServers,
        Optional<Embedded> embedded,
        Map<String, Secret> properties,
        Position position) {
    /**
     * @param folder of its data
     * @param port to listen on; 0 for a free one
     */
    public record Embedded(Path folder, int port) {}

    public KafkaSettings {
        properties = Map.copyOf(properties);
    }

    /** What every client needs. Holds secrets. */
    Map<String, Object> client(String servers) {
        Map<String, Object> client = new HashMap<>();
        client.put("bootstrap.servers", servers);
        client.put("client.id", "millrace");
        client.put("request.timeout.ms", 5_000);
        client.put("default.api.timeout.ms", 10_000);
        client.put("socket.connection.setup.timeout.ms", 3_000);
        client.put("socket.connection.setup.timeout.max.ms", 6_000);
        client.put("reconnect.backoff.ms", 50);
        client.put("reconnect.backoff.max.ms", 500);
        client.put("enable.metrics.push", false);
        client.put("metric.reporters", "");
        properties.forEach((key, value) -> client.put(key, value.reveal()));
        return client;
    }
}
