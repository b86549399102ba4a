package dev.millrace.ingest;

import static dev.millrace.ingest.TestProject.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.run.RunResult;
import dev.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type, with null and extremes, against the text that PostgreSQL itself makes of the value. */
class PostgresTypesIT {
    private static PostgresServer server;

    @TempDir
    Path root;

    private TestProject project;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.builder().start();
        sql(
                "create type mood as enum ('sad', 'ok', 'größer')",
                "create type pair as (x int, label text)",
                "create domain price as numeric(8,3)",
                "create domain tags as text[]",
                "create type span as range (subtype = int)");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void emptySchema() {
        sql("drop schema if exists types cascade", "create schema types");
        project = new TestProject(root)
                .source("{type: postgres, host: " + server.host() + ", port: " + server.port()
                        + ", user: postgres, password: postgres, schema: types}")
                .connection("sync_mode: full_refresh");
    }

    /** Type in PostgreSQL, type in DuckDB, values. */
    static Stream<Arguments> types() {
        return Stream.of(
                type("smallint", "BIGINT", "-32768", "32767", "0"),
                type("integer", "BIGINT", "-2147483648", "2147483647"),
                type("bigint", "BIGINT", "-9223372036854775808", "9223372036854775807"),
                type("oid", "BIGINT", "0", "4294967295"),
                type("boolean", "BOOLEAN", "true", "false"),
                type("double precision", "DOUBLE", "0.1", "-1.5", "123456.789"),
                type("real", "DOUBLE", "0.5", "-1.25"),
                type(
                        "numeric(12,2)",
                        "DECIMAL(12,2)",
                        "0",
                        "9999999999.99",
                        "-9999999999.99",
                        "0.01",
                        "-0.10",
                        "10000",
                        "1234567.8"),
                type("numeric(18,6)", "DECIMAL(18,6)", "999999999999.999999", "0.000001", "-100000000.5"),
                type("numeric(18,0)", "DECIMAL(18,0)", "999999999999999999", "-1", "100000000"),
                type("numeric(4,-2)", "DECIMAL(6,0)", "123400", "-999900"),
                type(
                        "numeric(38,10)",
                        "DECIMAL(38,10)",
                        "9999999999999999999999999999.9999999999",
                        "-0.0000000001",
                        "10000000000000000000000"),
                type("numeric(25,3)", "DECIMAL(25,3)", "1234567890123456789012.345", "0", "-1"),
                type("numeric", "DECIMAL(38,10)", "1.0000000000", "-12345678901234567890.0123456789"),
                type("money", "DECIMAL(19,2)", "92233720368547758.07", "-0.05"),
                type("price", "DECIMAL(8,3)", "12345.678"),
                type("text", "VARCHAR", "", "ünïcødé 🚀", "line\nbreak", "a,b\"c'd\\e", "x".repeat(70_000)),
                type("varchar(20)", "VARCHAR", "short", "exactly twelve"),
                type("character(5)", "VARCHAR", "ab"),
                type("name", "VARCHAR", "pg_catalog"),
                type("mood", "VARCHAR", "sad", "größer"),
                type("date", "DATE", "2024-02-29", "1970-01-01", "0001-01-01", "9999-12-31", "infinity", "-infinity"),
                type("time", "TIME", "00:00:00", "23:59:59.999999", "12:34:56.5"),
                type("timetz", "VARCHAR", "12:34:56.5+02", "00:00:00-11:30"),
                type(
                        "timestamp",
                        "TIMESTAMP",
                        "2024-05-01 10:11:12.123456",
                        "1969-12-31 23:59:59.999999",
                        "0001-01-01 00:00:00",
                        "9999-12-31 23:59:59.999999",
                        "infinity",
                        "-infinity"),
                type(
                        "timestamptz",
                        "TIMESTAMP WITH TIME ZONE",
                        "2024-05-01 10:11:12.123456+05:30",
                        "1900-01-01 00:00:00+00",
                        "infinity",
                        "-infinity"),
                type("interval", "VARCHAR", "1 year 2 mons -3 days 04:05:06.789", "0", "-1 month", "36 hours"),
                type("uuid", "UUID", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
                type("json", "JSON", "{\"a\": [1, 2.50, null, \"ü\"]}", "7", "\"x\""),
                type("jsonb", "JSON", "{\"b\": {\"c\": 1e2}, \"a\": true}", "[]", "null"),
                type("inet", "VARCHAR", "10.1.2.3", "10.0.0.0/8", "2001:db8::1"),
                type("cidr", "VARCHAR", "10.0.0.0/8"),
                type("macaddr", "VARCHAR", "08:00:2b:01:02:03"),
                type("macaddr8", "VARCHAR", "08:00:2b:01:02:03:04:05"),
                type("bit(5)", "VARCHAR", "10101"),
                type("varbit", "VARCHAR", "1", "0101010101"),
                type("xml", "VARCHAR", "<a href=\"x\">é</a>"),
                type("int4range", "VARCHAR", "[1,5)", "empty", "(,3)"),
                type("tstzrange", "VARCHAR", "[2024-01-01 00:00:00+00,)"),
                type("int4multirange", "VARCHAR", "{[1,3), [5,9)}"),
                type("span", "VARCHAR", "[1,5)"),
                type("tsvector", "VARCHAR", "'fat':2 'cat':3"),
                type("pg_lsn", "VARCHAR", "16/B374D848"),
                type("\"char\"", "VARCHAR", "a"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_value_arrives_as_postgres_prints_it(String type, String warehouseType, List<String> values) {
        sql("create table types.t (n int, v " + type + ")", "insert into types.t values (0, null)");
        for (int i = 0; i < values.size(); i++) {
            sql("insert into types.t values (" + (i + 1) + ", '" + values.get(i).replace("'", "''") + "')");
        }

        RunResult run = project.ingest();

        assertThat(run.nodes()).allMatch(node -> node.error().isEmpty(), "no error, but " + run.nodes());
        assertThat(project.rows("select distinct typeof(v) from raw.t")).containsExactly(warehouseType);
        String cast = type.equals("money") ? "v::numeric::text" : type.startsWith("char") ? "format('%s', v)" : null;
        String expected = cast != null ? cast : type.equals("inet") ? "format('%s', v)" : "v::text";
        assertThat(project.rows("select cast(v as varchar) from raw.t order by n"))
                .containsExactlyElementsOf(
                        printed("select case when v is not null then " + expected + " end from types.t order by n"));
    }

    @Test
    void floats_keep_every_bit() {
        sql(
                "create table types.t (n int, d float8, r float4)",
                "insert into types.t values (1, 'NaN', 'NaN'), (2, 'Infinity', '-Infinity'),"
                        + " (3, 1.7976931348623157e308, 3.4028235e38), (4, 5e-324, 1e-45), (5, 0.1, 0.1)");

        project.ingest();

        assertThat(project.rows("select d, r from raw.t order by n"))
                .containsExactly(
                        "NaN|NaN",
                        "Infinity|-Infinity",
                        Double.MAX_VALUE + "|" + (double) Float.MAX_VALUE,
                        Double.MIN_VALUE + "|" + (double) Float.MIN_VALUE,
                        "0.1|" + (double) 0.1f);
    }

    @Test
    void a_scale_beyond_the_precision_is_kept() {
        sql("create table types.t (v numeric(2,4))", "insert into types.t values (0.0099), (-0.0001)");

        project.ingest();

        assertThat(project.rows("select v, typeof(v) from raw.t order by v"))
                .containsExactly("-0.0001|DECIMAL(4,4)", "0.0099|DECIMAL(4,4)");
    }

    @Test
    void bytes_arrive_as_bytes() {
        sql(
                "create table types.t (n int, b bytea)",
                "insert into types.t values (1, '\\x00ff10'), (2, ''), (3, null),"
                        + " (4, decode(repeat('ab', 5000), 'hex'))");

        project.ingest();

        assertThat(project.rows("select hex(b[1:3]), octet_length(b) from raw.t order by n"))
                .containsExactly("00FF10|3", "|0", "null|null", "ABABAB|5000");
    }

    @Test
    void dates_before_christ_and_the_end_of_day_arrive() {
        sql(
                "create table types.t (d date, ts timestamp, t time)",
                "insert into types.t values ('4713-01-01 BC', '0044-03-15 12:00:00 BC', '24:00:00')");

        project.ingest();

        assertThat(project.rows("select year(d), month(d), year(ts), hour(ts), cast(t as varchar) from raw.t"))
                .containsExactly("-4712|1|-43|12|24:00:00");
    }

    @Test
    void arrays_arrive_as_lists() {
        sql(
                "create table types.t (i int[], t text[], n numeric(10,2)[], ts timestamptz[], u uuid[], b bool[],"
                        + " j jsonb[], two int[][], m mood[], d tags, e int[])",
                "insert into types.t values ('{1,NULL,-3}', '{\"a,b\",NULL,\"\"}', '{1.50,NULL}',"
                        + " '{2024-05-01 10:11:12.123456+00}', '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}', '{t,f}',"
                        + " array['{\"k\": 1}'::jsonb], '{{1,2},{3,4}}', '{sad,ok}', '{x}', '{}')",
                "insert into types.t default values");

        project.ingest();

        assertThat(project.rows("select i, t, n, ts, u, b, two, m, d, e from raw.t")
                        .get(0))
                .isEqualTo("[1, null, -3]|[a,b, null, ]|[1.50, null]|[2024-05-01T10:11:12.123456Z]"
                        + "|[a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11]|[true, false]|[[1, 2], [3, 4]]|[sad, ok]|[x]|[]");
        assertThat(project.rows("select typeof(i), typeof(n), typeof(two), typeof(j), typeof(ts) from raw.t limit 1"))
                .containsExactly("BIGINT[]|DECIMAL(10,2)[]|BIGINT[][]|JSON[]|TIMESTAMP WITH TIME ZONE[]");
    }

    @Test
    void a_composite_arrives_as_json() {
        sql("create table types.t (p pair, ps pair[])", "insert into types.t values ((1,'a'), array[(2,'b')::pair])");

        project.ingest();

        assertThat(project.rows("select p ->> '$.label', ps[1] ->> '$.x' from raw.t"))
                .containsExactly("a|2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "numeric|NaN",
                "numeric|Infinity",
                "numeric|0.00000000001",
                "numeric|10000000000000000000000000000",
                "numeric[]|{0.00000000001}",
                "numeric[]|{NaN}",
                "int[]|{{1,2}}",
                "timestamp|294250-01-01 00:00:00",
            })
    void what_the_type_cannot_hold_is_refused_by_name(String type, String value) {
        sql("create table types.t (odd " + type + ")", "insert into types.t values ('" + value + "')");

        RunResult run = project.ingest();

        assertThat(error(run, "t").code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE);
        assertThat(error(run, "t")).hasMessageContaining("types.t.odd");
        assertThat(error(run, "t").hint().orElseThrow()).contains("types: {odd: text}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text|NaN|VARCHAR|NaN",
                "text|0.00000000001|VARCHAR|0.00000000001",
                "decimal(38,20)|0.00000000000000000001|DECIMAL(38,20)|1E-20",
                "float64|1e300|DOUBLE|1.0E300",
            })
    void a_column_may_be_read_as_another_type(String wanted, String value, String type, String expected) {
        sql("create table types.t (odd numeric)", "insert into types.t values ('" + value + "')");
        project.connection("streams: [{name: t, types: {odd: '" + wanted + "'}}]");

        project.ingest();

        assertThat(project.rows("select odd, typeof(odd) from raw.t")).containsExactly(expected + "|" + type);
    }

    @ParameterizedTest
    @CsvSource({"point", "polygon", "circle"})
    void a_type_without_a_mapping_is_named_and_other_streams_go_on(String type) {
        sql(
                "create table types.places (id int, spot " + type + ")",
                "create table types.people (id int)",
                "insert into types.people values (1)");

        RunResult run = project.ingest();

        assertThat(error(run, "places").code()).isEqualTo(ErrorCode.TYPE_NOT_MAPPED);
        assertThat(error(run, "places")).hasMessage("types.places.spot is of type " + type + ", which has no mapping");
        assertThat(project.count("raw.people")).isEqualTo(1);

        project.connection("streams: [{name: places, columns: [id]}]");
        assertThat(project.ingest().ok()).isTrue();
    }

    private static Arguments type(String type, String warehouseType, String... values) {
        return Arguments.of(type, warehouseType, List.of(values));
    }

    private static List<String> printed(String query) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set intervalstyle = 'iso_8601'; set timezone = 'UTC'; set datestyle = 'ISO, YMD'");
            try (ResultSet answer = statement.executeQuery(query)) {
                while (answer.next()) {
                    rows.add(String.valueOf(answer.getString(1)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
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
