package dev.millrace.cdc.internal;

import dev.millrace.cdc.internal.apply.Change;
import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.cdc.internal.source.SourceDatabase;
import java.util.Optional;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** What Debezium's records mean (Debezium reference, "Data change events", "Transaction metadata"). */
final class Records {
    private static final String OLD_KEY = "__debezium.oldkey";

    private Records() {}

    /** The change of a row or a table that a record tells, if it tells one. */
    static Optional<Change> change(SourceRecord record, SourceDatabase database) {
        if (!(record.value() instanceof Struct value)
                || value.schema().field("op") == null
                || value.schema().field("after") == null) {
            return Optional.empty();
        }
        Struct source = value.getStruct("source");
        Field schema = source.schema().field("schema");
        String namespace = schema == null ? source.getString("db") : source.getString("schema");
        Header oldKey = record.headers() == null ? null : record.headers().lastWithName(OLD_KEY);
        return Optional.of(new Change(
                new TableId(namespace, source.getString("table")),
                value.getString("op"),
                record.key() instanceof Struct key ? key : null,
                oldKey != null && oldKey.value() instanceof Struct key ? key : null,
                struct(value, "before"),
                struct(value, "after"),
                rowSchema(record.valueSchema()),
                database.position(record),
                micros(source)));
    }

    private static Schema rowSchema(Schema envelope) {
        return envelope.field("after").schema();
    }

    private static @Nullable Struct struct(Struct value, String field) {
        return value.schema().field(field) == null ? null : value.getStruct(field);
    }

    private static long micros(Struct source) {
        Field field = source.schema().field("ts_us");
        Long micros = field == null ? null : source.getInt64("ts_us");
        if (micros != null) {
            return micros;
        }
        Long millis = source.getInt64("ts_ms");
        return millis == null ? 0 : millis * 1000;
    }

    /** Whether it was read by a snapshot rather than from the log. */
    static boolean isSnapshot(SourceRecord record) {
        String snapshot = snapshot(record);
        // A binary log's offset does not say so at the last row, and a definition's value does not say so at all.
        return record.sourceOffset().containsKey("snapshot") || (snapshot != null && !snapshot.equals("false"));
    }

    /** Whether it is the last one of the snapshot. */
    static boolean isLastOfSnapshot(SourceRecord record) {
        return "last".equals(snapshot(record));
    }

    private static @Nullable String snapshot(SourceRecord record) {
        return record.value() instanceof Struct value && value.schema().field("source") != null
                ? value.getStruct("source").getString("snapshot")
                : null;
    }

    static boolean isBegin(SourceRecord record) {
        return "BEGIN".equals(transactionStatus(record));
    }

    static boolean isEnd(SourceRecord record) {
        return "END".equals(transactionStatus(record));
    }

    private static @Nullable String transactionStatus(SourceRecord record) {
        return record.value() instanceof Struct value
                        && value.schema().field("status") != null
                        && record.topic().endsWith(".transaction")
                ? value.getString("status")
                : null;
    }
}
