package dev.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.KafkaBroker;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of texts that hardly ever come twice are stored in a way of their own. */
class TextStorageIT {
    private static final int MESSAGES = 300;

    @TempDir
    static Path brokerFolder;

    private static KafkaBroker broker;

    @TempDir
    Path root;

    @BeforeAll
    static void start() {
        broker = KafkaBroker.start(BrokerSettings.of(brokerFolder, 0));
        try (TestTopics topics = new TestTopics(broker)) {
            topics.create("events", 1);
            topics.send(
                    "events",
                    IntStream.range(0, MESSAGES)
                            .mapToObj(i -> "{\"id\": \"" + new UUID(7, i) + "\", \"page\": \"/products/of/kind/" + i % 3
                                    + "\", \"n\": " + i + ", \"code\": \"c" + i + "\"}")
                            .toArray(String[]::new));
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static List<String> storedApart(TestProject project) {
        return project.rows(
                "select column_name from duckdb_columns() c join duckdb_tables() t using (table_oid)"
                        + " where t.table_name = 'events' and regexp_matches(sql, '\\b' || column_name || '\"? VARCHAR USING COMPRESSION ZSTD')");
    }

    @Test
    void only_long_texts_that_hardly_ever_come_twice_are_stored_apart() {
        TestProject project = TestProject.of(root, broker, "[events]");
        assertThat(project.land().error()).isEmpty();
        assertThat(storedApart(project)).containsExactly("id");
        assertThat(project.rows("select count(*), count(distinct id), min(id) from raw.events"))
                .containsExactly(MESSAGES + "|" + MESSAGES + "|" + new UUID(7, 0));
    }

    @Test
    void such_a_column_takes_a_type_that_is_declared_later() {
        TestProject project = TestProject.of(root, broker, "[events]");
        assertThat(project.land().error()).isEmpty();
        List<String> columns = columns(project);
        TestProject declared = TestProject.of(root, broker, "[{name: events, columns: {id: uuid}}]");
        assertThat(declared.land().error()).isEmpty();
        assertThat(declared.rows("select typeof(id), count(*), count(distinct n) from raw.events group by 1"))
                .containsExactly("UUID|" + MESSAGES + "|" + MESSAGES);
        assertThat(columns(declared)).isEqualTo(columns);
    }

    private static List<String> columns(TestProject project) {
        return project.rows(
                "select column_name from duckdb_columns() where table_name = 'events' order by column_index");
    }

    @Test
    void a_file_of_an_older_format_stores_them_as_ever() throws Exception {
        try (Connection memory = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = memory.createStatement()) {
            statement.execute("attach '" + root.resolve("lake.duckdb") + "' as old (storage_version 'v1.0.0')");
        }
        TestProject project = TestProject.of(root, broker, "[events]");
        assertThat(project.land().error()).isEmpty();
        assertThat(storedApart(project)).isEmpty();
        assertThat(project.rows("select count(distinct id) from raw.events")).containsExactly("" + MESSAGES);
    }
}
