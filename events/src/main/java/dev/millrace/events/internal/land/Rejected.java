package dev.millrace.events.internal.land;

import dev.millrace.warehouse.BatchReader;
import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType.Field;
import dev.millrace.warehouse.DataType.Simple;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A message that cannot be made a row of, and why. */
record Rejected(ConsumerRecord<ByteBuffer, ByteBuffer> message, String reason) {
    static final List<Field> FIELDS = List.of(
            new Field("reason", Simple.TEXT),
            new Field("key", Simple.BYTES),
            new Field("value", Simple.BYTES),
            new Field("_millrace_headers", Simple.JSON),
            new Field("_millrace_partition", Simple.INT64),
            new Field("_millrace_offset", Simple.INT64),
            new Field("_millrace_timestamp", Simple.TIMESTAMPTZ));

    /** The rows of {@link #FIELDS}. */
    static BatchReader rows(List<Rejected> all) {
        Iterator<Rejected> rest = all.iterator();
        return new BatchReader() {
            @Override
            public synchronized int read(ColumnWriter[] columns, int capacity) {
                int row = 0;
                while (row < capacity && rest.hasNext()) {
                    rest.next().write(columns, row++);
                }
                return row;
            }

            @Override
            public void close() {}
        };
    }

    private void write(ColumnWriter[] columns, int row) {
        byte[] why = reason.getBytes(StandardCharsets.UTF_8);
        columns[0].setUtf8(row, why, 0, why.length);
        bytes(message.key(), columns[1], row);
        bytes(message.value(), columns[2], row);
        byte[] headers = Headers.json(message.headers());
        if (headers.length == 0) {
            columns[3].setNull(row);
        } else {
            columns[3].setUtf8(row, headers, 0, headers.length);
        }
        columns[4].setLong(row, message.partition());
        columns[5].setLong(row, message.offset());
        columns[6].setLong(row, message.timestamp() * 1000);
    }

    private static void bytes(@Nullable ByteBuffer bytes, ColumnWriter column, int row) {
        if (bytes == null) {
            column.setNull(row);
        } else {
            column.setBytes(row, MetaColumns.bytes(bytes), MetaColumns.offset(bytes), bytes.remaining());
        }
    }
}
