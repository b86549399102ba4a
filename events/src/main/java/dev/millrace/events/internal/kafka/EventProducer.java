package dev.millrace.events.internal.kafka;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.events.EventCollector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Kafka's producer for one source, made when it is first needed. Thread-safe. */
public final class EventProducer implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final Supplier<String> servers;
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private String at = "";
    private boolean closed;

    public EventProducer(KafkaSettings settings, Supplier<String> servers) {
        this.settings = settings;
        this.servers = servers;
    }

    /** Sends events in their order and waits until all are acknowledged. */
    public void publish(String topic, List<EventCollector.Event> events) {
        KafkaProducer<byte[], byte[]> open = producer();
        List<Future<RecordMetadata>> sent = new ArrayList<>(events.size());
        try {
            for (EventCollector.Event event : events) {
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                        topic,
                        event.key()
                                .map(key -> key.getBytes(StandardCharsets.UTF_8))
                                .orElse(null),
                        event.value().getBytes(StandardCharsets.UTF_8));
                event.headers()
                        .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
                sent.add(open.send(record));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw failed(e, topic);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(e, topic);
        } catch (RuntimeException e) {
            throw failed(e, topic);
        }
    }

    private MillraceException failed(Exception e, String topic) {
        Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof RecordTooLargeException) {
            return new MillraceException(
                    ErrorCode.USAGE,
                    "an event is too large for topic " + topic + ": " + cause.getMessage(),
                    null,
                    "Make it smaller, or raise 'max.request.size' under 'properties' and the broker's limit.",
                    cause);
        }
        return KafkaErrors.of(e, "publish to topic " + topic, at);
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        KafkaProducer<byte[], byte[]> known = producer;
        if (known == null) {
            at = servers.get();
            Map<String, Object> client = settings.client(at);
            client.put("acks", "all");
            client.put("enable.idempotence", true);
            client.putIfAbsent("max.block.ms", 10_000);
            client.putIfAbsent("delivery.timeout.ms", 15_000);
            client.putIfAbsent("linger.ms", 2);
            client.putIfAbsent("compression.type", "lz4");
            try {
                known = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
            } catch (RuntimeException e) {
                throw KafkaErrors.of(e, "publish", at);
            }
            producer = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        closed = true;
        KafkaProducer<byte[], byte[]> known = producer;
        if (known != null) {
            known.close(CLOSE_LIMIT);
        }
    }
}
