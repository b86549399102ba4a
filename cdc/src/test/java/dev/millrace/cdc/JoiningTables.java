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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that join a connector's lists, or leave them, while changes are made. */
abstract class JoiningTables {
    private static final int ROWS = 20_000;
    private static final String WHOLE = "select count(*), count(distinct id), sum(id), sum(n), max(id) from %s";

    @TempDir
    Path root;

    /** Somebody who may do everything, in the tables' database. */
    abstract Connection connect() throws SQLException;

    /** A connector over these tables, whose schema is {@link #schema}. */
    abstract CdcProject project(String tables, String... properties);

    abstract String schema();

    private String listed(String... tables) {
        return String.join(
                ",",
                java.util.Arrays.stream(tables).map(one -> schema() + "." + one).toList());
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    private void fill(String table, int rows) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= rows; i++) {
            values.add("(" + i + ", 0)");
        }
        sql(
                "create table " + table + " (id int primary key, n int)",
                "insert into " + table + " values " + String.join(",", values));
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

    private void assertEqual(CdcProject project, String table) throws SQLException {
        assertThat(project.rows(WHOLE.formatted("raw." + table)).get(0))
                .as(table)
                .isEqualTo(truth(WHOLE.formatted(schema() + "." + table)));
    }

    /** Every update raises n by one: none is missing, and none is there twice. */
    private static void assertNoGapIn(CdcProject project, String table) {
        assertThat(project.rows("select count(*) from (select n - lag(n) over (partition by id order by _millrace_seq)"
                        + " as step from raw." + table + "__changes) where step <> 1"))
                .as(table)
                .containsExactly("0");
        assertThat(project.rows("select count(*) - count(distinct _millrace_seq) from raw." + table + "__changes"))
                .containsExactly("0");
    }

    @Test
    void only_the_table_that_joins_is_read_and_one_that_leaves_stays_as_it_is() throws Exception {
        fill("kept", 3);
        fill("gone", 3);
        fill("fresh", 3);
        sql("create table barren (id int primary key, n int)");
        project(listed("kept", "gone")).run();
        String before = "select id, _millrace_op, _millrace_loaded_at from raw.kept where id < 3 order by id";
        List<String> untouched = project(listed("kept", "gone")).rows(before);
        sql(
                "update kept set n = 1 where id = 3",
                "update gone set n = 1",
                "update fresh set n = 1 where id = 1",
                "insert into fresh values (4, 0)");

        CdcProject project = project(listed("kept", "fresh", "barren"));
        project.run();
        sql(
                "update fresh set n = 2 where id = 2",
                "delete from fresh where id = 3",
                "update gone set n = 2",
                "insert into kept values (4, 4)",
                "insert into barren values (1, 1)");
        project.run();

        assertThat(project.rows(before)).isEqualTo(untouched);
        assertThat(project.rows("select id, n, _millrace_op from raw.fresh order by id"))
                .containsExactly("1|1|r", "2|2|u", "4|0|r");
        assertThat(project.rows("select id, n from raw.gone order by id")).containsExactly("1|0", "2|0", "3|0");
        for (String table : List.of("kept", "fresh", "barren")) {
            assertEqual(project, table);
        }
        assertThat(project.status().tables())
                .containsExactlyInAnyOrder(schema() + ".kept", schema() + ".fresh", schema() + ".barren");
        assertThat(project.status().leftTables()).containsExactly(schema() + ".gone");

        CdcProject again = project(listed("kept", "fresh", "gone"));
        again.run();
        assertEqual(again, "gone");
        assertThat(again.status().leftTables()).containsExactly(schema() + ".barren");
    }

    @Test
    void a_table_joins_while_changes_are_made_and_the_process_is_killed() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        fill("kept", 2_000);
        fill("fresh", ROWS);
        project(listed("kept"), "millrace.history: true").run();
        CdcProject project = project(listed("kept", "fresh"), "millrace.history: true", "max.batch.size: 500");
        AtomicBoolean writing = new AtomicBoolean(true);
        AtomicInteger next = new AtomicInteger(ROWS);
        Thread writer = new Thread(() -> write(new Random(seed), writing, next), "writer");
        writer.start();
        try {
            for (int i = 0; i < 3; i++) {
                killWhileJoining(random.nextInt(1500));
            }
            project.run();
        } finally {
            writing.set(false);
            writer.join();
        }
        project.run();

        assertEqual(project, "kept");
        assertEqual(project, "fresh");
        assertNoGapIn(project, "kept");
        assertNoGapIn(project, "fresh");
        assertThat(project.rows("select count(*) from raw.fresh where id not in (select id from raw.fresh__changes)"))
                .containsExactly("0");
        assertThat(project.rows("select count(distinct _millrace_op) > 1 from raw.fresh__changes"))
                .as("some changes were made after the rows were read")
                .containsExactly("true");
    }

    /** Both tables in each transaction; new rows in the one that joins. */
    private void write(Random random, AtomicBoolean writing, AtomicInteger next) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            while (writing.get()) {
                statement.execute("update kept set n = n + 1 where id = " + (1 + random.nextInt(2_000)));
                statement.execute("update fresh set n = n + 1 where id % 997 = " + random.nextInt(997));
                statement.execute("update fresh set n = n + 1 where id = " + (1 + random.nextInt(ROWS)));
                statement.execute("insert into fresh values (" + next.incrementAndGet() + ", 0)");
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void killWhileJoining(int millis) throws IOException, InterruptedException {
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
            if (line.startsWith("reading") || line.startsWith("open")) {
                break;
            }
        }
        assertThat(lines)
                .as("what the process said")
                .anyMatch(line -> line.startsWith("reading") || line.equals("open"));
        assertThat(process.waitFor(millis, TimeUnit.MILLISECONDS))
                .as("whether it ended by itself")
                .isFalse();
        process.destroyForcibly().waitFor();
    }
}
