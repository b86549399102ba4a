package dev.millrace.cdc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens in PostgreSQL is what is found in the warehouse. */
class PostgresCdcIT {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static PostgresServer server;

    @TempDir
    Path root;

    private String database;
    private Connection source;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.builder()
                .setting("wal_level", "logical")
                .setting("max_replication_slots", "40")
                .setting("max_wal_senders", "40")
                .start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void createDatabase() throws SQLException {
        database = "shop" + DATABASES.incrementAndGet();
        server.createDatabase(database);
        source = server.connect(database);
    }

    @AfterEach
    void dropSlots() throws SQLException {
        source.close();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_drop_replication_slot(slot_name) from pg_replication_slots where not active"
                    + " and database = '" + database + "'");
        }
    }

    private CdcProject project(String tables, String... properties) {
        String unique = "slot.name: \"slot_" + database + "\"";
        String[] all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(unique), java.util.stream.Stream.of(properties))
                .toArray(String[]::new);
        return CdcProject.of(root, server, database).connector(database, tables, all);
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
                "create table customers (id int primary key, name text)",
                "insert into orders values (1, 'one'), (2, 'two'), (3, 'three')");
        CdcProject project = project("public.orders,public.customers");

        assertThat(project.run().rows()).hasValue(3);
        assertThat(project.rows("select id, body, _millrace_op from raw.orders order by id"))
                .containsExactly("1|one|r", "2|two|r", "3|three|r");
        assertThat(project.rows("select count(*) from raw.customers")).containsExactly("0");

        sql(
                "insert into orders values (4, 'four')",
                "update orders set body = 'TWO' where id = 2",
                "delete from orders where id = 1",
                "update orders set id = 33 where id = 3",
                "insert into customers values (1, 'Ann')");
        assertThat(project.run().rows()).hasValue(6);
        assertThat(project.rows("select id, body, _millrace_op from raw.orders order by id"))
                .containsExactly("2|TWO|u", "4|four|c", "33|three|c");
        assertThat(project.rows("select id, name from raw.customers")).containsExactly("1|Ann");

        assertThat(project.run().rows()).hasValue(0);
        sql("truncate orders");
        project.run();
        assertThat(project.rows("select count(*) from raw.orders")).containsExactly("0");
        assertThat(project.run().message()).isEqualTo("nothing new");
    }

    @Test
    void every_change_is_kept_where_history_is_asked_for() throws Exception {
        sql("create table orders (id int primary key, body text)", "insert into orders values (1, 'one')");
        CdcProject project = project("public.orders", "millrace.history: true");
        project.run();
        sql(
                "insert into orders values (2, 'two')",
                "update orders set body = 'TWO' where id = 2",
                "update orders set body = 'Two' where id = 2",
                "delete from orders where id = 1",
                "truncate orders",
                "insert into orders values (3, 'three')");
        project.run();

        assertThat(
                        project.rows(
                                "select id, body, _millrace_op, _millrace_deleted from raw.orders__changes order by _millrace_seq"))
                .containsExactly(
                        "1|one|r|false",
                        "2|two|c|false",
                        "2|TWO|u|false",
                        "2|Two|u|false",
                        "1|null|d|true",
                        "null|null|t|true",
                        "3|three|c|false");
        assertThat(project.rows("select id, body from raw.orders")).containsExactly("3|three");
    }

    @Test
    void deleted_rows_stay_marked_where_the_policy_is_soft() throws Exception {
        sql(
                "create table orders (id int primary key, body text)",
                "insert into orders values (1, 'one'), (2, 'two'), (3, 'three')");
        CdcProject project = project("public.orders", "millrace.delete: soft");
        project.run();
        sql(
                "delete from orders where id in (1, 2)",
                "insert into orders values (2, 'again')",
                "insert into orders values (4, 'four')",
                "delete from orders where id = 4");
        project.run();

        assertThat(project.rows("select id, body, _millrace_deleted, _millrace_op from raw.orders order by id"))
                .containsExactly("1|one|true|d", "2|again|false|c", "3|three|false|r", "4|four|true|d");
    }

    @Test
    void a_table_without_a_key_follows_by_whole_rows() throws Exception {
        sql("create table log (line int, body text)", "insert into log values (1, 'a'), (1, 'a'), (2, null)");
        CdcProject project = project("public.log");
        assertThatThrownBy(project::run)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CDC_NOT_READY))
                .hasMessageContaining("public.log");

        sql("alter table log replica identity full");
        project.run();
        sql(
                "insert into log values (1, 'a'), (5, 'e'), (5, 'e')",
                "delete from log where ctid = (select min(ctid) from log where line = 1)",
                "update log set body = 'b' where line = 2",
                "update log set line = 6 where line = 5");
        project.run();
        assertThat(project.rows("select line, body from raw.log order by line"))
                .containsExactly("1|a", "1|a", "2|b", "6|e", "6|e");
    }

    @Test
    void long_values_that_did_not_change_keep_what_they_were() throws Exception {
        sql(
                "create table docs (id int primary key, title text, body text, list int[], raw bytea)",
                "alter table docs alter body set storage external",
                "alter table docs alter list set storage external",
                "alter table docs alter raw set storage external",
                "insert into docs select i, 'doc ' || i, repeat('x' || i, 5000), array(select generate_series(1, 2000)),"
                        + " decode(repeat('ab', 5000), 'hex') from generate_series(1, 4) i");
        CdcProject project = project("public.docs", "millrace.history: true");
        project.run();
        sql(
                "update docs set title = 'new' where id = 1",
                "update docs set id = 20 where id = 2",
                "begin; insert into docs select 5, 'five', repeat('y', 9000), null, null;"
                        + " update docs set title = 'six', id = 6 where id = 5; update docs set title = 'SIX' where id = 6;"
                        + " commit",
                "update docs set body = repeat('z', 9000) where id = 3",
                "update docs set title = 'third' where id = 3");
        project.run();

        String query = "select id, title, length(body), md5(body), %s, md5(%s) from %s order by id";
        assertThat(project.rows(
                        query.formatted("len(list)", "to_hex(raw)", "raw.docs").replace("to_hex", "hex")))
                .hasSameSizeAs(truth("select 1 from docs"))
                .isEqualTo(truth(query.formatted("cardinality(list)", "upper(encode(raw, 'hex'))", "docs")));
        assertThat(project.rows("select count(*) from raw.docs__changes where body is null and _millrace_op <> 'd'"))
                .containsExactly("0");
    }

    @Test
    void long_lists_of_every_type_that_did_not_change_keep_what_they_were() throws Exception {
        sql(
                "create type mood as enum ('sad', 'ok')",
                "create table docs (id int primary key, title text, n numeric(10,2)[], f float8[], b bool[], s timestamp[],"
                        + " z timestamptz[], d date[], m mood[], v inet[], free numeric[])",
                "insert into docs select 1, 'one', array_agg(i + 0.25), array_agg(i + 0.5), array_agg(i % 3 = 0),"
                        + " array_agg(timestamp '2024-01-01' + i * interval '1 second'),"
                        + " array_agg(timestamptz '2024-01-01 00:00:00.000001+00' + i * interval '1 second'),"
                        + " array_agg(date '2024-01-01' + i % 9000), array_agg(case i % 2 when 0 then 'sad'::mood end),"
                        + " array_agg(inet '10.0.0.0' + i), array_agg(i + 0.0000000001) from generate_series(1, 20000) i",
                "alter table docs alter n set storage external, alter b set storage external, alter m set storage external");
        CdcProject project = project("public.docs");
        project.run();
        sql(
                "update docs set title = 'new'",
                "insert into docs values (2, 'two', '{1.5,NULL}', '{NaN,-Infinity,1e-300}', '{t,f,NULL}', '{2024-02-29 12:00:00}',"
                        + " '{2024-02-29 12:00:00+05:30}', '{2024-02-29}', '{ok}', '{\"10.0.0.1\"}', '{}')");
        project.run();

        assertThat(
                        project.rows(
                                "select id, title, md5(n::text), md5(f[1:1]::text), list_sum(free), list_sum(n), len(f), list_sum(f),"
                                        + " len(list_filter(b, lambda x: x)), len(list_distinct(s)), list_max(s)::text, epoch_us(list_max(z)),"
                                        + " list_max(d)::text, len(list_filter(m, lambda x: x = 'sad')), list_max(v)::text from raw.docs where id = 1"))
                .isEqualTo(List.of(project.rows(
                                        "select 1, 'new', md5((select list(i + 0.25::decimal(10,2) order by i)::text from range(1, 20001) t(i)))")
                                .get(0)
                        + "|" + project.rows("select md5('[1.5]')").get(0)
                        + "|200010000.0000020000|200015000.00|20000|2.0002E8|6666|20000|2024-01-01 05:33:20"
                        + "|1704087200000001|2048-08-21|10000|10.0.9.99"));
        assertThat(project.rows(
                        "select n::text, f::text, b::text, s::text, epoch(z[1]), d::text, m::text, v::text, free::text"
                                + " from raw.docs where id = 2"))
                .containsExactly(
                        "[1.50, NULL]|[nan, -inf, 1e-300]|[true, false, NULL]|['2024-02-29 12:00:00']|1.7091882E9"
                                + "|[2024-02-29]|[ok]|[10.0.0.1]|[]");
    }

    @Test
    void days_before_the_gregorian_calendar_and_before_year_one_stay_what_they_are() throws Exception {
        sql("create table days (id int primary key, d date, ts timestamp, tz timestamptz)");
        String insert = "insert into days values (%d, '%s', '%2$s 12:34:56.789012', '%2$s 12:34:56.789012+00')";
        List<String> days = List.of("1500-02-28", "0999-12-31", "0001-01-01", "9999-12-31", "20000-01-01");
        for (int i = 0; i < days.size(); i++) {
            sql(insert.formatted(i, days.get(i)));
        }
        String before = "insert into days values (%d, '0044-03-15 BC', '0044-03-15 12:34:56.789012 BC',"
                + " '0044-03-15 12:34:56.789012+00 BC')";
        sql(before.formatted(10));
        CdcProject project = project("public.days");
        project.run();
        sql("insert into days select id + 100, d, ts, tz from days");
        project.run();

        assertThat(project.rows(
                        "select id, d - date '1970-01-01', epoch_us(ts), epoch_us(tz) from raw.days order by id"))
                .isEqualTo(truth("select id, d - date '1970-01-01', (extract(epoch from ts) * 1000000)::bigint,"
                        + " (extract(epoch from tz) * 1000000)::bigint from days order by id"));
    }

    @Test
    void values_that_the_warehouse_cannot_hold_are_refused_rather_than_lost() throws Exception {
        sql("create table numbers (id int primary key, free numeric, n numeric(6,2), many numeric(6,2)[])");
        CdcProject project = project("public.numbers");
        project.run();
        for (String values : List.of("'NaN', 1, null", "1, 'NaN', null", "1, 1, '{NaN}'")) {
            sql("insert into numbers values (1, " + values + ")");
            assertThatThrownBy(project::run)
                    .as(values)
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE))
                    .hasMessageContaining("public.numbers.");
            assertThatThrownBy(project::fullRefresh).hasMessageContaining("public.numbers.");
            sql("truncate numbers");
            project.fullRefresh();
        }
    }

    @Test
    void a_table_whose_rows_a_change_of_type_rewrote_is_read_anew_and_only_it() throws Exception {
        sql(
                "create table orders (id int primary key, a int, b text, n numeric(6,2), ts timestamp(6), v varchar(5))",
                "create table others (id int primary key)",
                "insert into orders select i, i, repeat('x', i), i, timestamp '2024-01-01 00:00:00.123456', 'v'"
                        + " from generate_series(1, 3) i",
                "insert into others values (1)");
        CdcProject project = project("public.orders,public.others", "millrace.history: true");
        project.run();
        List<String> others = project.rows("select id, _millrace_loaded_at from raw.others");
        for (String change : List.of(
                "alter a type bigint using a * 100",
                "alter n type numeric(12,2) using n * 2",
                "alter n type numeric(14,4)",
                "alter ts type timestamp(3)",
                "alter a type text using a || ' pieces'",
                "alter b type int using length(b)")) {
            sql("alter table orders " + change, "update orders set id = id where id = 1");
            project.run();
            assertThat(project.rows("select id, a, b, n, ts::text, v from raw.orders order by id"))
                    .as(change)
                    .isEqualTo(truth("select id, a, b, n, ts::text, v from orders order by id"));
        }
        assertThat(project.rows("select id, _millrace_loaded_at from raw.others"))
                .isEqualTo(others);
        assertThat(project.rows("select distinct a from raw.orders__changes where id = 2 order by 1"))
                .containsExactly("2", "200", "200 pieces");
    }

    @Test
    void a_change_of_type_that_rewrites_no_row_needs_no_new_reading() throws Exception {
        sql(
                "create table orders (id int primary key, v varchar(5), n numeric(6,2), gone text)",
                "insert into orders values (1, 'v', 1, 'g')");
        CdcProject project = project("public.orders");
        project.run();
        sql(
                "alter table orders alter v type varchar(50)",
                "alter table orders alter n type numeric(12,2)",
                "alter table orders drop column gone",
                "insert into orders values (2, 'more than five', 2)");
        project.run();

        assertThat(project.rows("select id, v, n, gone, _millrace_op from raw.orders order by id"))
                .containsExactly("1|v|1.00|g|r", "2|more than five|2.00|null|c");
    }

    @Test
    void columns_that_changed_their_names_keep_their_values() throws Exception {
        sql(
                "create table orders (id int primary key, a int, b int, c int)",
                "insert into orders values (1, 10, 20, 30), (2, 11, 21, 31)");
        CdcProject project = project("public.orders");
        project.run();
        for (List<String> changes : List.of(
                List.of("rename a to aa"),
                List.of("rename aa to x", "rename b to y"),
                List.of("rename x to tmp", "rename y to x", "rename tmp to y"),
                List.of("rename x to z", "add x int"),
                List.of("rename c to d", "add c int"),
                List.of("rename c to last", "add c int"))) {
            for (String change : changes) {
                sql("alter table orders " + change);
            }
            sql("update orders set c = id where id = 1");
            project.run();
            List<String> names = truth("select string_agg(attname::text, ', ' order by attname) from pg_attribute where"
                    + " attrelid = 'orders'::regclass and attnum > 0 and not attisdropped");
            String rows = "select " + names.get(0) + " from %s order by id";
            assertThat(project.rows(rows.formatted("raw.orders")))
                    .as("after %s: %s", changes, names)
                    .isEqualTo(truth(rows.formatted("orders")));
        }
    }

    @Test
    void new_columns_come_with_the_values_of_older_rows_and_types_widen() throws Exception {
        sql(
                "create table orders (id int primary key, body text, amount numeric(6,2), gone text)",
                "insert into orders values (1, 'one', 1.25, 'g'), (2, 'two', 2.5, 'g')");
        CdcProject project = project("public.orders");
        project.run();
        sql("alter table orders add column level int default 7", "insert into orders values (3, 'three', 3, 'g', 8)");
        project.run();
        sql(
                "alter table orders alter amount type numeric(12,4)",
                "insert into orders values (4, 'four', 4.0625, 'g', 9)",
                "alter table orders drop column gone",
                "insert into orders values (5, 'five', 5, 10)",
                "alter table orders rename column body to text",
                "update orders set text = 'THREE' where id = 3");
        project.run();

        assertThat(project.rows("select id, text, amount, level from raw.orders order by id"))
                .isEqualTo(truth("select id, text, amount, level from orders order by id"));
        sql(
                "alter table orders alter level drop default",
                "alter table orders alter level type bool using level > 7",
                "update orders set amount = 0 where id = 1");
        project.run();
        assertThat(project.rows("select id, text, amount, level from raw.orders order by id"))
                .isEqualTo(truth("select id, text, amount, level from orders order by id"));
    }

    @Test
    void a_lost_slot_is_noticed_and_a_full_refresh_mends_it() throws Exception {
        sql("create table orders (id int primary key)", "insert into orders values (1)");
        CdcProject project = project("public.orders");
        project.run();
        sql("select pg_drop_replication_slot('slot_" + database + "')", "insert into orders values (2)");

        assertThatThrownBy(project::run)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CDC_SLOT_LOST));
        project.fullRefresh();
        assertThat(project.rows("select id from raw.orders order by id")).containsExactly("1", "2");

        sql(
                "insert into orders values (3)",
                "select pg_replication_slot_advance('slot_" + database + "', pg_current_wal_lsn())");
        assertThatThrownBy(project::run).hasMessageContaining("after what was read here last");
    }

    @Test
    void a_flow_follows_through_a_restart_of_the_server() throws Exception {
        sql("create table orders (id int primary key)", "insert into orders values (1)");
        CdcProject project = project("public.orders");
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
            server.start();
            source = server.connect(database);
            sql("insert into orders values (3)");
            try (ContinuousStep.Flow flow = step.open(context)) {
                await().until(() -> flow.next(Duration.ofMillis(100)).rows().orElse(0) == 1);
            }
            return node;
        });
        assertThat(project.rows("select id from raw.orders order by id")).containsExactly("1", "2", "3");
    }

    @Test
    void every_type_comes_exactly_by_snapshot_and_by_stream() throws Exception {
        sql("""
                create table kinds (id int primary key, si smallint, bi bigint, r real, d double precision,
                  n numeric(20,4), wide numeric(38,10), free numeric, m money, ok boolean, t text, c char(3),
                  b bytea, day date, tm time, ts timestamp, ts3 timestamp(3), tz timestamptz, u uuid, j jsonb,
                  ai int[], an numeric(10,2)[], at text[], ad date[], atz timestamptz[], bits bit(5), iv interval,
                  ip inet, rng int4range)""");
        String insert = """
                insert into kinds select i, 32767, 9223372036854775807, 1.1, 0.1, 1234567890123456.7891, -0.0000000001,
                  3.25, 12.34, true, E'q''ü\\\\', 'ab', '\\x00ff', '1500-03-15', '23:59:59.999999',
                  '2024-02-29 12:34:56.789012', '2024-02-29 12:34:56.789', '2024-02-29 12:34:56.789012+05:30',
                  '00000000-0000-4000-8000-000000000001', '{"a": [1, 2.50]}', '{1,null,3}', '{1.50,-2}', '{x,null,"y z"}',
                  '{2024-02-29}', '{2024-02-29 00:00:00.000001+00}', B'10110', '1 year 2 days 03:04:05', '10.0.0.1', '[1,5)'
                from generate_series(%d, %d) i""";
        sql(
                insert.formatted(1, 1),
                "insert into kinds (id) values (2)",
                "insert into kinds (id, ts, tz) values (3, '-infinity', 'infinity')",
                "insert into kinds (id, ts, tz) values (4, 'infinity', '-infinity')");
        CdcProject project = project("public.kinds");
        project.run();
        sql(
                insert.formatted(11, 11),
                "insert into kinds (id) values (12)",
                "insert into kinds (id, ts, tz) values (13, '-infinity', 'infinity')",
                "insert into kinds (id, ts, tz) values (14, 'infinity', '-infinity')");
        project.run();

        String columns = "si, bi, r, d, n, wide, free, m, ok, t, c, hex(b), day::text, tm::text, ts::text, ts3::text,"
                + " tz = timestamptz '2024-02-29 07:04:56.789012+00', u, j::text, ai::text, an::text, \"at\"::text, ad::text,"
                + " atz[1] = timestamptz '2024-02-29 00:00:00.000001+00', bits, iv, ip, rng";
        assertThat(project.rows("select " + columns + " from raw.kinds where id = 1"))
                .containsExactly("32767|9223372036854775807|1.100000023841858|0.1|1234567890123456.7891|-1E-10"
                        + "|3.2500000000|12.34|true|q'ü\\|ab |00FF|1500-03-15|23:59:59.999999"
                        + "|2024-02-29 12:34:56.789012|2024-02-29 12:34:56.789|true"
                        + "|00000000-0000-4000-8000-000000000001|{\"a\": [1, 2.50]}|[1, NULL, 3]|[1.50, -2.00]"
                        + "|[x, NULL, y z]|[2024-02-29]|true|10110|P1Y0M2DT3H4M5S|10.0.0.1|[1,5)");
        assertThat(project.rows("select ts::text, tz::text from raw.kinds where id in (3, 4) order by id"))
                .containsExactly("-infinity|infinity", "infinity|-infinity");
        assertThat(project.rows("select " + columns + " from raw.kinds where id > 10 order by id"))
                .isEqualTo(project.rows("select " + columns + " from raw.kinds where id < 10 order by id"));
    }

    @Test
    void generated_columns_enums_and_domains_come_as_the_log_has_them() throws Exception {
        sql(
                "create type mood as enum ('sad', 'ok')",
                "create domain percent as numeric(5,2) check (value between 0 and 100)",
                "create domain name as varchar(20)",
                "create table kinds (id int generated always as identity primary key, m mood, p percent, n name,"
                        + " a int, twice int generated always as (a * 2) stored)",
                "insert into kinds (m, p, n, a) values ('sad', 12.5, 'one', 1)");
        CdcProject project = project("public.kinds");
        project.run();
        sql(
                "insert into kinds (m, p, n, a) values ('ok', 99.99, 'two', 2)",
                "update kinds set a = 10 where id = 1",
                "alter type mood add value 'great'",
                "insert into kinds (m, p, n, a) values ('great', 0, null, null)");
        project.run();

        assertThat(project.rows("select id, m, p, n, a from raw.kinds order by id"))
                .isEqualTo(truth("select id, m, p, n, a from kinds order by id"));
        // The log has no generated columns.
        assertThat(project.rows("select id, twice from raw.kinds order by id"))
                .containsExactly("1|null", "2|null", "3|null");
    }

    @Test
    void what_tells_rows_apart_may_change() throws Exception {
        sql(
                "create table orders (id int primary key, code text not null, n int)",
                "insert into orders values (1, 'a', 1), (2, 'b', 2)");
        CdcProject project = project("public.orders");
        project.run();
        sql(
                "alter table orders drop constraint orders_pkey",
                "alter table orders add primary key (code)",
                "update orders set id = 10, n = 10 where code = 'a'",
                "update orders set code = 'bb' where id = 2",
                "insert into orders values (10, 'c', 3)");
        project.run();
        assertThat(project.rows("select id, code, n from raw.orders order by code"))
                .containsExactly("10|a|10", "2|bb|2", "10|c|3");

        sql("alter table orders replica identity nothing");
        assertThatThrownBy(project::run)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CDC_NOT_READY))
                .hasMessageContaining("public.orders");
        sql("alter table orders replica identity full", "delete from orders where code = 'c'");
        project.run();
        assertThat(project.rows("select id, code, n from raw.orders order by code"))
                .containsExactly("10|a|10", "2|bb|2");
    }

    @Test
    void a_publication_that_is_gone_is_told_and_a_full_refresh_mends_it() throws Exception {
        sql("create table orders (id int primary key)", "insert into orders values (1)");
        CdcProject project = project("public.orders", "publication.name: pub");
        project.run();
        sql("insert into orders values (2)", "drop publication pub", "insert into orders values (3)");

        assertThatThrownBy(project::run)
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CDC_SLOT_LOST))
                .hasMessageContaining("pub");
        project.fullRefresh();
        assertThat(project.rows("select id from raw.orders order by id")).containsExactly("1", "2", "3");
    }

    @Test
    void a_table_that_was_taken_out_of_the_publication_is_read_anew() throws Exception {
        sql(
                "create table orders (id int primary key)",
                "create table others (id int primary key)",
                "insert into orders values (1)");
        CdcProject project = project("public.orders,public.others", "publication.name: pub");
        project.run();
        sql(
                "alter publication pub drop table orders",
                "insert into orders values (2)",
                "insert into others values (2)");
        project.run();
        sql("insert into orders values (3)");
        project.run();

        assertThat(project.rows("select id from raw.orders order by id")).containsExactly("1", "2", "3");
        assertThat(project.rows("select id, _millrace_op from raw.others")).containsExactly("2|c");
    }

    @Test
    void a_partitioned_table_is_one_table() throws Exception {
        sql(
                "create table orders (id int primary key, n int) partition by range (id)",
                "create table orders_low partition of orders for values from (0) to (100)",
                "insert into orders values (1, 1), (2, 2)");
        CdcProject project = project("public.orders");
        project.run();
        sql(
                "create table orders_high partition of orders for values from (100) to (200)",
                "insert into orders values (3, 3), (150, 150)",
                "update orders set n = 20 where id = 2",
                "update orders set id = 101 where id = 1",
                "delete from orders where id = 3");
        project.run();

        assertThat(project.rows("select id, n from raw.orders order by id"))
                .isEqualTo(truth("select id, n from orders order by id"));
    }

    private List<String> truth(String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = source.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            while (answer.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(answer.getObject(i)));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }
}
