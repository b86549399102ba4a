package dev.millrace.transform.internal.seed;

import dev.millrace.warehouse.BatchReader;
import dev.millrace.warehouse.ColumnWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A seed's rows on their way into the warehouse. An empty field is a null. */
final class SeedRows implements BatchReader {
    private final List<List<String>> rows;
    private final int width;
    private int next;

    SeedRows(List<List<String>> rows, int width) {
        this.rows = rows;
        this.width = width;
    }

    @Override
    public synchronized int read(ColumnWriter[] columns, int capacity) {
        int count = Math.min(capacity, rows.size() - next);
        for (int row = 0; row < count; row++) {
            List<String> values = rows.get(next + row);
            for (int column = 0; column < width; column++) {
                String value = column < values.size() ? values.get(column) : "";
                if (value.isEmpty()) {
                    columns[column].setNull(row);
                } else {
                    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                    columns[column].setUtf8(row, bytes, 0, bytes.length);
                }
            }
        }
        next += count;
        return count;
    }

    @Override
    public void close() {}
}
