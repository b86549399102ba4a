package dev.millrace.warehouse.duckdb;

import dev.millrace.warehouse.BatchReader;
import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.Load;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A process that replaces the table {@code t} of a DuckDB file with more and more rows, until it is killed. */
final class EndlessLoad implements BatchReader {
    private static final long SAY_EVERY = 1_000_000;

    private final AtomicLong next = new AtomicLong();

    public static void main(String[] args) {
        try (Warehouse warehouse = TestWarehouses.file(Path.of(args[0]));
                Session session = warehouse.open()) {
            System.out.println("loading");
            session.begin();
            session.execute("drop table if exists t");
            session.load(
                    new Load(
                            warehouse.relation("main", "t"),
                            List.of(new DataType.Field("id", DataType.Simple.INT64)),
                            List.of(),
                            2,
                            rows -> {}),
                    new EndlessLoad());
        }
    }

    @Override
    public int read(ColumnWriter[] columns, int capacity) {
        long start = next.getAndAdd(capacity);
        for (int row = 0; row < capacity; row++) {
            columns[0].setLong(row, start + row);
        }
        if (start / SAY_EVERY != (start + capacity) / SAY_EVERY) {
            System.out.println((start + capacity) / SAY_EVERY * SAY_EVERY + " rows");
        }
        return capacity;
    }

    @Override
    public void close() {}
}
