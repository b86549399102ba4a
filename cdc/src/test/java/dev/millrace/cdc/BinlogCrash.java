package dev.millrace.cdc;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * As {@link CdcCrashIT}, with servers whose binary log is read: transactions of one row and of many, tables with and
 * without a key, and DDL.
 */
abstract class BinlogCrash {
    private static final int KILLS = 3;
    private static final int TRANSACTIONS_PER_KILL = 300;

    @TempDir
    Path root;

    /** Somebody who may do everything. */
    abstract Connection connect() throws SQLException;

    /** A connector over these tables of the server. */
    abstract CdcProject project(String tables, String... properties);

    @Test
    void after_kills_at_random_points_every_table_equals_the_source() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        prepare();
        CdcProject project =
                project("bank.accounts,bank.ledger,bank.audit", "millrace.history: true", "max.batch.size: 500");
        Semaphore allowed = new Semaphore(TRANSACTIONS_PER_KILL);
        AtomicBoolean writing = new AtomicBoolean(true);
        Thread writer = new Thread(() -> write(new Random(seed), writing, allowed), "writer");
        writer.start();
        int killed = 0;
        for (int i = 0; i < KILLS; i++) {
            killed += runAndKill(random.nextInt(i == 0 ? 300 : 2000)) ? 1 : 0;
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
                    .as("seed %d, %d kills: %s", seed, killed, query)
                    .isEqualTo(truth(query.formatted("bank")));
        }
        assertThat(project.rows("select count(*) - count(distinct id) from raw.ledger__changes"))
                .as("seed %d", seed)
                .containsExactly("0");
        assertThat(project.rows("select count(*) from (select id, version - lag(version) over (partition by id"
                        + " order by _millrace_seq) as step from raw.accounts__changes) where step <> 1"))
                .as("seed %d", seed)
                .containsExactly("0");
    }

    private void prepare() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String one : List.of(
                    "create database bank",
                    "use bank",
                    "create table accounts (id int primary key, balance bigint, version int)",
                    "create table ledger (id bigint auto_increment primary key, account int, amount bigint)",
                    "create table audit (line bigint, body text)",
                    "create table numbers (seq int primary key)",
                    "insert into numbers values "
                            + IntStream.rangeClosed(1, 20_000)
                                    .mapToObj(i -> "(" + i + ")")
                                    .collect(Collectors.joining(",")),
                    "insert into accounts select seq, 1000, 0 from numbers where seq <= 2000",
                    "insert into ledger (account, amount) select 1 + seq % 2000, seq from numbers")) {
                statement.execute(one);
            }
        }
    }

    private void write(Random random, AtomicBoolean writing, Semaphore allowed) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("use bank");
            connection.setAutoCommit(false);
            while (writing.get()) {
                allowed.acquireUninterruptibly();
                int id = 1 + random.nextInt(2000);
                int kind = random.nextInt(60);
                if (kind < 3) {
                    statement.execute("insert into ledger (account, amount) select 1, seq from numbers where seq <= "
                            + (1 + random.nextInt(1500)));
                } else if (kind < 6) {
                    statement.execute("update accounts set version = version + 1 where id % 7 = " + id % 7);
                } else if (kind < 9) {
                    statement.execute("delete from audit where line % 5 = " + id % 5);
                } else if (kind == 9) {
                    statement.execute("truncate audit");
                } else if (kind == 10) {
                    statement.execute("alter table ledger add column note_" + System.nanoTime() + " int");
                } else {
                    statement.execute(
                            "update accounts set balance = balance - 1, version = version + 1 where id = " + id);
                    statement.execute("insert into ledger (account, amount) values (" + id + ", -1)");
                    statement.execute("insert into audit values (" + id + ", 'moved')");
                }
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the process was still at work when it was killed. */
    private boolean runAndKill(int millisAfterRows) throws IOException, InterruptedException {
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
        boolean ended = process.waitFor(millisAfterRows, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return !ended;
    }

    private String truth(String query) throws SQLException {
        try (Connection connection = connect();
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
