package dev.millrace.serving.pgwire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.MillraceException;
import dev.millrace.core.Secret;
import dev.millrace.serving.QueryGuard;
import dev.millrace.serving.Shop;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PgServerIT {
    @TempDir
    private static Path folder;

    private Shop shop;
    private PgServer server;

    @BeforeAll
    void start() throws Exception {
        Files.writeString(folder.resolve("x.csv"), "secret\n42\n");
        shop = Shop.in(folder)
                .sql("create schema marts; create schema _millrace; create table _millrace.state as select 1 s")
                .sql(
                        "create table marts.orders (id bigint primary key, customer varchar not null, amount decimal(12,2),"
                                + " placed timestamptz, tags varchar[])")
                .sql("insert into marts.orders select range, 'c' || range % 10, range * 1.01,"
                        + " '2024-01-01 00:00:00+00'::timestamptz + to_minutes(range), ['a', 'b' || range]"
                        + " from range(10000)")
                .sql("create view marts.big as select * from marts.orders where amount > 10000")
                .sql(
                        "comment on table marts.orders is 'What was bought'; comment on column marts.orders.id is 'The number'")
                .sql(
                        "create table kinds as select true as bool, 1::smallint as i2, -2::integer as i4, 9007199254740993::bigint as i8,"
                                + " 170141183460469231731687303715884105727::hugeint as huge, 1.5::float as f4, 0.1::double as f8,"
                                + " -12345678901234567890.12345::decimal(38,5) as num, 0.00::decimal(5,2) as zero, 'é \\ \"'::varchar as txt,"
                                + " '\\x00\\xFF'::blob as bytes, '1999-12-31'::date as day, '23:59:59.999999'::time as tm,"
                                + " '1969-07-20 20:17:40.5'::timestamp as ts, '2024-02-29 12:00:00+02'::timestamptz as tz,"
                                + " '{\"a\": [1]}'::json as js, 'f47ac10b-58cc-4372-a567-0e02b2c3d479'::uuid as id,"
                                + " [1, null, 3]::integer[] as ints, ['a', 'b,c', 'NULL', null, ''] as txts,"
                                + " {'x': 1, 'y': [2]} as struct, 'ok'::enum('ok', 'no') as mood, 200::utinyint as tiny");
        server = PgServer.start(shop.warehouse(), new QueryGuard(), PgServerOptions.onLoopback(0));
    }

    @AfterAll
    void stop() {
        server.close();
        shop.close();
    }

    private Connection connect(String... properties) throws SQLException {
        return connect(server, properties);
    }

    private static Connection connect(PgServer to, String... properties) throws SQLException {
        Properties all = new Properties();
        all.setProperty("user", "ann");
        for (int i = 0; i < properties.length; i += 2) {
            all.setProperty(properties[i], properties[i + 1]);
        }
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + to.port() + "/shop", all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "extendedCacheEverything"})
    void queries_run_in_every_mode(String mode) throws SQLException {
        try (Connection connection = connect("preferQueryMode", mode);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select count(*) n, sum(amount) total from marts.orders -- all;")) {
            rows.next();
            assertThat(rows.getLong("n")).isEqualTo(10_000);
            assertThat(rows.getBigDecimal("total")).isEqualByComparingTo("50494950.00");
        }
    }

    @ParameterizedTest
    @CsvSource({"-1,false", "1,true", "5,true"})
    void every_type_arrives_as_it_was_in_text_and_in_binary(int threshold, boolean forceBinary) throws SQLException {
        try (Connection connection =
                        connect("prepareThreshold", forceBinary ? "-1" : "0", "binaryTransfer", "" + forceBinary);
                PreparedStatement statement = connection.prepareStatement("select * from kinds where ? > 0")) {
            statement.setInt(1, Math.abs(threshold));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                assertThat(row.getBoolean("bool")).isTrue();
                assertThat(row.getShort("i2")).isEqualTo((short) 1);
                assertThat(row.getInt("i4")).isEqualTo(-2);
                assertThat(row.getLong("i8")).isEqualTo(9007199254740993L);
                assertThat(row.getBigDecimal("huge"))
                        .isEqualTo(new BigDecimal("170141183460469231731687303715884105727"));
                assertThat(row.getFloat("f4")).isEqualTo(1.5f);
                assertThat(row.getDouble("f8")).isEqualTo(0.1);
                assertThat(row.getBigDecimal("num")).isEqualTo(new BigDecimal("-12345678901234567890.12345"));
                assertThat(row.getBigDecimal("zero")).isEqualTo(new BigDecimal("0.00"));
                assertThat(row.getString("txt")).isEqualTo("é \\ \"");
                assertThat(row.getBytes("bytes")).containsExactly(0, 0xFF);
                assertThat(row.getObject("day", LocalDate.class)).isEqualTo("1999-12-31");
                assertThat(row.getObject("tm", LocalTime.class)).isEqualTo("23:59:59.999999");
                assertThat(row.getObject("ts", LocalDateTime.class)).isEqualTo("1969-07-20T20:17:40.500");
                assertThat(row.getObject("tz", OffsetDateTime.class).toInstant())
                        .isEqualTo("2024-02-29T10:00:00Z");
                assertThat(row.getString("js")).isEqualTo("{\"a\": [1]}");
                assertThat(row.getObject("id", UUID.class)).hasToString("f47ac10b-58cc-4372-a567-0e02b2c3d479");
                assertThat((Object[]) row.getArray("ints").getArray()).containsExactly(1, null, 3);
                assertThat((Object[]) row.getArray("txts").getArray()).containsExactly("a", "b,c", "NULL", null, "");
                assertThat(row.getString("struct")).isEqualTo("{\"x\":1,\"y\":[2]}");
                assertThat(row.getString("mood")).isEqualTo("ok");
                assertThat(row.getInt("tiny")).isEqualTo(200);
            }
        }
    }

    @Test
    void columns_have_types() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement("select * from kinds")) {
            ResultSetMetaData meta = statement.getMetaData();
            List<String> types = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                types.add(meta.getColumnTypeName(i));
            }
            assertThat(String.join(" ", types))
                    .isEqualTo(
                            "bool int2 int4 int8 numeric float4 float8 numeric numeric text bytea date time timestamp"
                                    + " timestamptz json uuid _int4 _text json text int2");
            assertThat(meta.getPrecision(8)).isEqualTo(38);
            assertThat(meta.getScale(8)).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1", "0"})
    void values_are_bound(String threshold) throws SQLException {
        try (Connection connection = connect("prepareThreshold", threshold)) {
            assertThat(single(connection, "select customer from marts.orders where id = ?", 42L))
                    .isEqualTo("c2");
            assertThat(single(connection, "select ? + 1", 41)).isEqualTo("42");
            assertThat(single(connection, "select count(*) from marts.orders where customer = ?", "c3"))
                    .isEqualTo("1000");
            assertThat(single(connection, "select ?", "x' or 1=1 --")).isEqualTo("x' or 1=1 --");
            assertThat(single(connection, "select count(*) from marts.orders where amount < ?", new BigDecimal("1.02")))
                    .isEqualTo("2");
            assertThat(single(
                            connection,
                            "select count(*) from marts.orders where placed < ?",
                            OffsetDateTime.of(2024, 1, 1, 1, 0, 0, 0, ZoneOffset.UTC)))
                    .isEqualTo("60");
            assertThat(single(connection, "select ? + interval 1 day", LocalDate.of(2024, 2, 28)))
                    .startsWith("2024-02-29");
            assertThat(single(connection, "select ?::timestamp", LocalDateTime.of(2024, 2, 28, 1, 2, 3)))
                    .isEqualTo("2024-02-28 01:02:03");
            assertThat(single(
                            connection,
                            "select count(*) from kinds where id = ?",
                            UUID.fromString("f47ac10b-58cc-4372-a567-0e02b2c3d479")))
                    .isEqualTo("1");
            assertThat(single(connection, "select ?", true)).isEqualTo("t");
            assertThat(single(connection, "select ? / 4", 1.0)).isEqualTo("0.25");
            assertThat(single(connection, "select coalesce(?, 'none')", (Object) null))
                    .isEqualTo("none");
            assertThat(single(connection, "select id from marts.orders order by id limit ? offset 5", 1))
                    .isEqualTo("5");
            assertThat(single(
                            connection,
                            "select count(*) from marts.orders where id = any(?)",
                            connection.createArrayOf("int8", new Long[] {1L, 2L, -1L})))
                    .isEqualTo("2");
            assertThat(single(
                            connection,
                            "select count(*) from marts.orders where customer = any(?)",
                            connection.createArrayOf("text", new String[] {"c1", "a \"b\" \\, {c}"})))
                    .isEqualTo("1000");
            assertThat(single(connection, "select octet_length(?)", new byte[] {0, -1}))
                    .isEqualTo("2");
        }
    }

    private static String single(Connection connection, String sql, @org.jspecify.annotations.Nullable Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                return rows.getString(1);
            }
        }
    }

    @Test
    void rows_are_fetched_some_at_a_time() throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (Statement one = connection.createStatement();
                    Statement two = connection.createStatement()) {
                one.setFetchSize(100);
                two.setFetchSize(7);
                ResultSet first = one.executeQuery("select id from marts.orders order by id");
                ResultSet second = two.executeQuery("select id from marts.orders order by id desc");
                for (int i = 0; i < 5_000; i++) {
                    assertThat(first.next()).isTrue();
                    assertThat(first.getInt(1)).isEqualTo(i);
                    assertThat(second.next()).isTrue();
                    assertThat(second.getInt(1)).isEqualTo(9_999 - i);
                }
                assertThat(single(connection, "select count(*) from marts.orders"))
                        .isEqualTo("10000");
            }
            connection.rollback();
            assertThat(single(connection, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void a_query_can_be_cancelled_and_the_connection_goes_on() throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            CompletableFuture<Throwable> failure = CompletableFuture.supplyAsync(() -> {
                try {
                    statement.executeQuery(
                            "select count(*) from range(10000000) a, range(10000000) b where a.range + b.range < 0");
                    return new AssertionError("it ended");
                } catch (SQLException e) {
                    return e;
                }
            });
            Awaitility.await()
                    .atMost(20, TimeUnit.SECONDS)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        statement.cancel();
                        return failure.isDone();
                    });
            assertThat(((SQLException) failure.get()).getSQLState()).isEqualTo("57014");
            assertThat(single(connection, "select 7")).isEqualTo("7");
        }
    }

    @Test
    void a_query_that_takes_too_long_is_ended() throws SQLException {
        PgServerOptions options = PgServerOptions.onLoopback(0).withQueryTimeout(Duration.ofMillis(100));
        try (PgServer hasty = PgServer.start(shop.warehouse(), new QueryGuard(), options);
                Connection connection = connect(hasty)) {
            assertThatThrownBy(() -> single(
                            connection,
                            "select count(*) from range(10000000) a, range(10000000) b where a.range + b.range < 0"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            assertThat(single(connection, "select 7")).isEqualTo("7");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "insert into kinds select * from kinds|25006",
                "update kinds set i2 = 2|25006",
                "delete from kinds|25006",
                "create table x (a int)|25006",
                "drop table kinds|25006",
                "truncate kinds|25006",
                "copy kinds to 'out.csv'|25006",
                "copy kinds to stdout|25006",
                "with d as (delete from kinds returning *) select * from d|25006",
                "attach 'x.db'|25006",
                "select * from 'x.csv'|42P01",
                "select * from read_csv('x.csv')|42501",
                "select pg_read_file('/etc/passwd')|42501",
                "select lo_import('/etc/passwd')|42501",
                "select * from _millrace.state|42P01",
                "select * from nothing|42P01",
                "select nothing from kinds|42703",
                "select * fro kinds|42601",
                "select 'x'::int|22P02",
                "pragma database_list|42501",
                "declare c cursor for select 1|0A000",
                "set client_encoding = 'LATIN1'|22023",
                "show nothing|42704",
            })
    void what_is_refused_has_postgres_code_and_the_connection_goes_on(String sql, String state) throws SQLException {
        for (String mode : List.of("simple", "extended")) {
            try (Connection connection = connect("preferQueryMode", mode);
                    Statement statement = connection.createStatement()) {
                assertThatThrownBy(() -> statement.execute(sql))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState())
                                        .as(e.getMessage())
                                        .isEqualTo(state));
                assertThat(single(connection, "select count(*) from kinds")).isEqualTo("1");
            }
        }
        assertThat(folder.resolve("out.csv")).doesNotExist();
        assertThat(folder.resolve("x.db")).doesNotExist();
    }

    @Test
    void an_error_fails_the_transaction_until_it_ends() throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            assertThat(single(connection, "select 1")).isEqualTo("1");
            assertThatThrownBy(() -> single(connection, "select nothing")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> single(connection, "select 1"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25P02"));
            connection.rollback();
            assertThat(single(connection, "select 1")).isEqualTo("1");
            connection.commit();
        }
    }

    @Test
    void several_statements_come_at_once() throws SQLException {
        try (Connection connection = connect("preferQueryMode", "simple");
                Statement statement = connection.createStatement()) {
            assertThat(statement.execute("begin; select 1; select ';' || 2; commit"))
                    .isFalse();
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(statement.getResultSet().next()).isTrue();
            assertThat(statement.getResultSet()).isNotNull();
        }
    }

    @Test
    void times_are_shown_in_the_zone_of_the_client() throws SQLException {
        try (Connection connection = connect("preferQueryMode", "simple");
                Statement statement = connection.createStatement()) {
            statement.execute("set time zone 'Asia/Kolkata'");
            assertThat(single(connection, "select placed from marts.orders where id = 0"))
                    .isEqualTo("2024-01-01 05:30:00+05:30");
            assertThat(single(connection, "select placed::date::varchar from marts.orders where id = 1200"))
                    .isEqualTo("2024-01-02");
            assertThat(single(connection, "show timezone")).isEqualTo("Asia/Kolkata");
        }
    }

    @Test
    void the_token_is_asked_for_and_never_told() throws SQLException {
        PgServerOptions options = PgServerOptions.onLoopback(0).withToken(Secret.of("s3cret"));
        assertThat(options.toString()).doesNotContain("s3cret");
        try (PgServer closed = PgServer.start(shop.warehouse(), new QueryGuard(), options)) {
            try (Connection connection = connect(closed, "password", "s3cret")) {
                assertThat(single(connection, "select 1")).isEqualTo("1");
            }
            assertThatThrownBy(() -> connect(closed, "password", "wrong"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
            assertThatThrownBy(() -> connect(closed)).isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(() -> PgServer.start(
                        shop.warehouse(),
                        new QueryGuard(),
                        PgServerOptions.onLoopback(0).withHost("0.0.0.0")))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("without a token");
    }

    @Test
    void connections_are_encrypted_when_they_ask_for_it() throws Exception {
        Path store = folder.resolve("keys.p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        String[] make = {
            keytool.toString(),
            "-genkeypair",
            "-alias",
            "sql",
            "-keyalg",
            "EC",
            "-dname",
            "CN=127.0.0.1",
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit",
            "-keystore",
            store.toString()
        };
        assertThat(new ProcessBuilder(make).start().waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);

        PgServerOptions options = PgServerOptions.onLoopback(0).withTls(tls).withToken(Secret.of("s3cret"));
        try (PgServer encrypted = PgServer.start(shop.warehouse(), new QueryGuard(), options);
                Connection connection = connect(
                        encrypted,
                        "sslmode",
                        "require",
                        "sslfactory",
                        "org.postgresql.ssl.NonValidatingFactory",
                        "password",
                        "s3cret")) {
            assertThat(single(connection, "select count(*) from marts.orders")).isEqualTo("10000");
        }
        assertThatThrownBy(() -> connect("sslmode", "require")).isInstanceOf(SQLException.class);
    }

    @Test
    void connections_are_limited_and_ended_when_idle_or_when_the_server_closes() throws SQLException {
        PgServerOptions options =
                PgServerOptions.onLoopback(0).withMaxConnections(1).withIdleTimeout(Duration.ofMillis(500));
        PgServer small = PgServer.start(shop.warehouse(), new QueryGuard(), options);
        try (Connection connection = connect(small)) {
            assertThat(single(connection, "select 1")).isEqualTo("1");
            assertThatThrownBy(() -> connect(small))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("53300"));
            Awaitility.await().until(() -> small.connections() == 0);
        }
        try (Connection connection = connect(small)) {
            small.close();
            assertThat(small.connections()).isZero();
            assertThatThrownBy(() -> single(connection, "select 1")).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void what_a_reader_asks_for_while_the_project_writes_is_whole() throws Exception {
        shop.sql("create or replace table marts.swap as select 0 v from range(1000)");
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int i = 1; i <= 20; i++) {
                shop.sql("create or replace table marts.swap as select " + i + " v from range(1000)");
            }
        });
        try (Connection connection = connect()) {
            while (!writer.isDone()) {
                assertThat(single(connection, "select count(distinct v) || ' ' || count(*) from marts.swap"))
                        .isEqualTo("1 1000");
            }
        }
        writer.get();
        shop.sql("drop table marts.swap");
    }
}
