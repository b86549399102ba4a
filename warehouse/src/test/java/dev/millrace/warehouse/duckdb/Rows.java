package dev.millrace.warehouse.duckdb;

import dev.millrace.warehouse.BatchReader;
import dev.millrace.warehouse.ColumnWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A given number of rows, each written by a function of its number. */
final class Rows implements BatchReader {
    /** Writes row {@code number} of all at {@code row} of the batch. */
    @FunctionalInterface
    interface Writer {
        void write(ColumnWriter[] columns, int row, int number);
    }

    /** Writes the only value. */
    @FunctionalInterface
    interface Value {
        void write(ColumnWriter column, int row);
    }

    private final int total;
    private final Writer writer;
    private final AtomicInteger next = new AtomicInteger();

    Rows(int total, Writer writer) {
        this.total = total;
        this.writer = writer;
    }

    /** One row of one value. */
    static Rows of(Value value) {
        return new Rows(1, (columns, row, number) -> value.write(columns[0], row));
    }

    static void text(ColumnWriter column, int row, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        column.setUtf8(row, bytes, 0, bytes.length);
    }

    @Override
    public int read(ColumnWriter[] columns, int capacity) {
        int start = next.getAndAdd(capacity);
        int rows = Math.max(0, Math.min(capacity, total - start));
        for (int row = 0; row < rows; row++) {
            writer.write(columns, row, start + row);
        }
        return rows;
    }

    @Override
    public void close() {}
}
