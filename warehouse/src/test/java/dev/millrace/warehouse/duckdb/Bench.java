package dev.millrace.warehouse.duckdb;

import com.sun.management.OperatingSystemMXBean;
import dev.millrace.warehouse.BatchReader;
import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Simple;
import dev.millrace.warehouse.Load;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures by hand: {@code load [rows] [threads]}, {@code views [count]} or {@code catalog [relations]}. Not run by the
 * build.
 */
final class Bench {
    private Bench() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("millrace-bench");
        long first = args.length > 1 ? Long.parseLong(args[1]) : 0;
        switch (args[0]) {
            case "load" -> load(folder, first, args.length > 2 ? Integer.parseInt(args[2]) : 2);
            case "views" -> views(folder, (int) first);
            case "catalog" -> catalog(folder, (int) first);
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void load(Path folder, long rows, int threads) {
        for (int round = 0; round < 3; round++) {
            try (Warehouse warehouse = TestWarehouses.file(folder.resolve("load" + round + ".duckdb"));
                    Session session = warehouse.open()) {
                double cpu = cpuSeconds();
                long start = System.nanoTime();
                Load load = new Load(warehouse.relation("main", "t"), MIXED, List.of(), threads, n -> {});
                long loaded = session.load(load, new Mixed(rows));
                session.execute("checkpoint");
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        "%d rows, %d threads: %.2f s, %.0f rows/s, %.2f CPU s%n",
                        loaded, threads, seconds, loaded / seconds, cpuSeconds() - cpu);
            }
        }
    }

    private static void views(Path folder, int count) throws Exception {
        for (int round = 0; round < 5; round++) {
            long bare;
            try (Connection connection =
                    DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("bare" + round + ".duckdb"))) {
                long start = System.nanoTime();
                for (int i = 0; i < count; i++) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("create or replace view v" + i + " as select " + i + " as a");
                    }
                }
                bare = System.nanoTime() - start;
            }
            try (Warehouse warehouse = TestWarehouses.file(folder.resolve("session" + round + ".duckdb"));
                    Session session = warehouse.open()) {
                long start = System.nanoTime();
                for (int i = 0; i < count; i++) {
                    session.execute("create or replace view v" + i + " as select " + i + " as a");
                }
                long ours = System.nanoTime() - start;
                System.out.printf(
                        "%d views: bare %d ms, session %d ms, ratio %.2f%n",
                        count, bare / 1_000_000, ours / 1_000_000, (double) ours / bare);
            }
        }
    }

    private static void catalog(Path folder, int count) {
        try (Warehouse warehouse = TestWarehouses.file(folder.resolve("catalog.duckdb"));
                Session session = warehouse.open()) {
            session.inTransaction(() -> {
                for (int i = 0; i < count; i++) {
                    session.execute(
                            (i % 2 == 0
                                    ? "create table r" + i + " (a int, b text)"
                                    : "create view r" + i + " as select 1 as a, 2 as b"));
                }
                return null;
            });
            for (int round = 0; round < 3; round++) {
                time("relations", () -> session.relations(warehouse.database(), "main"));
                time("relationType table", () -> session.relationType(warehouse.relation("main", "r10")));
                time("relationType view", () -> session.relationType(warehouse.relation("main", "r11")));
                time("relationType none", () -> session.relationType(warehouse.relation("main", "nope")));
                time("columns table", () -> session.columns(warehouse.relation("main", "r10")));
                time("columns none", () -> session.columns(warehouse.relation("main", "nope")));
            }
        }
    }

    private static void time(String what, Runnable work) {
        long start = System.nanoTime();
        work.run();
        System.out.printf("%-20s %6d us%n", what, (System.nanoTime() - start) / 1000);
    }

    private static double cpuSeconds() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    private static final List<DataType.Field> MIXED = List.of(
            new DataType.Field("id", Simple.INT64),
            new DataType.Field("customer", Simple.INT64),
            new DataType.Field("name", Simple.TEXT),
            new DataType.Field("status", Simple.TEXT),
            new DataType.Field("amount", new DataType.Decimal(12, 2)),
            new DataType.Field("rate", Simple.FLOAT64),
            new DataType.Field("day", Simple.DATE),
            new DataType.Field("created", Simple.TIMESTAMP),
            new DataType.Field("updated", Simple.TIMESTAMPTZ),
            new DataType.Field("paid", Simple.BOOL));

    /** Ten columns of mixed types, made as fast as they can be. */
    private static final class Mixed implements BatchReader {
        private static final byte[] NAMES = "customer number 0123456789 of the shop".getBytes(StandardCharsets.UTF_8);
        private static final byte[] STATUS = "shipped".getBytes(StandardCharsets.UTF_8);
        private final long total;
        private final AtomicLong next = new AtomicLong();

        Mixed(long total) {
            this.total = total;
        }

        @Override
        public int read(ColumnWriter[] columns, int capacity) {
            long start = next.getAndAdd(capacity);
            int rows = (int) Math.max(0, Math.min(capacity, total - start));
            for (int row = 0; row < rows; row++) {
                long id = start + row;
                columns[0].setLong(row, id);
                columns[1].setLong(row, id * 31 % 100_000);
                columns[2].setUtf8(row, NAMES, (int) (id % 10), 24);
                columns[3].setUtf8(row, STATUS, 0, STATUS.length);
                columns[4].setLong(row, id * 17 % 10_000_000);
                columns[5].setDouble(row, id / 3.0);
                columns[6].setLong(row, 18_000 + id % 1000);
                columns[7].setLong(row, 1_600_000_000_000_000L + id * 1000);
                if (id % 10 == 0) {
                    columns[8].setNull(row);
                } else {
                    columns[8].setLong(row, 1_600_000_000_000_000L + id * 2000);
                }
                columns[9].setBoolean(row, (id & 1) == 0);
            }
            return rows;
        }

        @Override
        public void close() {}
    }
}
