package dev.millrace.events.internal.land;

import dev.millrace.events.internal.json.Utf8;
import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Field;
import dev.millrace.warehouse.DataType.Simple;
import dev.millrace.warehouse.Dialect;
import dev.millrace.warehouse.Load;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The columns that say what a message was beside its value: key, headers, place, time, batch. Stateless. */
final class MetaColumns {
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final byte[] NONE = new byte[0];

    private MetaColumns() {}

    static List<Field> fields(KeyType key) {
        return List.of(
                new Field("_millrace_key", keyType(key)),
                new Field("_millrace_headers", Simple.JSON),
                new Field("_millrace_partition", Simple.INT64),
                new Field("_millrace_offset", Simple.INT64),
                new Field("_millrace_timestamp", Simple.TIMESTAMPTZ));
    }

    static DataType keyType(KeyType key) {
        return key == KeyType.BYTES ? Simple.BYTES : Simple.TEXT;
    }

    static List<Load.Constant> constants(Dialect dialect, Instant loadedAt, long batch) {
        String time = dialect.literal(INSTANT.format(loadedAt) + "+00");
        return List.of(
                new Load.Constant(
                        "_millrace_loaded_at",
                        Simple.TIMESTAMPTZ,
                        "cast(" + time + " as " + dialect.typeName(Simple.TIMESTAMPTZ) + ")"),
                new Load.Constant(
                        "_millrace_batch_id",
                        Simple.INT64,
                        "cast(" + batch + " as " + dialect.typeName(Simple.INT64) + ")"));
    }

    /** @param first the place of the first of these columns */
    static void write(
            ConsumerRecord<ByteBuffer, ByteBuffer> message, KeyType key, ColumnWriter[] columns, int first, int row) {
        key(message.key(), key, columns[first], row);
        byte[] headers = Headers.json(message.headers());
        if (headers.length == 0) {
            columns[first + 1].setNull(row);
        } else {
            columns[first + 1].setUtf8(row, headers, 0, headers.length);
        }
        columns[first + 2].setLong(row, message.partition());
        columns[first + 3].setLong(row, message.offset());
        if (message.timestamp() < 0) {
            columns[first + 4].setNull(row);
        } else {
            columns[first + 4].setLong(row, Math.multiplyExact(message.timestamp(), 1000L));
        }
    }

    private static void key(@Nullable ByteBuffer key, KeyType type, ColumnWriter column, int row) {
        if (key == null) {
            column.setNull(row);
            return;
        }
        byte[] bytes = bytes(key);
        int offset = offset(key);
        int length = key.remaining();
        if (type == KeyType.BYTES) {
            column.setBytes(row, bytes, offset, length);
        } else if (Utf8.isValid(bytes, offset, length)) {
            column.setUtf8(row, bytes, offset, length);
        } else {
            byte[] hex = ("\\x" + HexFormat.of().formatHex(bytes, offset, offset + length))
                    .getBytes(StandardCharsets.US_ASCII);
            column.setUtf8(row, hex, 0, hex.length);
        }
    }

    /** The array that holds the buffer's bytes: its own, or a copy. */
    @SuppressWarnings("ByteBufferBackingArray") // offset() goes with it.
    static byte[] bytes(ByteBuffer buffer) {
        if (buffer.hasArray()) {
            return buffer.array();
        }
        byte[] copy = buffer.remaining() == 0 ? NONE : new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        return copy;
    }

    /** Where in {@link #bytes} they begin. */
    static int offset(ByteBuffer buffer) {
        return buffer.hasArray() ? buffer.arrayOffset() + buffer.position() : 0;
    }
}
