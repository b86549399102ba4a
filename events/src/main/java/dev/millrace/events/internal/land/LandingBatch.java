package dev.millrace.events.internal.land;

import dev.millrace.events.internal.json.JsonProblem;
import dev.millrace.warehouse.BatchReader;
import dev.millrace.warehouse.ColumnWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes rows of messages for the table as it is, and puts aside those that need it changed or cannot be read. */
final class LandingBatch implements BatchReader {
    /** Where the messages come from; called by several threads. */
    @FunctionalInterface
    interface Feed {
        /** See {@link BatchFeed#take}. */
        List<ConsumerRecord<ByteBuffer, ByteBuffer>> take(int most, boolean wait);
    }

    private final Feed feed;
    private final List<TopicColumn> columns;
    private final KeyType key;
    private final PutAside aside;
    private final Queue<RowParser> idle = new ConcurrentLinkedQueue<>();

    LandingBatch(Feed feed, List<TopicColumn> columns, KeyType key, PutAside aside) {
        this.feed = feed;
        this.columns = columns;
        this.key = key;
        this.aside = aside;
    }

    @Override
    public int read(ColumnWriter[] writers, int capacity) {
        RowParser free = idle.poll();
        RowParser parser = free == null ? new RowParser(columns) : free;
        int row = 0;
        while (row < capacity) {
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> messages = feed.take(capacity - row, row == 0);
            if (messages.isEmpty()) {
                break;
            }
            for (int i = 0; i < messages.size(); i++) {
                if (land(messages.get(i), parser, writers, row)) {
                    row++;
                }
            }
        }
        idle.add(parser);
        return row;
    }

    private boolean land(
            ConsumerRecord<ByteBuffer, ByteBuffer> message, RowParser parser, ColumnWriter[] writers, int row) {
        ByteBuffer value = message.value();
        try {
            if (value == null) {
                parser.empty();
            } else if (!parser.parse(MetaColumns.bytes(value), MetaColumns.offset(value), value.remaining())) {
                aside.defer(message);
                return false;
            }
        } catch (JsonProblem e) {
            aside.reject(message, e.reason());
            return false;
        }
        parser.write(writers, row);
        MetaColumns.write(message, key, writers, columns.size(), row);
        return true;
    }

    @Override
    public void close() {}
}
