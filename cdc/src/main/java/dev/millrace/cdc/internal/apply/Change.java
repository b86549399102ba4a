package dev.millrace.cdc.internal.apply;

import dev.millrace.cdc.internal.config.TableId;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * One change of one row, or of a whole table.
 *
 * @param op r (read by a snapshot), c, u, d or t, as Debezium writes it
 * @param key of the row after the change; null in tables without one, and for a truncate
 * @param oldKey of the row before the change, if the change gave it another key
 * @param rowSchema of {@code before} and {@code after}
 * @param position in the source's log
 * @param committedMicros when the source committed it, in microseconds since 1970
 */
public record Change(
        TableId table,
        String op,
        @Nullable Struct key,
        @Nullable Struct oldKey,
        @Nullable Struct before,
        @Nullable Struct after,
        Schema rowSchema,
        String position,
        long committedMicros) {
    /** Read by a snapshot rather than from the log. */
    public boolean read() {
        return op.equals("r");
    }

    public boolean delete() {
        return op.equals("d");
    }

    public boolean truncate() {
        return op.equals("t");
    }
}
