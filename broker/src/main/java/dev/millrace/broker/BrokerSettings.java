package dev.millrace.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * How a broker is started.
 *
 * @param folder where its data and log stand; made if it is missing
 * @param port clients connect to on this machine; 0 for a free one, which the folder then keeps
 * @param heapMegabytes of its process
 * @param patience how long it may take to be ready
 * @param properties of Kafka's broker that win over those chosen here, such as {@code log.retention.hours}
 */
public record BrokerSettings(
        Path folder, int port, int heapMegabytes, Duration patience, Map<String, String> properties) {
    /** Where Kafka's clients look unless told otherwise. */
    public static final int DEFAULT_PORT = 9092;

    private static final int DEFAULT_HEAP_MEGABYTES = 256;
    private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(90);

    public BrokerSettings {
        folder = folder.toAbsolutePath().normalize();
        properties = Map.copyOf(properties);
    }

    /** A broker in {@code folder} on {@code port} with 256 MB of heap. */
    public static BrokerSettings of(Path folder, int port) {
        return new BrokerSettings(folder, port, DEFAULT_HEAP_MEGABYTES, DEFAULT_PATIENCE, Map.of());
    }

    public BrokerSettings with(String property, String value) {
        Map<String, String> more = new java.util.HashMap<>(properties);
        more.put(property, value);
        return new BrokerSettings(folder, port, heapMegabytes, patience, more);
    }
}
