package dev.millrace.events.internal.kafka;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic on a thread of its own, ahead of what lands it but never further than a fixed amount of memory. There
 * is no consumer group: where to begin is told, and nothing is ever committed to the broker. Thread-safe.
 */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int QUEUE_KIB = 4 << 10;
    private static final int QUEUE_POLLS = 256;
    private static final int MESSAGE_OVERHEAD_BYTES = 120;

    private final String topic;
    private final String servers;
    private final boolean resetsWhenLost;
    private final Consumer<String> onLoss;
    private final KafkaConsumer<ByteBuffer, ByteBuffer> consumer;
    private final Thread thread;
    private final BlockingQueue<Polled> queue = new ArrayBlockingQueue<>(QUEUE_POLLS);
    private final Semaphore room = new Semaphore(QUEUE_KIB);
    private final Queue<Map<Integer, Long>> starts = new ConcurrentLinkedQueue<>();
    private volatile @Nullable MillraceException failure;
    private volatile boolean closing;
    /** Owned by the thread. */
    private final Map<Integer, Long> told = new HashMap<>();

    /**
     * @param resetsWhenLost whether to go on at the oldest message when the next one is gone; otherwise that is an
     *     error
     * @param onLoss hears of it
     */
    public TopicReader(
            KafkaSettings settings, String servers, String topic, boolean resetsWhenLost, Consumer<String> onLoss) {
        this.topic = topic;
        this.servers = servers;
        this.resetsWhenLost = resetsWhenLost;
        this.onLoss = onLoss;
        Map<String, Object> client = settings.client(servers);
        client.put("enable.auto.commit", false);
        client.put("auto.offset.reset", "none");
        client.put("isolation.level", "read_committed");
        client.put("allow.auto.create.topics", false);
        client.putIfAbsent("max.poll.records", 8_192);
        client.putIfAbsent("fetch.max.bytes", 16 << 20);
        client.putIfAbsent("max.partition.fetch.bytes", 2 << 20);
        client.putIfAbsent("fetch.max.wait.ms", 100);
        client.putIfAbsent("receive.buffer.bytes", 1 << 20);
        try {
            consumer = new KafkaConsumer<>(client, new ByteBufferDeserializer(), new ByteBufferDeserializer());
        } catch (RuntimeException e) {
            throw KafkaErrors.of(e, "read topic " + topic, servers);
        }
        thread = new Thread(this::pump, "kafka " + topic);
        thread.setDaemon(true);
    }

    /** The oldest offset of each partition. Only before {@link #start}. */
    public Map<Integer, Long> first(Collection<Integer> partitions) {
        return offsets(partitions, true);
    }

    /** The offset behind the newest message of each partition. Only before {@link #start}. */
    public Map<Integer, Long> ends(Collection<Integer> partitions) {
        return offsets(partitions, false);
    }

    private Map<Integer, Long> offsets(Collection<Integer> partitions, boolean first) {
        List<TopicPartition> all = partitions.stream()
                .map(partition -> new TopicPartition(topic, partition))
                .toList();
        try {
            Map<TopicPartition, Long> found = first ? consumer.beginningOffsets(all) : consumer.endOffsets(all);
            Map<Integer, Long> offsets = new TreeMap<>();
            found.forEach((partition, offset) -> offsets.put(partition.partition(), offset));
            return offsets;
        } catch (RuntimeException e) {
            throw KafkaErrors.of(e, "read topic " + topic, servers);
        }
    }

    /** Begins to read. */
    public void start(Map<Integer, Long> positions) {
        starts.add(Map.copyOf(positions));
        thread.start();
    }

    /** Reads further partitions, too. */
    public void add(Map<Integer, Long> positions) {
        starts.add(Map.copyOf(positions));
    }

    /**
     * What was read next; null if nothing came in time.
     *
     * @throws MillraceException what ended the reading, when all that was read before has been taken
     */
    public @Nullable Polled next(Duration wait) {
        try {
            Polled polled = queue.poll();
            if (polled == null && failure == null) {
                polled = wait.isZero() ? null : queue.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
            }
            if (polled == null) {
                polled = failure == null ? null : queue.poll();
            }
            if (polled == null) {
                MillraceException failed = failure;
                if (failed != null) {
                    throw failed;
                }
                return null;
            }
            room.release(kib(polled));
            return polled;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "cancelled", e);
        }
    }

    private static int kib(Polled polled) {
        return (int) Math.min(QUEUE_KIB, polled.bytes() / 1024 + 1);
    }

    private void pump() {
        try (consumer) {
            while (!closing) {
                assign();
                poll();
            }
        } catch (WakeupException | InterruptedException e) {
            failure = new MillraceException(ErrorCode.CANCELLED, "cancelled", e);
        } catch (RuntimeException | Error e) {
            failure = KafkaErrors.of(e, "read topic " + topic, servers);
        }
    }

    private void assign() {
        for (Map<Integer, Long> more = starts.poll(); more != null; more = starts.poll()) {
            List<TopicPartition> all = new ArrayList<>(consumer.assignment());
            more.keySet().forEach(partition -> all.add(new TopicPartition(topic, partition)));
            consumer.assign(all);
            more.forEach((partition, offset) -> {
                consumer.seek(new TopicPartition(topic, partition), offset);
                told.put(partition, offset);
            });
        }
    }

    private void poll() throws InterruptedException {
        ConsumerRecords<ByteBuffer, ByteBuffer> records;
        try {
            records = consumer.poll(POLL);
        } catch (OffsetOutOfRangeException e) {
            lost(e);
            return;
        }
        List<List<ConsumerRecord<ByteBuffer, ByteBuffer>>> lists = new ArrayList<>();
        long bytes = 0;
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> list = records.records(partition);
            lists.add(list);
            for (ConsumerRecord<ByteBuffer, ByteBuffer> record : list) {
                bytes += Math.max(0, record.serializedKeySize())
                        + Math.max(0, record.serializedValueSize())
                        + MESSAGE_OVERHEAD_BYTES;
            }
        }
        Map<Integer, Long> moved = new HashMap<>();
        long lag = 0;
        for (TopicPartition partition : consumer.assignment()) {
            long position = consumer.position(partition);
            Long before = told.put(partition.partition(), position);
            if (before == null || before != position) {
                moved.put(partition.partition(), position);
            }
            lag += consumer.currentLag(partition).orElse(0);
        }
        if (!moved.isEmpty()) {
            hand(new Polled(lists, moved, lag, bytes));
        }
    }

    private void hand(Polled polled) throws InterruptedException {
        while (!room.tryAcquire(kib(polled), 200, TimeUnit.MILLISECONDS)) {
            if (closing) {
                return;
            }
        }
        while (!queue.offer(polled, 200, TimeUnit.MILLISECONDS)) {
            if (closing) {
                return;
            }
        }
    }

    /** The next message is not there any more, or not there yet: the topic was shortened or made anew. */
    private void lost(OffsetOutOfRangeException e) {
        Map<TopicPartition, Long> wanted = e.offsetOutOfRangePartitions();
        Map<TopicPartition, Long> first = consumer.beginningOffsets(wanted.keySet());
        List<String> parts = new ArrayList<>();
        wanted.forEach((partition, offset) -> parts.add("partition " + partition.partition() + " begins at "
                + first.getOrDefault(partition, 0L) + ", but " + offset + " is next"));
        String what = "topic " + topic + " no longer has the next message: " + String.join(", ", parts);
        if (!resetsWhenLost) {
            throw new MillraceException(
                    ErrorCode.OFFSETS_LOST,
                    what,
                    null,
                    "Its retention is shorter than the pause, or it was made anew. Set 'on_lost_offsets: restart' to go on"
                            + " with the oldest message there is, or run with --full-refresh to read it anew.",
                    e);
        }
        onLoss.accept(what + "; going on with the oldest");
        first.forEach(consumer::seek);
    }

    /** Lag and positions as they were told last are of no use after this. */
    @Override
    public void close() {
        closing = true;
        if (thread.isAlive()) {
            consumer.wakeup();
            try {
                thread.join(TimeUnit.SECONDS.toMillis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else if (thread.getState() == Thread.State.NEW) {
            consumer.close();
        }
    }
}
