package dev.millrace.quality.internal.report;

import dev.millrace.warehouse.BatchReader;
import dev.millrace.warehouse.ColumnWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A few rows in memory on the bulk path: texts, whole numbers (instants among them, in microseconds), booleans. */
final class RowsReader implements BatchReader {
    private final List<@Nullable Object[]> rows;
    private int done;

    RowsReader(List<@Nullable Object[]> rows) {
        this.rows = rows;
    }

    @Override
    public synchronized int read(ColumnWriter[] columns, int capacity) {
        int count = Math.min(capacity, rows.size() - done);
        for (int row = 0; row < count; row++) {
            @Nullable Object[] values = rows.get(done + row);
            for (int i = 0; i < columns.length; i++) {
                write(columns[i], row, values[i]);
            }
        }
        done += count;
        return count;
    }

    private static void write(ColumnWriter column, int row, @Nullable Object value) {
        if (value instanceof Long number) {
            column.setLong(row, number);
        } else if (value instanceof Boolean bool) {
            column.setBoolean(row, bool);
        } else if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            column.setUtf8(row, utf8, 0, utf8.length);
        } else {
            column.setNull(row);
        }
    }

    @Override
    public void close() {}
}
