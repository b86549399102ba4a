package dev.millrace.events.internal.land;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The messages of a batch that did not become rows at once. Thread-safe. */
final class PutAside {
    private static final int MOST_DEFERRED = 50_000;
    private static final long MOST_BYTES = 48L << 20;

    private final List<ConsumerRecord<ByteBuffer, ByteBuffer>> deferred = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private long bytes;

    synchronized void defer(ConsumerRecord<ByteBuffer, ByteBuffer> message) {
        deferred.add(message);
        bytes += message.serializedValueSize();
    }

    synchronized void reject(ConsumerRecord<ByteBuffer, ByteBuffer> message, String reason) {
        rejected.add(new Rejected(message, reason));
        bytes += message.serializedValueSize() + 100L;
    }

    /** Whether it should not become more. */
    synchronized boolean isFull() {
        return deferred.size() >= MOST_DEFERRED || bytes >= MOST_BYTES;
    }

    /** Those that need the table changed; they are not held any longer. */
    synchronized List<ConsumerRecord<ByteBuffer, ByteBuffer>> takeDeferred() {
        List<ConsumerRecord<ByteBuffer, ByteBuffer>> all = List.copyOf(deferred);
        deferred.clear();
        return all;
    }

    synchronized List<Rejected> rejected() {
        return List.copyOf(rejected);
    }
}
