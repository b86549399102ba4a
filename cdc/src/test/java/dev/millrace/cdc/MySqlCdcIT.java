package dev.millrace.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.ContinuousStep;
import java.nio.file.Files;
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
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What happens in MySQL, as it comes, is what is found in the warehouse. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class MySqlCdcIT {
    static MySqlServer server;

    @TempDir
    Path root;

    private Connection source;

    @BeforeAll
    static void startServer() {
        server = MySqlServer.start(false);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void createDatabase() throws SQLException {
        source = server.connect();
        sql(
                "drop database if exists shop",
                "drop database if exists other",
                "create database shop character set utf8mb4",
                "create database other",
                "use shop");
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
                create table kinds (id int primary key, t1 tinyint(1), tu tinyint unsigned, su smallint unsigned,
                  mu mediumint unsigned, iu int unsigned, u bigint unsigned, b bigint, d decimal(30,10),
                  du decimal(10,2) unsigned, f float, db double, dt datetime(6), dt3 datetime(3), dt0 datetime,
                  ts timestamp(6) null, ts0 timestamp null, day date, tm time(6), y year, js json, e enum('a','b'),
                  s set('x','y','z'), b1 bit(1), b5 bit(5), b64 bit(64), bl blob, bin binary(3), vb varbinary(9),
                  txt longtext, c char(3), l varchar(20) character set latin1, p point,
                  g int generated always as (id * 2) stored, v int generated always as (id * 3) virtual)""");
        String columns =
                "id, t1, tu, su, mu, iu, u, b, d, du, f, db, dt, dt3, dt0, ts, ts0, day, tm, y, js, e, s, b1, b5, b64,"
                        + " bl, bin, vb, txt, c, l, p";
        String insert = "insert into kinds (" + columns + ") values (%d, 1, 255, 65535, 16777215, 4294967295,"
                + " 18446744073709551615, -9223372036854775808, 12345678901234567890.0123456789, 99999999.99, 1.5, 0.1,"
                + " '2024-02-29 12:34:56.789012', '2024-02-29 12:34:56.789', '1000-12-31 23:59:59',"
                + " '2024-02-29 12:34:56.789012', '2024-02-29 12:34:56', '1500-03-15', '23:59:59.999999', 2024,"
                + " '{\"a\": [1, 2.50, \"ü\"]}', 'b', 'x,z', b'1', b'10110', b'1000000000000000000000000000000000000000000000000000000000000001',"
                + " x'00ff', 'ab', x'00', 'q''ü😀', 'ab', 'é', point(1, 2))";
        sql(insert.formatted(1), "insert into kinds (id) values (2)");
        CdcProject project = CdcProject.of(root, server, "shop.kinds");
        project.run();
        sql(insert.formatted(11), "insert into kinds (id) values (12)");
        project.run();

        String shown =
                "t1, tu, su, mu, iu, u, b, d, du, f, db, dt::text, dt3::text, dt0::text, epoch_us(ts), epoch_us(ts0),"
                        + " day::text, tm::text, y, js->>'$.a[1]', js->>'$.a[2]', e, s, b1, b5, b64, hex(bl), hex(bin), hex(vb), txt, c, l, p";
        assertThat(project.rows("select " + shown + " from raw.kinds where id = 1"))
                .containsExactly(
                        "1|255|65535|16777215|4294967295|18446744073709551615|-9223372036854775808"
                                + "|12345678901234567890.0123456789|99999999.99|1.5|0.1|2024-02-29 12:34:56.789012"
                                + "|2024-02-29 12:34:56.789|1000-12-31 23:59:59|1709199296789012|1709199296000000|1500-03-15"
                                + "|23:59:59.999999|2024|2.5|ü|b|x,z|true|10110"
                                + "|1000000000000000000000000000000000000000000000000000000000000001|00FF|616200|00|q'ü😀|ab|é"
                                + "|{\"x\":1.0,\"y\":2.0,\"wkb\":\"\\\\x0101000000000000000000f03f0000000000000040\",\"srid\":null}");
        assertThat(project.rows("select " + shown + " from raw.kinds where id > 10 order by id"))
                .isEqualTo(project.rows("select " + shown + " from raw.kinds where id < 10 order by id"));
        assertThat(project.rows("select id, g, v from raw.kinds order by id"))
                .containsExactly("1|2|3", "2|4|6", "11|22|33", "12|24|36");
    }

    @Test
    void a_log_that_was_thrown_away_is_noticed_and_a_full_refresh_mends_it() throws Exception {
        sql("create table orders (id int primary key)", "insert into orders values (1)");
        CdcProject project = CdcProject.of(root, server, "shop.orders");
        project.run();
        boolean renamed = source.getMetaData().getDatabaseMajorVersion() > 8;
        sql(
                "insert into orders values (2)",
                renamed ? "reset binary logs and gtids" : "reset master",
                "insert into orders values (3)");

        assertThatThrownBy(project::run)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CDC_SLOT_LOST));
        project.fullRefresh();
        assertThat(project.rows("select id from raw.orders order by id")).containsExactly("1", "2", "3");
    }

    @Test
    void files_of_the_log_that_are_gone_are_noticed() throws Exception {
        sql("create table orders (id int primary key)", "insert into orders values (1)");
        CdcProject project = CdcProject.of(root, server, "shop.orders");
        project.run();
        sql("insert into orders values (2)", "flush binary logs", "insert into orders values (3)");
        project.run();
        assertThat(project.rows("select id from raw.orders order by id")).containsExactly("1", "2", "3");
        sql("insert into orders values (4)", "flush binary logs");
        try (Statement statement = source.createStatement();
                ResultSet logs = statement.executeQuery("show binary logs")) {
            String last = "";
            while (logs.next()) {
                last = logs.getString(1);
            }
            sql("purge binary logs to '" + last + "'");
        }

        assertThatThrownBy(project::run)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CDC_SLOT_LOST));
    }

    @Test
    void changes_follow_in_order_around_definitions_and_truncates() throws Exception {
        sql("create table orders (id int primary key, a int)", "insert into orders values (1, 1)");
        CdcProject project = CdcProject.of(root, server, "shop.orders", "millrace.history: true");
        project.run();
        sql(
                "start transaction",
                "insert into orders values (2, 2)",
                "update orders set a = 20 where id = 2",
                "commit",
                "alter table orders add column b bigint unsigned not null default 18446744073709551615",
                "insert into orders values (3, 3, 3)",
                "truncate table orders",
                "insert into orders values (4, 4, 4)",
                "create table shop.later (id int primary key)",
                "alter table orders drop column a",
                "insert into orders values (5, 5)",
                "replace into orders values (4, 44)",
                "insert into orders values (5, 55) on duplicate key update b = 55");
        project.run();

        assertThat(project.rows("select id, b from raw.orders order by id")).containsExactly("4|44", "5|55");
        assertThat(
                        project.rows(
                                "select coalesce(id::text, '-') || _millrace_op from raw.orders__changes order by _millrace_seq"))
                .containsExactly("1r", "2c", "2u", "3c", "-t", "4c", "5c", "4u", "5u");
        assertThat(project.run().message()).isEqualTo("nothing new");
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

    @Test
    void a_server_of_the_other_kind_is_told_with_the_class_to_write() throws Exception {
        sql("create table orders (id int primary key)");
        CdcProject project = CdcProject.of(root, server, "shop.orders");
        String file = Files.readString(root.resolve("cdc/shop.yml"));
        project.write("cdc/shop.yml", file.replace("mysql.MySqlConnector", "mariadb.MariaDbConnector"));

        assertThatThrownBy(project::run).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.CDC_NOT_READY);
            assertThat(e.hint().orElse("")).contains("io.debezium.connector.mysql.MySqlConnector");
        });
    }

    @Test
    void status_tells_how_far_the_log_has_been_read() throws Exception {
        sql("create table orders (id int primary key)", "insert into orders values (1)");
        CdcProject project = CdcProject.of(root, server, "shop.orders");
        project.run();
        assertThat(project.status().lagBytes()).hasValue(0);
        sql("insert into orders values (2)");

        CdcStatus status = project.status();
        assertThat(status.state()).isEqualTo("streaming");
        assertThat(status.lagBytes().orElseThrow()).isPositive();
    }
}
