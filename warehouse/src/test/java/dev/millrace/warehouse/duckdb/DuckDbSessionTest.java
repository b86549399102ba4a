package dev.millrace.warehouse.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbSessionTest {
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

    private long count(String table) {
        return session.query("select count(*) from " + table).singleLong();
    }

    @Test
    void tells_how_many_rows_the_last_statement_changed() {
        assertThat(session.execute("create table t (i int)")).isZero();
        assertThat(session.execute("insert into t values (1), (2), (3)")).isEqualTo(3);
        assertThat(session.execute("delete from t where i = ?", 2)).isEqualTo(1);
        assertThat(session.execute("insert into t values (7); insert into t select * from range(5);"))
                .isEqualTo(5);
        assertThat(session.execute("select * from t")).isZero();
    }

    @Test
    void parameters_keep_their_types() {
        OffsetDateTime instant = OffsetDateTime.parse("2024-03-31T01:30:00.123456Z");
        List<Object> given =
                List.of("it's", 7L, 1.5, true, LocalDate.of(2024, 2, 29), new BigDecimal("12.30"), instant);
        assertThat(session.query("select ?, ?, ?, ?, ?, ?, ?", given.toArray()).rows())
                .containsExactly(given);
        assertThat(session.query(
                                "select ? = timestamptz '2024-03-31 01:30:00.123456Z'",
                                Instant.parse("2024-03-31T01:30:00.123456Z"))
                        .single())
                .isEqualTo(true);
    }

    @Test
    void values_come_in_the_types_a_table_promises() {
        var row = session.query("""
                        select 1::tinyint, 2::uinteger, 170141183460469231731687303715884105727::hugeint, 5::hugeint,
                        1.5::float, 123456789012345678901234567.0123456789::decimal(38,10), 'a'::enum('a', 'b'),
                        time '23:59:59.999999', timestamp '2024-03-31 02:30:00.123456',
                        timestamptz '2024-01-01 00:00:00+02', '\\x00\\xFF'::blob,
                        uuid '01234567-89ab-cdef-0123-456789abcdef', '{"a": [1]}'::json, interval '1 day',
                        [1, null], {'a': 1, 'b': [timestamp '2024-01-01']}, map {'k': 2::smallint}, null
                        """).rows().get(0);
        assertThat(row.get(10)).isEqualTo(new byte[] {0, (byte) 0xFF});
        List<Object> others = new ArrayList<>(row);
        others.remove(10);
        assertThat(others)
                .containsExactly(
                        1L,
                        2L,
                        new BigInteger("170141183460469231731687303715884105727"),
                        5L,
                        1.5,
                        new BigDecimal("123456789012345678901234567.0123456789"),
                        "a",
                        LocalTime.of(23, 59, 59, 999_999_000),
                        LocalDateTime.of(2024, 3, 31, 2, 30, 0, 123_456_000),
                        OffsetDateTime.parse("2023-12-31T22:00Z"),
                        UUID.fromString("01234567-89ab-cdef-0123-456789abcdef"),
                        "{\"a\": [1]}",
                        "1 day",
                        Arrays.asList(1L, null),
                        Map.of("a", 1L, "b", List.of(LocalDateTime.of(2024, 1, 1, 0, 0))),
                        Map.of("k", 2L),
                        null);
    }

    @Test
    void the_end_of_the_day_can_be_read() {
        assertThat(session.query("select time '24:00:00'").single()).isEqualTo("24:00:00");
    }

    @Test
    void an_answer_names_its_columns() {
        assertThat(session.query("select 1 as a, 2.5::decimal(12,2) as \"B c\"").columns())
                .extracting("name", "type")
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", "INTEGER"),
                        org.assertj.core.groups.Tuple.tuple("B c", "DECIMAL(12,2)"));
    }

    @Test
    void rows_are_handed_over_one_by_one() {
        long[] sum = new long[1];
        session.forEachRow("select i from range(?) t(i)", row -> sum[0] += (Long) row[0], 100_000L);
        assertThat(sum[0]).isEqualTo(4_999_950_000L);
    }

    @Test
    void a_consumer_that_throws_ends_the_reading_and_nothing_else() {
        session.execute("create table t (i int)");
        assertThatThrownBy(() -> session.forEachRow("select * from range(100000)", row -> {
                    throw new IllegalStateException("enough");
                }))
                .hasMessage("enough");
        session.execute("insert into t values (1)");
        assertThat(count("t")).isEqualTo(1);
    }

    @Test
    void a_transaction_that_throws_leaves_nothing() {
        session.execute("create table t (i int)");
        assertThatThrownBy(() -> session.inTransaction(() -> {
                    session.execute("insert into t values (1)");
                    session.inTransaction(() -> session.execute("insert into t values (2)"));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(count("t")).isZero();
        assertThat(session.inTransaction(() -> session.execute("insert into t values (1)")))
                .isEqualTo(1);
        assertThat(count("t")).isEqualTo(1);
    }

    @Test
    void others_see_a_transaction_when_it_commits() {
        session.execute("create table t (i int)");
        try (Session other = warehouse.open()) {
            session.begin();
            session.execute("insert into t values (1)");
            assertThat(other.query("select count(*) from t").singleLong()).isZero();
            session.commit();
            assertThat(other.query("select count(*) from t").singleLong()).isEqualTo(1);
        }
        session.rollback();
        assertThat(count("t")).isEqualTo(1);
    }

    @Test
    void transactions_of_the_users_own_sql_are_honoured() {
        session.execute("create table t (i int)");
        session.execute("BEGIN;");
        session.inTransaction(() -> session.execute("insert into t values (1)"));
        session.rollback();
        assertThat(count("t")).isZero();
    }

    @Test
    void after_a_failed_commit_transactions_work_as_before() {
        session.execute("create table t (i int primary key)");
        try (Session other = warehouse.open()) {
            session.begin();
            session.execute("insert into t values (1)");
            other.execute("insert into t values (1)");
            assertThatThrownBy(session::commit).isInstanceOf(MillraceException.class);
        }
        session.begin();
        session.execute("insert into t values (2)");
        session.rollback();
        assertThat(count("t")).isEqualTo(1);
        session.execute("insert into t values (3)");
        assertThat(count("t")).isEqualTo(2);
    }

    @Test
    void after_a_conflict_the_session_goes_on() {
        session.execute("create table t (i int); insert into t values (1)");
        try (Session other = warehouse.open()) {
            other.begin();
            other.execute("update t set i = 2");
            assertThatThrownBy(() -> session.inTransaction(() -> session.execute("update t set i = 3")))
                    .isInstanceOfSatisfying(MillraceException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.WAREHOUSE_FAILED);
                        assertThat(e.hint())
                                .hasValueSatisfying(hint -> assertThat(hint).contains("Run again"));
                    });
            other.commit();
        }
        session.execute("update t set i = 4");
        assertThat(session.query("select i from t").singleLong()).isEqualTo(4);
    }

    @Test
    void a_cancelled_statement_says_so_and_the_session_goes_on() throws Exception {
        Thread stopper = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                session.cancel();
                Thread.onSpinWait();
            }
        });
        stopper.start();
        try {
            assertThatThrownBy(
                            () -> session.query(
                                    "select count(*) from range(10000000000) a, range(1000) b where hash(a.range, b.range) = 1"))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        } finally {
            stopper.interrupt();
            stopper.join();
        }
        assertThat(session.query("select 1").singleLong()).isEqualTo(1);
    }

    @Test
    void an_interrupted_thread_begins_nothing_new_and_can_still_roll_back() {
        session.execute("create table t (i int)");
        session.begin();
        session.execute("insert into t values (1)");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> session.execute("insert into t values (2)"))
                    .isInstanceOfSatisfying(
                            MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
            session.rollback();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(session.query("select count(*) from t").singleLong()).isZero();
    }
}
