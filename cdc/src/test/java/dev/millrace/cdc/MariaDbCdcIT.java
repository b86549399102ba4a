package dev.millrace.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.ContinuousStep;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens in MariaDB is what is found in the warehouse. */
class MariaDbCdcIT {
    private static MariaDbServer server;

    @TempDir
    Path root;

    private Connection source;

    @BeforeAll
    static void startServer() {
        server = MariaDbServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void createDatabase() throws SQLException {
        source = server.connect();
        sql("create or replace database shop character set utf8mb4", "create or replace database other", "use shop");
    }

    @AfterEach
    void disconnect() throws SQLException {
        source.close();
    }

    private void sql(String... statements) throws SQLException {
        try (Statement statement = source.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    @Test
    void the_first_run_reads_the_rows_and_later_runs_follow_the_changes() throws Exception {
        sql(
                "create table orders (id int primary key, body text)",
                "create table customers (id int primary key, name varchar(20))",
                "insert into orders values (1, 'one'), (2, 'two'), (3, 'three')");
        CdcProject project =
                CdcProject.of(root, server, "shop.orders,shop.customers", "millrace.history.customers: true");

        assertThat(project.run().rows()).hasValue(3);
        assertThat(project.rows("select id, body, _millrace_op from raw.orders order by id"))
                .containsExactly("1|one|r", "2|two|r", "3|three|r");
        assertThat(project.rows("select count(*) from raw.customers")).containsExactly("0");
        assertThat(project.run().message()).isEqualTo("nothing new");

        sql(
                "insert into orders values (4, 'four')",
                "update orders set body = 'TWO ü' where id = 2",
                "delete from orders where id = 1",
                "update orders set id = 33 where id = 3",
                "create table other.unrelated (id int)",
                "insert into customers values (1, 'Ann')",
                "update customers set name = 'Anna'");
        assertThat(project.run().rows()).hasValue(7);
        assertThat(project.rows("select id, body, _millrace_op from raw.orders order by id"))
                .containsExactly("2|TWO ü|u", "4|four|c", "33|three|c");
        assertThat(project.rows("select name, _millrace_op from raw.customers__changes order by _millrace_seq"))
                .containsExactly("Ann|c", "Anna|u");

        sql("insert into other.unrelated values (1)");
        assertThat(project.run().rows()).hasValue(0);
        sql("truncate orders");
        assertThat(project.run().rows()).hasValue(1);
        assertThat(project.rows("select count(*) from raw.orders")).containsExactly("0");
        assertThat(project.run().message()).isEqualTo("nothing new");
        sql("insert into orders values (5, 'five')");
        project.run();
        assertThat(project.rows("select id from raw.orders")).containsExactly("5");
    }

    @Test
    void a_table_without_a_key_follows_by_whole_rows() throws Exception {
        sql("create table log (line int, body text)", "insert into log values (1, 'a'), (1, 'a'), (2, null)");
        CdcProject project = CdcProject.of(root, server, "shop.log");
        project.run();
        sql(
                "insert into log values (1, 'a'), (5, 'e'), (5, 'e')",
                "delete from log where line = 1 limit 1",
                "update log set body = 'b' where line = 2",
                "update log set line = 6 where line = 5");
        project.run();
        assertThat(project.rows("select line, body from raw.log order by line"))
                .containsExactly("1|a", "1|a", "2|b", "6|e", "6|e");
    }

    @Test
    void new_columns_come_with_the_values_of_older_rows_and_types_widen() throws Exception {
        sql(
                "create table orders (id int primary key, amount decimal(6,2), gone text)",
                "insert into orders values (1, 1.25, 'g'), (2, 2.5, 'g')");
        CdcProject project = CdcProject.of(root, server, "shop.orders");
        project.run();
        sql(
                "alter table orders add column level int not null default 7, add column note varchar(9) default 'it''s'",
                "insert into orders values (3, 3, 'g', 8, null)");
        project.run();
        sql(
                "alter table orders modify amount decimal(12,4)",
                "insert into orders values (4, 4.0625, 'g', 9, null)",
                "alter table orders drop column gone",
                "update orders set level = 10 where id = 3");
        project.run();

        assertThat(project.rows("select id, amount, level, note, gone from raw.orders order by id"))
                .containsExactly(
                        "1|1.2500|7|it's|g", "2|2.5000|7|it's|g", "3|3.0000|10|null|null", "4|4.0625|9|null|g");

        sql("alter table orders modify level text", "update orders set level = 'x' where id = 1");
        project.run();
        assertThat(project.rows("select level from raw.orders order by id")).containsExactly("x", "7", "10", "9");
    }

    @Test
    void tables_equal_the_source_whatever_became_of_their_columns() throws Exception {
        sql(
                "create table orders (id int primary key, a int, b int, n decimal(6,2), dt datetime(6), v varchar(5))",
                "create table others (id int primary key)",
                "insert into orders values (1, 10, 20, 1.25, '2024-01-01 00:00:00.654321', 'v'),"
                        + " (2, 11, 21, 2.75, '2024-01-01 00:00:00.654321', 'v')",
                "insert into others values (1)");
        CdcProject project = CdcProject.of(root, server, "shop.orders,shop.others");
        project.run();
        List<String> others = project.rows("select id, _millrace_loaded_at from raw.others");
        List<String> grown = project.rows("select id, _millrace_loaded_at from raw.orders where id = 2");
        for (List<String> changes : List.of(
                List.of("modify a bigint", "modify v varchar(50)", "modify n decimal(12,2)"),
                List.of("modify n decimal(6,1)"),
                List.of("modify dt datetime"),
                List.of("change a aa bigint"),
                List.of("change aa x bigint, change b y int"),
                List.of("change x tmp bigint", "change y x int", "change tmp y bigint"),
                List.of("change x z int", "add x int"),
                List.of("modify v varchar(50) first"),
                List.of("change v w varchar(50)", "add v varchar(50)"),
                List.of("change v last varchar(50)", "add v varchar(50)"))) {
            for (String change : changes) {
                sql("alter table orders " + change);
            }
            sql("update orders set n = n + 1 where id = 1");
            project.run();
            if (changes.get(0).contains("modify a")) {
                assertThat(project.rows("select id, _millrace_loaded_at from raw.orders where id = 2"))
                        .as("what grows keeps its values")
                        .isEqualTo(grown);
            }
            String names = names("orders");
            assertThat(project.rows("select " + names + " from raw.orders order by id"))
                    .as("after %s", changes)
                    .isEqualTo(truth("select " + names + " from orders order by id"));
        }
        assertThat(project.rows("select id, _millrace_loaded_at from raw.others"))
                .isEqualTo(others);
    }

    /** The columns, in the order of their names; times as texts. */
    private String names(String table) throws SQLException {
        return String.join(
                ", ",
                truth("select case column_name when 'dt' then 'cast(dt as char(40))' else column_name end"
                        + " from information_schema.columns where table_schema = 'shop' and table_name = '" + table
                        + "' order by column_name"));
    }

    private List<String> truth(String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = source.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            while (answer.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(answer.getString(i)));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }

    @Test
    void every_type_comes_exactly_by_snapshot_and_by_stream() throws Exception {
        sql("""
                create table kinds (id int primary key, t1 tinyint(1), u bigint unsigned, b bigint, d decimal(30,10),
                  f float, db double, dt datetime(6), dt0 datetime, ts timestamp(6) null, day date, tm time(6), y year,
                  js json, e enum('a','b'), s set('x','y','z'), b1 bit(1), b5 bit(5), bl blob, bin binary(3),
                  txt longtext, c char(3), mi mediumint unsigned)""");
        String insert = "insert into kinds values (%d, 1, 18446744073709551615, -9223372036854775808,"
                + " 12345678901234567890.0123456789, 1.5, 0.1, '2024-02-29 12:34:56.789012', '0999-12-31 23:59:59',"
                + " '2024-02-29 12:34:56.789012', '1500-03-15', '23:59:59.999999', 2024, '{\"a\": [1, 2.50]}', 'b',"
                + " 'x,z', b'1', b'10110', x'00ff', 'ab', 'q''ü😀', 'ab', 16777215)";
        sql(insert.formatted(1), "insert into kinds (id) values (2)");
        CdcProject project = CdcProject.of(root, server, "shop.kinds");
        project.run();
        sql(insert.formatted(11), "insert into kinds (id) values (12)");
        project.run();

        String columns =
                "t1, u, b, d, f, db, dt::text, dt0::text, epoch_us(ts), day::text, tm::text, y, js::text, e, s,"
                        + " b1, b5, hex(bl), hex(bin), txt, c, mi";
        assertThat(project.rows("select " + columns + " from raw.kinds where id = 1"))
                .containsExactly("1|18446744073709551615|-9223372036854775808|12345678901234567890.0123456789|1.5|0.1"
                        + "|2024-02-29 12:34:56.789012|0999-12-31 23:59:59|1709199296789012|1500-03-15|23:59:59.999999"
                        + "|2024|{\"a\": [1, 2.50]}|b|x,z|true|10110|00FF|616200|q'ü😀|ab|16777215");
        assertThat(project.rows("select " + columns + " from raw.kinds where id > 10 order by id"))
                .isEqualTo(project.rows("select " + columns + " from raw.kinds where id < 10 order by id"));
    }

    @Test
    void a_log_that_was_thrown_away_is_noticed_and_a_full_refresh_mends_it() throws Exception {
        sql("create table orders (id int primary key)", "insert into orders values (1)");
        CdcProject project = CdcProject.of(root, server, "shop.orders");
        project.run();
        sql("insert into orders values (2)", "reset master", "insert into orders values (3)");

        assertThatThrownBy(project::run)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CDC_SLOT_LOST));
        project.fullRefresh();
        assertThat(project.rows("select id from raw.orders order by id")).containsExactly("1", "2", "3");
    }

    @Test
    void a_flow_follows_through_a_restart_of_the_server() throws Exception {
        sql("create table orders (id int primary key)", "insert into orders values (1)");
        CdcProject project = CdcProject.of(root, server, "shop.orders");
        project.run();
        project.withStep((node, step) -> {
            CdcProject.Context context = new CdcProject.Context(node);
            try (ContinuousStep.Flow flow = step.open(context)) {
                sql("insert into orders values (2)");
                await().until(() -> flow.next(Duration.ofMillis(100)).rows().orElse(0) == 1);
                source.close();
                server.kill();
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 600; i++) {
                                flow.next(Duration.ofMillis(100));
                            }
                        })
                        .isInstanceOfSatisfying(
                                MillraceException.class,
                                e -> assertThat(e.code().mayPass()).isTrue());
            }
            server.restart();
            source = server.connect();
            sql("use shop", "insert into orders values (3)");
            try (ContinuousStep.Flow flow = step.open(context)) {
                await().until(() -> flow.next(Duration.ofMillis(100)).rows().orElse(0) == 1);
            }
            return node;
        });
        assertThat(project.rows("select id from raw.orders order by id")).containsExactly("1", "2", "3");
    }
}
