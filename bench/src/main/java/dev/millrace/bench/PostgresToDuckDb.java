package dev.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.Plan;
import dev.millrace.core.run.RunOptions;
import dev.millrace.core.run.RunResult;
import dev.millrace.core.run.Runner;
import dev.millrace.ingest.IngestLayer;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * How fast a table of ten columns gets from PostgreSQL into DuckDB, against reading the same binary COPY and throwing
 * it away. Arguments: rows (5,000,000), rounds (5), folder (a temporary one; the table is kept in a named one). The
 * last line is the ratio of the two medians.
 */
public final class PostgresToDuckDb {
    private static final String COLUMNS =
            "id, customer_id, created_at, updated_at, status, total_amount, quantity, paid, channel, note";

    private final PostgresServer server;
    private final Path folder;
    private final long rows;

    private PostgresToDuckDb(PostgresServer server, Path folder, long rows) {
        this.server = server;
        this.folder = folder;
        this.rows = rows;
    }

    /** One measurement. */
    private record Sample(double rowsPerSecond, double cpuSeconds) {}

    public static void main(String[] arguments) throws Exception {
        long rows = arguments.length > 0 ? Long.parseLong(arguments[0]) : 5_000_000;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Path folder = arguments.length > 2
                ? Files.createDirectories(Path.of(arguments[2]))
                : Files.createTempDirectory("millrace-bench");
        try (PostgresServer server =
                PostgresServer.builder().directory(folder.resolve("postgres")).start()) {
            PostgresToDuckDb bench = new PostgresToDuckDb(server, folder, rows);
            bench.prepare();
            bench.run(rounds);
        }
    }

    private void run(int rounds) throws Exception {
        List<Double> floors = new ArrayList<>();
        List<Double> loads = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Sample floor = measure(this::discard);
            Sample load = measure(this::ingest);
            floors.add(floor.rowsPerSecond());
            loads.add(load.rowsPerSecond());
            System.out.printf(
                    Locale.ROOT,
                    "round %d   COPY discarded %,10.0f rows/s %5.1f CPU s   into DuckDB %,10.0f rows/s %5.1f CPU s   ratio %.2f%n",
                    round,
                    floor.rowsPerSecond(),
                    floor.cpuSeconds(),
                    load.rowsPerSecond(),
                    load.cpuSeconds(),
                    load.rowsPerSecond() / floor.rowsPerSecond());
        }
        System.out.printf(
                Locale.ROOT,
                "median    COPY discarded %,10.0f rows/s              into DuckDB %,10.0f rows/s%n",
                median(floors),
                median(loads));
        System.out.printf(Locale.ROOT, "ratio %.2f (required 0.45)%n", median(loads) / median(floors));
    }

    private Sample measure(Callable<Long> work) throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long begin = System.nanoTime();
        long read = work.call();
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (read != rows) {
            throw new IllegalStateException(read + " rows arrived of " + rows);
        }
        return new Sample(rows / seconds, (system.getProcessCpuTime() - cpu) / 1e9);
    }

    /** The floor: what the server sends, read and forgotten. */
    private long discard() throws SQLException {
        try (Connection connection = server.connect()) {
            CopyOut copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy (select " + COLUMNS + " from public.orders) to stdout (format binary)");
            // The trailer comes as a message of its own.
            long messages = -1;
            while (copy.readFromCopy() != null) {
                messages++;
            }
            return messages;
        }
    }

    /** The whole way of {@code millrace ingest} into a new file, with commit and checkpoint. */
    private long ingest() throws IOException {
        Files.deleteIfExists(folder.resolve("bench.duckdb"));
        Files.deleteIfExists(folder.resolve("bench.duckdb.wal"));
        Project project = ProjectLoader.load(Invocation.of("ingest", folder));
        RunResult result;
        try (Warehouses warehouses = new Warehouses(project)) {
            GraphBuilder builder = new GraphBuilder();
            new IngestLayer(warehouses).contribute(project, builder);
            Graph graph = builder.build();
            Plan plan = Plan.of(graph, graph.nodes().stream().map(Node::id).toList());
            result = new Runner(plan, new RunOptions("ingest", 2, false), new Events(List.of()), Clock.systemUTC())
                    .run();
        }
        NodeResult node = result.nodes().get(0);
        return node.error()
                        .map(error -> {
                            throw error;
                        })
                        .isPresent()
                ? 0
                : node.rows().orElse(0);
    }

    private void prepare() throws IOException, SQLException {
        Files.writeString(
                folder.resolve("millrace.yml"),
                "name: bench\nprofile: lake\nsources:\n  shop: {type: postgres, host: " + server.host() + ", port: "
                        + server.port() + ", database: " + server.database() + ", user: " + server.user()
                        + ", password: " + server.password() + "}\n");
        Files.writeString(
                folder.resolve("profiles.yml"),
                "lake: {target: dev, outputs: {dev: {type: duckdb, path: bench.duckdb, threads: 2}}}\n");
        Files.writeString(
                folder.resolve("connections.yml"),
                "connections: [{source: shop, destination: lake, sync_mode: full_refresh}]\n");
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            if (hasTable(statement)) {
                return;
            }
            statement.execute("drop table if exists orders");
            statement.execute("""
                    create unlogged table orders (id bigint primary key, customer_id int, created_at timestamptz,
                        updated_at timestamp, status text, total_amount numeric(12,2), quantity int, paid boolean,
                        channel text, note text)""");
            statement.execute("insert into orders select i, i % 100000, timestamptz '2020-01-01Z' + i * interval '7 s',"
                    + " timestamp '2020-01-01' + i * interval '11 s',"
                    + " (array['pending','shipped','delivered','returned'])[i % 4 + 1],"
                    + " (i * 37 % 1000000) / 100.0, i % 9, i % 3 = 0, 'channel-' || i % 17,"
                    + " 'order note number ' || i from generate_series(1, " + rows + ") as i");
            statement.execute("vacuum analyze orders");
            statement.execute("checkpoint");
        }
    }

    private boolean hasTable(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("select to_regclass('public.orders') is not null")) {
            found.next();
            if (!found.getBoolean(1)) {
                return false;
            }
        }
        try (ResultSet count = statement.executeQuery("select count(*) from orders")) {
            count.next();
            return count.getLong(1) == rows;
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
