package dev.millrace.events.internal.land;

import dev.millrace.core.MillraceException;
import dev.millrace.events.internal.kafka.Polled;
import dev.millrace.events.internal.kafka.TopicReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Decides which messages make one batch: all there are, up to an amount, and while the broker has more, what comes
 * meanwhile. What one poll brought goes into one batch whole, so that the positions after it are the batch's. Shared by
 * the threads of a load.
 */
final class BatchFeed {
    private static final long MOST_MESSAGES = 500_000;
    private static final long MOST_BYTES = 128L << 20;
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration WAIT = Duration.ofMillis(50);

    /** How many times larger the batches of a topic are that is more than one batch behind. */
    private static final int CATCHING_UP = 4;

    private final TopicReader reader;
    private final BooleanSupplier full;
    private final long begun = System.nanoTime();
    private final Map<Integer, Long> positions = new HashMap<>();
    private @Nullable Polled polled;
    private int list;
    private int index;
    private long messages;
    private long bytes;
    private long lag;
    private boolean ended;
    private @Nullable MillraceException failure;

    /** @param full whether the batch should end for another reason */
    BatchFeed(TopicReader reader, Polled first, BooleanSupplier full) {
        this.reader = reader;
        this.full = full;
        begin(first);
    }

    private void begin(Polled next) {
        polled = next;
        list = 0;
        index = 0;
        positions.putAll(next.positions());
        bytes += next.bytes();
        lag = next.lag();
    }

    /**
     * The next messages, of one partition, in order.
     *
     * @param wait whether to wait a moment while the broker has more
     * @return empty when there are no more, or none at once
     */
    synchronized List<ConsumerRecord<ByteBuffer, ByteBuffer>> take(int most, boolean wait) {
        while (!ended) {
            Polled current = polled;
            if (current != null && list < current.lists().size()) {
                List<ConsumerRecord<ByteBuffer, ByteBuffer>> all =
                        current.lists().get(list);
                int end = Math.min(all.size(), index + most);
                List<ConsumerRecord<ByteBuffer, ByteBuffer>> part = all.subList(index, end);
                index = end;
                if (end == all.size()) {
                    list++;
                    index = 0;
                }
                messages += part.size();
                if (!part.isEmpty()) {
                    return part;
                }
            } else if (!advance(wait)) {
                return List.of();
            }
        }
        return List.of();
    }

    private boolean advance(boolean wait) {
        polled = null;
        if (isEnough() || full.getAsBoolean()) {
            ended = true;
            return false;
        }
        try {
            Polled next = reader.next(wait && lag > 0 ? WAIT : Duration.ZERO);
            if (next != null) {
                begin(next);
                return true;
            }
            ended = wait;
        } catch (MillraceException e) {
            // What was read before lands first.
            failure = e;
            ended = true;
        }
        return false;
    }

    private boolean isEnough() {
        int times = lag > MOST_MESSAGES ? CATCHING_UP : 1;
        return messages >= times * MOST_MESSAGES
                || bytes >= times * MOST_BYTES
                || System.nanoTime() - begun > times * LONGEST.toNanos();
    }

    /** The next offset of each partition that moved. */
    synchronized Map<Integer, Long> positions() {
        return Map.copyOf(positions);
    }

    synchronized long lag() {
        return lag;
    }

    /** What ended the reading, to be thrown when this batch is safe. */
    synchronized @Nullable MillraceException failure() {
        return failure;
    }
}
