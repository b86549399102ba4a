package dev.millrace.ingest;

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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process is killed at random points of loads; what the next run leaves in the warehouse must be the truth. */
class IngestCrashIT {
    private static final int KILLS = 6;
    private static final int ROWS = 150_000;
    private static PostgresServer server;

    @TempDir
    Path root;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.builder().start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void after_kills_at_random_points_the_next_run_leaves_the_truth() throws Exception {
        sql(
                "create table facts (id int primary key, body text, updated_at timestamp)",
                "create table log (line int, body text, updated_at timestamp)",
                "create table whole (id int, body text)",
                "insert into facts select i, repeat('f', 40), timestamp '2024-01-01' + i * interval '1 s'"
                        + " from generate_series(1, " + ROWS + ") as i",
                "insert into log select i, repeat('l', 40), timestamp '2024-01-01' + (i / 100) * interval '1 s'"
                        + " from generate_series(1, " + ROWS + ") as i",
                "insert into whole select i, repeat('w', 40) from generate_series(1, " + ROWS + ") as i");
        TestProject project = TestProject.of(root, server)
                .connection(
                        "streams:",
                        "  - {name: facts, cursor_field: updated_at}",
                        "  - {name: log, cursor_field: updated_at}",
                        "  - {name: whole}");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int killed = 0;
        for (int i = 0; i < KILLS; i++) {
            killed += runAndKill(random.nextInt(1500)) ? 1 : 0;
            sql(
                    "update facts set body = 'changed " + i + "', updated_at = timestamp '2025-01-01' + " + i
                            + " * interval '1 day' where id % 7 = " + i,
                    "insert into log select " + (ROWS + i) + ", 'later', timestamp '2025-01-01' from"
                            + " generate_series(1, 500)",
                    "delete from whole where id % 50 = " + i);
        }
        assertThat(killed).isPositive();

        assertThat(project.ingest().nodes())
                .allSatisfy(node -> assertThat(node.error()).as("seed %d", seed).isEmpty());

        for (String query : List.of(
                "select count(*), count(distinct id), sum(length(body)), max(body) from %s.facts",
                "select count(*), count(distinct line), sum(line), max(updated_at) from %s.log",
                "select count(*), count(distinct id), sum(id), min(id) from %s.whole")) {
            assertThat(texts(project.rows(query.formatted("raw")).get(0)))
                    .as("seed %d: %s", seed, query)
                    .isEqualTo(texts(truth(query.formatted("public"))));
        }
        assertThat(project.rows("select table_name from information_schema.tables where table_name like 'stage%'"))
                .isEmpty();
    }

    /** Whether the process was still at work when it was killed. */
    private boolean runAndKill(int millisAfterStart) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IngestMain.class.getName(),
                        root.toString())
                .redirectErrorStream(true)
                .start();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            lines.add(line);
            if (line.equals("working")) {
                break;
            }
        }
        assertThat(lines).contains("working");
        boolean ended = process.waitFor(millisAfterStart, TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
        return !ended;
    }

    private static String texts(String row) {
        return row.replace('T', ' ').replaceAll("( \\d\\d:\\d\\d)(\\||$)", "$1:00$2");
    }

    private static String truth(String query) throws SQLException {
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

    private static void sql(String... statements) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }
}
