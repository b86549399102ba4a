package dev.millrace.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.testkit.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The process that captures changes is killed at random points while they are made: none is lost and none comes twice.
 */
class CdcCrashIT {
    private static final int KILLS = 3;
    private static final int TRANSACTIONS_PER_KILL = 300;
    private static final int ACCOUNTS = 2000;

    @TempDir
    Path root;

    @Test
    void after_kills_at_random_points_every_table_equals_the_source() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        try (PostgresServer server =
                PostgresServer.builder().setting("wal_level", "logical").start()) {
            prepare(server);
            CdcProject project = CdcProject.of(root, server, "postgres")
                    .connector(
                            "postgres",
                            "public.accounts,public.ledger,public.audit",
                            "millrace.history: true",
                            "max.batch.size: 500");
            Semaphore allowed = new Semaphore(TRANSACTIONS_PER_KILL);
            AtomicBoolean writing = new AtomicBoolean(true);
            AtomicInteger written = new AtomicInteger();
            Thread writer = new Thread(() -> write(server, new Random(seed), writing, allowed, written), "writer");
            writer.start();
            int killed = 0;
            for (int i = 0; i < KILLS; i++) {
                killed += runAndKill(i == 0 ? random.nextInt(300) : random.nextInt(2500)) ? 1 : 0;
                allowed.release(TRANSACTIONS_PER_KILL);
            }
            writing.set(false);
            allowed.release();
            writer.join();
            project.run();

            assertThat(killed).as("seed %d", seed).isPositive();
            for (String query : List.of(
                    "select count(*), count(distinct id), sum(id), sum(balance), sum(version) from %s.accounts",
                    "select count(*), count(distinct id), sum(id), sum(amount), max(id) from %s.ledger",
                    "select count(*), count(distinct line), sum(line), sum(length(body)) from %s.audit")) {
                assertThat(project.rows(query.formatted("raw")).get(0))
                        .as("seed %d, %d transactions, %d kills: %s", seed, written.get(), killed, query)
                        .isEqualTo(truth(server, query.formatted("public")));
            }
            // Each insert into the ledger is one change: none twice, and none that the first reading did not have.
            assertThat(project.rows("select count(*) - count(distinct id) from raw.ledger__changes"))
                    .as("seed %d", seed)
                    .containsExactly("0");
            assertThat(project.rows("select count(*) from raw.ledger where id not in (select id from"
                            + " raw.ledger__changes)"))
                    .containsExactly("0");
            // Every update of an account raises its version by one.
            assertThat(project.rows("select count(*) - count(distinct (id, version)) from raw.accounts__changes"))
                    .as("seed %d", seed)
                    .containsExactly("0");
            assertThat(project.rows("select count(*) from (select id, version - lag(version) over (partition by id"
                            + " order by _millrace_seq) as step from raw.accounts__changes) where step <> 1"))
                    .as("seed %d", seed)
                    .containsExactly("0");
        }
    }

    private static void prepare(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table accounts (id int primary key, balance bigint, version int)");
            statement.execute("create table ledger (id bigserial primary key, account int, amount bigint)");
            statement.execute("create table audit (line bigint, body text)");
            statement.execute("alter table audit replica identity full");
            statement.execute("insert into accounts select i, 1000, 0 from generate_series(1, " + ACCOUNTS + ") i");
            statement.execute("insert into ledger (account, amount) select 1 + i % " + ACCOUNTS
                    + ", i from generate_series(1, 20000) i");
        }
    }

    /** Transactions of every size; those of many rows share positions in the log. */
    private static void write(
            PostgresServer server, Random random, AtomicBoolean writing, Semaphore allowed, AtomicInteger written) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (writing.get()) {
                allowed.acquireUninterruptibly();
                int id = 1 + random.nextInt(ACCOUNTS);
                int kind = random.nextInt(20);
                if (kind == 0) {
                    int many = 1 + random.nextInt(1500);
                    statement.execute(
                            "insert into ledger (account, amount) select 1, i from generate_series(1, " + many + ") i");
                } else if (kind == 1) {
                    statement.execute("update accounts set version = version + 1 where id % 7 = " + id % 7);
                } else if (kind == 2) {
                    statement.execute("delete from audit where line % 5 = " + id % 5);
                } else {
                    statement.execute(
                            "update accounts set balance = balance - 1, version = version + 1 where id = " + id);
                    statement.execute("insert into ledger (account, amount) values (" + id + ", -1)");
                    statement.execute("insert into audit values (" + id + ", 'moved')");
                }
                connection.commit();
                written.incrementAndGet();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the process was still at work when it was killed. */
    private boolean runAndKill(int millisAfterOpen) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CdcMain.class.getName(),
                        root.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.startsWith("rows")) {
                break;
            }
        }
        assertThat(lines).as("what the process said").contains("open");
        boolean ended = process.waitFor(millisAfterOpen, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return !ended;
    }

    private static String truth(PostgresServer server, String query) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
                values.add(answer.getString(i));
            }
            return String.join("|", values);
        }
    }
}
