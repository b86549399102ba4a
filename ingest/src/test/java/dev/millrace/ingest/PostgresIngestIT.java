package dev.millrace.ingest;

import static dev.millrace.ingest.TestProject.config;
import static dev.millrace.ingest.TestProject.error;
import static dev.millrace.ingest.TestProject.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.RunResult;
import dev.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresIngestIT {
    private static PostgresServer server;

    @TempDir
    Path root;

    private TestProject project;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.builder().start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void emptyDatabase() {
        sql("drop schema public cascade", "create schema public");
        project = TestProject.of(root, server);
    }

    @Test
    void without_streams_every_table_is_read() {
        sql(
                "create table books (id int primary key, title text)",
                "insert into books select i, 'Book ' || i from generate_series(1, 5000) as i",
                "create table \"Odd Name\" (\"a b\" int)",
                "insert into \"Odd Name\" values (7)",
                "create view shelf as select 1 as x");
        project.connection("sync_mode: full_refresh");

        RunResult run = project.ingest();

        assertThat(run.nodes()).allMatch(result -> result.status() == Status.SUCCESS);
        assertThat(result(run, "books").message()).isEqualTo("5,000 rows, full refresh");
        assertThat(project.rows("select count(*), min(title), max(id) from raw.books"))
                .containsExactly("5000|Book 1|5000");
        assertThat(project.rows("select \"a b\" from raw.\"Odd Name\"")).containsExactly("7");
        assertThat(project.connections("ls")).hasSize(2);
    }

    @Test
    void every_row_tells_when_and_by_which_run_it_was_loaded() {
        sql("create table books (id int)", "insert into books values (1), (2)");
        project.connection("sync_mode: full_refresh");

        RunResult run = project.ingest();

        assertThat(project.rows(
                        "select distinct _millrace_batch_id, _millrace_loaded_at > timestamptz '2020-01-01' from"
                                + " raw.books"))
                .containsExactly(run.runId() + "|true");
    }

    @Test
    void a_full_refresh_follows_the_source_in_rows_and_types() {
        sql("create table books (id int, price int)", "insert into books values (1, 10), (2, 20)");
        project.connection("sync_mode: full_refresh").ingest();
        sql("delete from books where id = 1", "alter table books alter price type numeric(6,2)");

        project.ingest();

        assertThat(project.rows("select id, price, typeof(price) from raw.books"))
                .containsExactly("2|20.00|DECIMAL(6,2)");
    }

    @Test
    void a_failing_reload_leaves_the_old_table() {
        sql("create table books (id int, price numeric)", "insert into books values (1, 9.5)");
        project.connection("sync_mode: full_refresh").ingest();
        sql("insert into books select i, 1 from generate_series(2, 20000) as i", "insert into books values (0, 'NaN')");

        RunResult run = project.ingest();

        assertThat(error(run, "books").code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE);
        assertThat(error(run, "books")).hasMessageContaining("NaN").hasMessageContaining("public.books.price");
        assertThat(project.rows("select id, price from raw.books")).containsExactly("1|9.5000000000");
    }

    @Test
    void an_increment_reads_new_and_changed_rows_only() {
        sql(
                "create table orders (id int primary key, status text, updated_at timestamptz)",
                "insert into orders select i, 'new', timestamptz '2024-03-01 00:00:00Z' + i * interval '1 second'"
                        + " from generate_series(1, 1000) as i");
        project.connection("sync_mode: incremental", "cursor_field: updated_at").ingest();
        sql(
                "update orders set status = 'paid', updated_at = '2024-04-01 10:00:00.000001Z' where id = 5",
                "insert into orders values (1001, 'new', '2024-04-01 10:00:00Z')");

        RunResult run = project.ingest();

        assertThat(result(run, "orders").message()).isEqualTo("2 rows, incremental from 2024-03-01 00:16:40+00");
        assertThat(project.rows("select count(*), count(*) filter (status = 'paid'), count(distinct _millrace_batch_id)"
                        + " from raw.orders"))
                .containsExactly("1001|1|2");
    }

    @Test
    void rows_with_the_last_cursor_value_are_neither_lost_nor_doubled() {
        sql(
                "create table orders (id int primary key, updated_at timestamp)",
                "create table clicks (page text, updated_at timestamp)",
                "insert into orders values (1, '2024-01-01 12:00:00')",
                "insert into clicks values ('a', '2024-01-01 12:00:00'), ('a', '2024-01-01 12:00:00')");
        project.connection("sync_mode: incremental", "cursor_field: updated_at").ingest();
        sql(
                "insert into orders values (2, '2024-01-01 12:00:00')",
                "insert into clicks values ('a', '2024-01-01 12:00:00'), ('b', '2024-01-01 12:00:00')");

        project.ingest();
        RunResult third = project.ingest();

        assertThat(project.rows("select id from raw.orders order by id")).containsExactly("1", "2");
        assertThat(project.rows("select page, count(*) from raw.clicks group by page order by page"))
                .containsExactly("a|3", "b|1");
        assertThat(result(third, "orders").rows()).hasValue(0);
        assertThat(result(third, "clicks").rows()).hasValue(0);
    }

    @Test
    void an_empty_increment_leaves_rows_and_state_as_they_are() {
        sql(
                "create table orders (id int primary key, updated_at timestamptz)",
                "insert into orders values (1, '2024-01-01 12:00:00.123456Z')");
        project.connection("sync_mode: incremental", "cursor_field: updated_at").ingest();
        String all = "select * from raw.orders, _millrace.state";
        var before = project.rows(all);

        project.ingest();

        assertThat(project.rows(all)).isEqualTo(before);
        assertThat(before.get(0)).contains("2024-01-01 12:00:00.123456+00");
    }

    @Test
    void a_row_committed_late_by_a_transaction_that_was_open_is_read_by_the_next_increment() throws SQLException {
        sql("create table orders (id int primary key, updated_at timestamptz default now())");
        project.connection("sync_mode: incremental", "cursor_field: updated_at");
        try (Connection late = server.connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("insert into orders (id) values (1)");
            sql("insert into orders (id) values (2)");
            project.ingest();
            late.commit();
        }

        project.ingest();

        assertThat(project.rows("select id from raw.orders order by id")).containsExactly("1", "2");
    }

    @Test
    void a_lookback_finds_rows_whose_cursor_is_older_than_the_last() {
        sql(
                "create table orders (id int primary key, updated_at timestamp)",
                "insert into orders values (1, '2024-01-01 12:00:00')");
        project.connection("sync_mode: incremental", "cursor_field: updated_at", "lookback: 5 minutes")
                .ingest();
        sql("insert into orders values (2, '2024-01-01 11:56:00'), (3, '2024-01-01 11:54:00')");

        project.ingest();

        assertThat(project.rows("select id from raw.orders order by id")).containsExactly("1", "2");
    }

    @Test
    void rows_without_a_cursor_value_are_read_and_followed() {
        sql(
                "create table orders (id int primary key, note text, updated_at timestamp)",
                "insert into orders values (1, 'a', null), (2, 'b', '2024-01-01')");
        project.connection("sync_mode: incremental", "cursor_field: updated_at").ingest();
        sql("update orders set note = 'c' where id = 1", "insert into orders values (3, 'd', null)");

        project.ingest();

        assertThat(project.rows("select id, note from raw.orders order by id")).containsExactly("1|c", "2|b", "3|d");
    }

    @Test
    void a_table_without_the_cursor_column_is_refreshed_in_full_and_the_plan_says_so() {
        sql("create table colours (name text)", "insert into colours values ('red')");
        project.connection("sync_mode: incremental", "cursor_field: updated_at");

        assertThat(config(project.connections("build"), "colours"))
                .containsEntry("sync_mode", "full_refresh")
                .containsEntry("note", "no column 'updated_at': full refresh");
        RunResult run = project.ingest();
        assertThat(result(run, "colours").message())
                .isEqualTo("1 rows, full refresh (no column 'updated_at': full refresh)");
    }

    @Test
    void full_refresh_starts_an_incremental_stream_over() {
        sql(
                "create table orders (id int primary key, updated_at timestamp)",
                "insert into orders values (1, '2024-01-01'), (2, '2024-01-02')");
        project.connection("sync_mode: incremental", "cursor_field: updated_at").ingest();
        sql("delete from orders where id = 2", "insert into orders values (3, '2023-01-01')");

        project.fullRefresh();

        assertThat(project.rows("select id from raw.orders order by id")).containsExactly("1", "3");
        assertThat(project.rows("select value ->> 'value' from _millrace.state"))
                .containsExactly("2024-01-01 00:00:00");
    }

    @Test
    void streams_choose_tables_modes_and_columns() {
        sql(
                "create table orders (id int primary key, note text, secret text, seq bigint)",
                "insert into orders values (1, 'n', 's', 10)",
                "create table other (id int)");
        project.connection(
                "streams:",
                "  - name: orders",
                "    sync_mode: incremental_append",
                "    cursor_field: [seq]",
                "    columns: [note]");
        project.ingest();
        sql("update orders set note = 'm', seq = 11 where id = 1");

        project.ingest();

        assertThat(project.rows(
                        "select * exclude (_millrace_loaded_at, _millrace_batch_id) from raw.orders order by seq"))
                .containsExactly("n|1|10", "m|1|11");
        assertThat(project.connections("build")).hasSize(1);
    }

    @Test
    void a_name_that_the_source_does_not_know_is_reported_with_the_nearest() {
        sql("create table orders (id int primary key, amount numeric)");
        List<String> slips = List.of(
                "{name: ordres}",
                "{name: orders, columns: [amont]}",
                "{name: orders, types: {amuont: text}}",
                "{name: orders, cursor_field: amaunt}",
                "{name: orders, cursor_field: amount, primary_key: i}");

        for (String slip : slips) {
            project.connection("streams: [" + slip + "]");
            MillraceException error = catchThrowableOfType(MillraceException.class, () -> project.graph("build"));
            assertThat(error.hint().orElse("")).as(slip).startsWith("Did you mean '");
            assertThat(error.position()).map(Position::file).as(slip).hasValue("connections.yml");
        }
    }

    @Test
    void new_columns_and_wider_types_are_taken_over() {
        sql(
                "create table orders (id int primary key, amount numeric(6,2), updated_at timestamp)",
                "insert into orders values (1, 1.5, '2024-01-01')");
        project.connection("sync_mode: incremental", "cursor_field: updated_at").ingest();
        sql(
                "alter table orders add column channel text default 'web'",
                "alter table orders alter amount type numeric(12,4)",
                "insert into orders values (2, 12345678.1234, '2024-01-02', 'shop')");

        project.ingest();

        assertThat(project.rows("select id, amount, channel from raw.orders order by id"))
                .containsExactly("1|1.5000|web", "2|12345678.1234|shop");
    }

    @Test
    void a_frozen_connection_refuses_a_changed_schema() {
        sql(
                "create table orders (id int primary key, updated_at timestamp)",
                "insert into orders values (1, '2024-01-01')");
        project.connection("sync_mode: incremental", "cursor_field: updated_at", "on_schema_change: freeze")
                .ingest();
        sql("alter table orders add column channel text");

        RunResult run = project.ingest();

        assertThat(error(run, "orders").code()).isEqualTo(ErrorCode.SCHEMA_CHANGED);
        assertThat(error(run, "orders")).hasMessageContaining("'channel' is new");
    }

    @Test
    void a_paused_connection_keeps_the_old_data_and_warns() {
        sql("create table orders (id int)", "insert into orders values (1)");
        project.connection("sync_mode: full_refresh", "on_schema_change: pause").ingest();
        sql("alter table orders add column channel text", "insert into orders values (2, 'x')");

        RunResult run = project.ingest();

        assertThat(result(run, "orders").status()).isEqualTo(Status.WARN);
        assertThat(project.count("raw.orders")).isEqualTo(1);
        project.fullRefresh();
        assertThat(project.count("raw.orders")).isEqualTo(2);
    }

    @Test
    void a_key_that_the_source_does_not_guarantee_keeps_the_latest_row() {
        sql(
                "create table readings (sensor text, value int, seen_at timestamp)",
                "insert into readings values ('a', 1, '2024-01-01'), ('a', 2, '2024-01-02'), ('b', 3, '2024-01-01')");
        project.connection("streams: [{name: readings, cursor_field: seen_at, primary_key: [[sensor]]}]");
        project.ingest();
        sql("insert into readings values ('a', 4, '2024-01-03'), ('a', 5, '2024-01-04')");

        project.ingest();

        assertThat(project.rows("select sensor, value from raw.readings order by sensor"))
                .containsExactly("a|5", "b|3");
    }

    private static void sql(String... statements) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
