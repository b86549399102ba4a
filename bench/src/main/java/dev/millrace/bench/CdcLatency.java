package dev.millrace.bench;

import dev.millrace.cdc.CdcLayer;
import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a commit in PostgreSQL takes to be found by a query in the warehouse, at a steady rate of commits, each of
 * an insert and an update. Arguments: commits per second (100), seconds (30), rows there before (100,000). Prints p50,
 * p99 and the greatest latency in milliseconds; the first fifth is not counted.
 */
public final class CdcLatency {
    private final int rate;
    private final int commits;
    private final int rows;
    /** When each commit returned, in nanoseconds. */
    private final AtomicLongArray committed;

    private final long[] latency;

    private CdcLatency(int rate, int seconds, int rows) {
        this.rate = rate;
        this.commits = rate * seconds;
        this.rows = rows;
        this.committed = new AtomicLongArray(commits + 1);
        this.latency = new long[commits + 1];
    }

    public static void main(String[] arguments) throws Exception {
        int rate = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 30;
        int rows = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100_000;
        new CdcLatency(rate, seconds, rows).run();
        // Debezium's pools would keep the process for a while.
        System.exit(0);
    }

    private void run() throws Exception {
        Path folder = Files.createTempDirectory("millrace-cdc");
        try (PostgresServer server =
                PostgresServer.builder().setting("wal_level", "logical").start()) {
            prepare(server);
            write(folder, server);
            Project project = ProjectLoader.load(Invocation.of("up", folder));
            try (Warehouses warehouses = new Warehouses(project);
                    Session queries = warehouses.warehouse(project.target()).open()) {
                GraphBuilder graph = new GraphBuilder();
                new CdcLayer(warehouses).contribute(project, graph);
                Node node = graph.build().nodes().iterator().next();
                ContinuousStep step = (ContinuousStep) node.step().orElseThrow();
                step.run(new Context(node));
                try (ContinuousStep.Flow flow = step.open(new Context(node))) {
                    follow(flow, queries, server);
                }
            }
        }
        report();
    }

    private void follow(ContinuousStep.Flow flow, Session queries, PostgresServer server) throws Exception {
        flow.next(Duration.ofSeconds(20));
        Thread writer = new Thread(() -> commitSteadily(server), "writer");
        writer.start();
        int seen = 0;
        while (seen < commits) {
            if (flow.next(Duration.ofMillis(100)).rows().orElse(0) == 0) {
                continue;
            }
            long last = queries.query("select coalesce(max(id), 0) from raw.events where id <= " + commits)
                    .singleLong();
            long now = System.nanoTime();
            while (seen < last) {
                seen++;
                // A commit may be here before its writer has heard of it.
                latency[seen] = committed.get(seen) == 0 ? 0 : Math.max(0, now - committed.get(seen));
            }
        }
        writer.join();
    }

    private void prepare(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table events (id int primary key, body text, at timestamptz)");
            statement.execute("insert into events select 1000000 + i, repeat('x', 80), now() from generate_series(1, "
                    + rows + ") i");
        }
    }

    private static void write(Path folder, PostgresServer server) throws IOException {
        Files.writeString(
                folder.resolve("profiles.yml"),
                "lake: {target: dev, outputs: {dev: {type: duckdb, path: lake.duckdb, threads: 2}}}\n");
        Files.writeString(
                folder.resolve("millrace.yml"),
                "name: bench\nprofile: lake\nsources:\n  db: {type: postgres, host: " + server.host() + ", port: "
                        + server.port() + ", database: " + server.database() + ", user: " + server.user()
                        + ", password: " + server.password() + "}\n");
        Files.createDirectories(folder.resolve("cdc"));
        Files.writeString(folder.resolve("cdc/events.yml"), """
                        connector.class: io.debezium.connector.postgresql.PostgresConnector
                        database.hostname: db
                        table.include.list: public.events
                        """);
    }

    private void commitSteadily(PostgresServer server) {
        try (Connection connection = server.connect();
                PreparedStatement insert =
                        connection.prepareStatement("insert into events values (?, 'an event', now())");
                PreparedStatement update = connection.prepareStatement("update events set at = now() where id = ?")) {
            connection.setAutoCommit(false);
            long start = System.nanoTime();
            long pause = 1_000_000_000L / rate;
            for (int i = 1; i <= commits; i++) {
                LockSupport.parkNanos(start + i * pause - System.nanoTime());
                insert.setInt(1, i);
                insert.execute();
                update.setInt(1, 1_000_000 + 1 + i % rows);
                update.execute();
                connection.commit();
                committed.set(i, System.nanoTime());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void report() {
        long[] counted = Arrays.copyOfRange(latency, commits / 5, commits + 1);
        Arrays.sort(counted);
        System.out.printf(
                Locale.ROOT,
                "commit to queryable at %d commits/s: p50 %.0f ms, p99 %.0f ms, most %.0f ms%n",
                rate,
                at(counted, 0.5),
                at(counted, 0.99),
                at(counted, 1));
    }

    private static double at(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.round(sorted.length * share))] / 1e6;
    }

    /** A run without a runner. */
    private record Context(Node node) implements StepContext {
        @Override
        public String runId() {
            return "bench";
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public void progress(long done, long bytes, OptionalLong total) {}

        @Override
        public void log(LogLevel level, String message) {}

        @Override
        public Registration onCancel(Runnable stop) {
            return () -> {};
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }
}
