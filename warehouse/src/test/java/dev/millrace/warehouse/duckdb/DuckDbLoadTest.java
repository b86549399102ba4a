package dev.millrace.warehouse.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.BatchReader;
import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Simple;
import dev.millrace.warehouse.Load;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuckDbLoadTest {
    @TempDir
    Path folder;

    private Warehouse warehouse;
    private Session session;

    @BeforeEach
    void open() {
        warehouse = TestWarehouses.file(folder.resolve("shop.duckdb"));
        session = warehouse.open();
    }

    @AfterEach
    void close() {
        session.close();
        warehouse.close();
    }

    private long load(DataType type, BatchReader rows) {
        return session.load(
                new Load(
                        warehouse.relation("main", "t"),
                        List.of(new DataType.Field("a \"b\"", type)),
                        List.of(),
                        2,
                        n -> {}),
                rows);
    }

    private List<Object> texts() {
        return session.query("select \"a \"\"b\"\"\"::varchar from t order by rowid").rows().stream()
                .map(row -> row.get(0))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INT64       | -9223372036854775808 | -9223372036854775808
            INT64       | 9223372036854775807  | 9223372036854775807
            DATE        | 0                    | 1970-01-01
            DATE        | -719528              | 0001-01-01 (BC)
            DATE        | 9223372036854775807  | infinity
            DATE        | -9223372036854775807 | -infinity
            TIME        | 0                    | 00:00:00
            TIME        | 86399999999          | 23:59:59.999999
            TIME        | 86400000000          | 24:00:00
            TIMESTAMP   | -1                   | 1969-12-31 23:59:59.999999
            TIMESTAMP   | -210866803200000000  | 4714-11-24 (BC) 00:00:00
            TIMESTAMP   | 9223372036854775806  | 294247-01-10 04:00:54.775806
            TIMESTAMP   | 9223372036854775807  | infinity
            TIMESTAMP   | -9223372036854775807 | -infinity
            TIMESTAMPTZ | 1711848600123456     | 2024-03-31 01:30:00.123456+00
            TIMESTAMPTZ | 9223372036854775807  | infinity
            TIMESTAMPTZ | -9223372036854775807 | -infinity
            """)
    void a_number_becomes_the_value_it_stands_for(Simple type, long number, String expected) {
        session.execute("set TimeZone = 'UTC'");
        assertThat(load(type, Rows.of((column, row) -> column.setLong(row, number))))
                .isEqualTo(1);
        assertThat(texts()).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12 | 2  | -999999999999       | -9999999999.99
            18 | 0  | 999999999999999999  | 999999999999999999
            18 | 18 | -999999999999999999 | -.999999999999999999
            18 | 9  | 1                   | 0.000000001
            1  | 1  | 5                   | .5
            """)
    void a_decimal_keeps_every_digit(int precision, int scale, long unscaled, String expected) {
        load(new DataType.Decimal(precision, scale), Rows.of((column, row) -> column.setLong(row, unscaled)));
        assertThat(texts()).containsExactly(expected);
        assertThat(session.columns(warehouse.relation("main", "t")).get(0).type())
                .isEqualTo("DECIMAL(" + precision + "," + scale + ")");
    }

    @Test
    void a_decimal_with_too_many_digits_is_refused() {
        assertThatThrownBy(() -> load(new DataType.Decimal(4, 2), Rows.of((column, row) -> column.setLong(row, 12345))))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE);
                    assertThat(e.text())
                            .startsWith("a row cannot be loaded into main.t")
                            .doesNotContain("insert");
                });
    }

    @Test
    void values_handed_over_as_text_become_their_type() {
        List<DataType.Field> fields = List.of(
                new DataType.Field("wide", new DataType.Decimal(38, 10)),
                new DataType.Field("json", Simple.JSON),
                new DataType.Field("uuid", Simple.UUID),
                new DataType.Field("list", new DataType.ListOf(Simple.INT64)),
                new DataType.Field(
                        "struct",
                        new DataType.Struct(List.of(
                                new DataType.Field("a b", Simple.TEXT),
                                new DataType.Field("c", new DataType.ListOf(Simple.TIMESTAMP))))));
        List<String> given = List.of(
                "-9999999999999999999999999999.9999999999",
                "{\"k\":[1,null,\"é\"]}",
                "01234567-89ab-cdef-0123-456789abcdef",
                "[1,null,3]",
                "{\"a b\":\"it's\",\"c\":[\"2024-01-01 00:00:00.5\"]}");
        session.load(
                new Load(warehouse.relation("main", "t"), fields, List.of(), 1, n -> {}),
                new Rows(2, (columns, row, number) -> {
                    for (int i = 0; i < columns.length; i++) {
                        if (number == 1) {
                            columns[i].setNull(row);
                        } else {
                            Rows.text(columns[i], row, given.get(i));
                        }
                    }
                }));
        var rows = session.query(
                        "select wide::varchar, json::varchar, uuid::varchar, list, struct::json::varchar from t order by rowid")
                .rows();
        assertThat(rows.get(0))
                .containsExactly(
                        given.get(0),
                        given.get(1),
                        given.get(2),
                        Arrays.asList(1L, null, 3L),
                        "{\"a b\":\"it's\",\"c\":[\"2024-01-01 00:00:00.5\"]}");
        assertThat(rows.get(1)).containsOnlyNulls();
        assertThat(session.columns(warehouse.relation("main", "t")).stream()
                        .map(column -> session.dialect().dataType(column.type()))
                        .toList())
                .isEqualTo(fields.stream().map(DataType.Field::type).toList());
    }

    @Test
    void texts_of_every_length_and_alphabet_arrive_unchanged() {
        List<String> texts = List.of(
                "",
                "a",
                "grüße 日本 🦆",
                "exactly 12by",
                "thirteen byte",
                "x".repeat(3 << 20),
                "🦆".repeat(1 << 20),
                "z");
        session.execute("set threads = 1");
        load(Simple.TEXT, new Rows(texts.size() * 2, (columns, row, number) -> {
            if (number % 2 == 1) {
                columns[0].setNull(row);
            } else {
                Rows.text(columns[0], row, texts.get(number / 2));
            }
        }));
        List<Object> loaded = session.query("select \"a \"\"b\"\"\" from t order by rowid").rows().stream()
                .<Object>map(row -> row.get(0) == null ? "null" : row.get(0))
                .toList();
        assertThat(loaded.size()).isEqualTo(texts.size() * 2);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(loaded.get(2 * i).equals(texts.get(i))).as("text %d", i).isTrue();
            assertThat(loaded.get(2 * i + 1)).isEqualTo("null");
        }
    }

    @Test
    void bytes_arrive_unchanged() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        load(Simple.BYTES, Rows.of((column, row) -> column.setBytes(row, all, 0, all.length)));
        assertThat(session.query("select * from t").single()).isEqualTo(all);
    }

    @Test
    void a_text_that_is_not_utf8_is_refused_by_name() {
        byte[] latin = {'a', (byte) 0xE9, 'b'};
        assertThatThrownBy(() -> load(Simple.TEXT, Rows.of((column, row) -> column.setUtf8(row, latin, 0, 3))))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.VALUE_OUT_OF_RANGE);
                    assertThat(e.text()).contains("a \"b\"");
                });
    }

    @Test
    void many_batches_on_several_threads_lose_and_double_nothing() {
        AtomicLong heard = new AtomicLong();
        Load load = new Load(
                warehouse.relation("main", "t"),
                List.of(
                        new DataType.Field("id", Simple.INT64),
                        new DataType.Field("even", Simple.BOOL),
                        new DataType.Field("half", Simple.FLOAT64)),
                List.of(new Load.Constant("_batch", Simple.TEXT, "'it''s'")),
                4,
                rows -> heard.accumulateAndGet(rows, Math::max));
        assertThat(session.load(load, new Rows(200_000, (columns, row, number) -> {
                    columns[0].setLong(row, number);
                    columns[1].setBoolean(row, number % 2 == 0);
                    columns[2].setDouble(row, number / 2.0);
                })))
                .isEqualTo(200_000);
        assertThat(session.query("""
                                select count(*), count(distinct id), sum(id), count_if(even = (id % 2 = 0)),
                                count_if(half * 2 = id), min(_batch), max(_batch) from t
                                """).rows().get(0))
                .containsExactly(200_000L, 200_000L, 19_999_900_000L, 200_000L, 200_000L, "it's", "it's");
        assertThat(heard).hasValue(200_000);
    }

    @Test
    void the_order_of_rows_is_given_up_only_while_a_load_runs() {
        AtomicReference<Object> during = new AtomicReference<>("never read");
        try (Session other = warehouse.open()) {
            load(Simple.INT64, Rows.of((column, row) -> {
                during.set(String.valueOf(rowOrder(other)));
                column.setLong(row, 1);
            }));
            assertThat(during).hasValue("false");
            assertThat(rowOrder(other)).isEqualTo(true);

            assertThatThrownBy(() -> load(Simple.INT64, Rows.of((column, row) -> {
                        throw new MillraceException(ErrorCode.CONNECTION_LOST, "the source is gone");
                    })))
                    .isInstanceOf(MillraceException.class);
            assertThat(rowOrder(other)).isEqualTo(true);
        }
    }

    private static Object rowOrder(Session session) {
        return Objects.requireNonNull(session.query("select current_setting('preserve_insertion_order')")
                .single());
    }

    @Test
    void a_load_joins_the_open_transaction_and_appends() {
        load(Simple.INT64, Rows.of((column, row) -> column.setLong(row, 1)));
        session.begin();
        load(Simple.INT64, Rows.of((column, row) -> column.setLong(row, 2)));
        session.rollback();
        load(Simple.INT64, Rows.of((column, row) -> column.setLong(row, 3)));
        assertThat(texts()).containsExactly("1", "3");
    }

    @Test
    void a_reader_that_fails_leaves_nothing_and_its_error_comes_out_as_it_is() {
        MillraceException gone = new MillraceException(ErrorCode.CONNECTION_LOST, "the source is gone");
        assertThatThrownBy(() -> load(Simple.INT64, new Rows(100_000, (columns, row, number) -> {
                    if (number == 90_000) {
                        throw gone;
                    }
                    columns[0].setLong(row, number);
                })))
                .isSameAs(gone);
        assertThat(session.relationType(warehouse.relation("main", "t"))).isEmpty();
        assertThat(load(Simple.INT64, Rows.of((column, row) -> column.setLong(row, 1))))
                .isEqualTo(1);
    }

    @Test
    void a_cancelled_load_ends_soon_and_leaves_nothing() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Thread stopper = new Thread(() -> {
            try {
                started.await();
                session.cancel();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        stopper.start();
        assertThatThrownBy(() -> load(Simple.INT64, new BatchReader() {
                    @Override
                    public int read(ColumnWriter[] columns, int capacity) {
                        for (int i = 0; i < capacity; i++) {
                            columns[0].setLong(i, i);
                        }
                        started.countDown();
                        return capacity;
                    }

                    @Override
                    public void close() {}
                }))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        stopper.join(TimeUnit.MINUTES.toMillis(1));
        assertThat(session.relationType(warehouse.relation("main", "t"))).isEmpty();
        assertThat(session.query("select 1").singleLong()).isEqualTo(1);
    }

    @Test
    void loads_into_one_table_from_several_sessions_add_up() throws Exception {
        session.execute("create table t (\"a \"\"b\"\"\" bigint)");
        try (Session other = warehouse.open()) {
            Thread second = new Thread(() -> other.load(
                    new Load(
                            warehouse.relation("main", "t"),
                            List.of(new DataType.Field("a \"b\"", Simple.INT64)),
                            List.of(),
                            1,
                            n -> {}),
                    new Rows(50_000, (columns, row, number) -> columns[0].setLong(row, number))));
            second.start();
            load(Simple.INT64, new Rows(50_000, (columns, row, number) -> columns[0].setLong(row, number)));
            second.join();
        }
        assertThat(session.query("select count(*) from t").singleLong()).isEqualTo(100_000);
    }

    @Test
    void a_memory_database_loads_too() {
        try (Warehouse memory = TestWarehouses.open(folder, Map.of());
                Session inMemory = memory.open()) {
            inMemory.load(
                    new Load(
                            memory.relation("main", "t"),
                            List.of(new DataType.Field("s", Simple.TEXT)),
                            List.of(),
                            1,
                            n -> {}),
                    new Rows(
                            3,
                            (columns, row, number) ->
                                    columns[0].setUtf8(row, "x".getBytes(StandardCharsets.UTF_8), 0, 1)));
            assertThat(inMemory.query("select count(*) from t").singleLong()).isEqualTo(3);
        }
    }
}
