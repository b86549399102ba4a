package dev.millrace.events.internal.land;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.events.internal.json.JsonProblem;
import dev.millrace.events.internal.kafka.Polled;
import dev.millrace.events.internal.kafka.TopicReader;
import dev.millrace.warehouse.Session;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Puts batches of a topic into its table: messages that fit the table are decoded straight into it; those that do not
 * are put aside, the table is changed, and they follow in the same transaction. Used by one thread.
 */
final class Landing {
    private static final int SAMPLE = 2_000;
    /** From so many messages on two threads are faster than one. */
    private static final int MANY = 8_000;

    private final Session session;
    private final TopicPlan plan;
    private final TopicTable table;
    /** Whether a batch has found the table: to ask again and again takes longer than a small batch. */
    private boolean found;

    Landing(Session session, TopicPlan plan) {
        this.session = session;
        this.plan = plan;
        this.table = new TopicTable(session, plan);
    }

    /**
     * What one batch did.
     *
     * @param columns of the table after it
     * @param failure what ended the reading, to be thrown when the batch is safe
     */
    record Landed(
            long rows,
            long rejected,
            List<TopicColumn> columns,
            Map<Integer, Long> positions,
            long lag,
            @Nullable MillraceException failure) {}

    /** In the session's transaction. */
    Landed land(TopicReader reader, Polled first, List<TopicColumn> known, long batch, LongConsumer progress) {
        Instant loadedAt = Instant.now();
        PutAside aside = new PutAside();
        List<TopicColumn> columns = known;
        found = found || table.exists();
        if (!found) {
            columns = created(known, sample(first));
        }
        int threads = count(first) + first.lag() >= MANY ? 2 : 1;
        BatchFeed feed = new BatchFeed(reader, first, aside::isFull);
        LandingBatch main = new LandingBatch(feed::take, columns, plan.key(), aside);
        long rows = session.load(table.load(columns, loadedAt, batch, threads, progress), main);

        List<ConsumerRecord<ByteBuffer, ByteBuffer>> deferred = aside.takeDeferred();
        if (!deferred.isEmpty()) {
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> readable = new ArrayList<>();
            columns = evolved(columns, deferred, readable, aside);
            rows += second(columns, readable, aside, loadedAt, batch);
        }
        List<Rejected> rejected = aside.rejected();
        if (!rejected.isEmpty()) {
            session.load(table.rejectedLoad(loadedAt, batch), Rejected.rows(rejected));
        }
        return new Landed(rows, rejected.size(), columns, feed.positions(), feed.lag(), feed.failure());
    }

    private long second(
            List<TopicColumn> columns,
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> messages,
            PutAside aside,
            Instant loadedAt,
            long batch) {
        AtomicInteger at = new AtomicInteger();
        LandingBatch.Feed feed = (most, wait) -> {
            int from = at.get();
            int end = Math.min(from + most, messages.size());
            at.set(end);
            return messages.subList(from, end);
        };
        long rows = session.load(
                table.load(columns, loadedAt, batch, 1, n -> {}), new LandingBatch(feed, columns, plan.key(), aside));
        if (!aside.takeDeferred().isEmpty()) {
            throw new MillraceException(
                    ErrorCode.INTERNAL, "messages of topic " + plan.topic() + " fit no column of " + plan.relation());
        }
        return rows;
    }

    private static long count(Polled polled) {
        return polled.lists().stream().mapToLong(List::size).sum();
    }

    private static List<ConsumerRecord<ByteBuffer, ByteBuffer>> sample(Polled first) {
        List<ConsumerRecord<ByteBuffer, ByteBuffer>> sample = new ArrayList<>();
        for (List<ConsumerRecord<ByteBuffer, ByteBuffer>> list : first.lists()) {
            sample.addAll(list.subList(0, Math.min(list.size(), SAMPLE)));
        }
        return sample;
    }

    /** The columns of the table, made for these messages. */
    private List<TopicColumn> created(List<TopicColumn> known, List<ConsumerRecord<ByteBuffer, ByteBuffer>> messages) {
        Inference inference = new Inference(known, column -> false);
        observe(inference, messages, new ArrayList<>(), new PutAside());
        List<TopicColumn> columns = new ArrayList<>(replaced(known, inference.widened()));
        columns.addAll(inference.added());
        table.create(columns, inference.varied());
        return columns;
    }

    /** The table's columns after it was changed so that the messages fit. */
    private List<TopicColumn> evolved(
            List<TopicColumn> known,
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> messages,
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> readable,
            PutAside aside) {
        Inference inference = new Inference(known, table::holdsWideNumbers);
        observe(inference, messages, readable, aside);
        List<TopicColumn> widened = inference.widened();
        widened.forEach(table::widen);
        List<TopicColumn> added = inference.added();
        Set<String> varied = inference.varied();
        added.forEach(column -> table.add(column, varied.contains(column.field())));
        List<TopicColumn> columns = new ArrayList<>(replaced(known, widened));
        columns.addAll(added);
        return columns;
    }

    private static void observe(
            Inference inference,
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> messages,
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> readable,
            PutAside aside) {
        for (ConsumerRecord<ByteBuffer, ByteBuffer> message : messages) {
            ByteBuffer value = message.value();
            if (value == null) {
                continue;
            }
            try {
                inference.observe(MetaColumns.bytes(value), MetaColumns.offset(value), value.remaining());
                readable.add(message);
            } catch (JsonProblem e) {
                aside.reject(message, e.reason());
            }
        }
    }

    private static List<TopicColumn> replaced(List<TopicColumn> known, List<TopicColumn> widened) {
        Map<String, TopicColumn> wider = new HashMap<>();
        widened.forEach(column -> wider.put(column.field(), column));
        return known.stream()
                .map(column -> wider.getOrDefault(column.field(), column))
                .toList();
    }
}
