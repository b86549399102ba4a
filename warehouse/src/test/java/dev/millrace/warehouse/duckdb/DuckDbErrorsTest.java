package dev.millrace.warehouse.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuckDbErrorsTest {
    @TempDir
    Path folder;

    private static MillraceException thrownBy(ThrowingCallable work) {
        Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(work);
        assertThat(thrown).isInstanceOf(MillraceException.class);
        return (MillraceException) thrown;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            select * form t           | Parser Error
            select zz from range(1)   | Binder Error
            select * from nowhere     | Catalog Error
            select 'x'::int           | Conversion Error
            select * from 'no.csv'    | IO Error
            insert into one values (1)| Constraint Error
            """)
    void what_the_engine_says_about_the_sql_is_passed_on(String sql, String kind) {
        try (Warehouse warehouse = TestWarehouses.open(folder, Map.of());
                Session session = warehouse.open()) {
            session.execute("create table one (i int primary key); insert into one values (1)");
            MillraceException error = thrownBy(() -> session.execute(sql));
            assertThat(error.code()).isEqualTo(ErrorCode.SQL_FAILED);
            assertThat(error.text()).startsWith(kind);
            assertThat(session.query("select 1").singleLong()).isEqualTo(1);
        }
    }

    @Test
    void the_place_in_the_statement_is_shown() {
        try (Warehouse warehouse = TestWarehouses.open(folder, Map.of());
                Session session = warehouse.open()) {
            MillraceException error = thrownBy(() -> session.execute("select a\nfrom (select 1 as a)\nwhere zz = 1"));
            assertThat(error.text()).endsWith("\n  line 3: where zz = 1\n                ^^");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            INTERRUPT Error: Interrupted!                                       | CANCELLED
            IO Error: Could not write file "/x": No space left on device        | DISK_FULL
            TransactionContext Error: Catalog write-write conflict on create    | WAREHOUSE_FAILED
            FATAL Error: Failed: database has been invalidated                  | WAREHOUSE_FAILED
            Invalid Input Error: no                                             | SQL_FAILED
            """)
    void errors_are_told_apart_by_their_text(String text, ErrorCode code) {
        assertThat(DuckDbErrors.of(new SQLException(text)).code()).isEqualTo(code);
    }

    @Test
    void running_out_of_memory_names_the_setting() {
        try (Warehouse warehouse = TestWarehouses.open(
                        folder, Map.of("settings", Map.of("memory_limit", "20MB", "max_temp_directory_size", "0KB")));
                Session session = warehouse.open()) {
            MillraceException error = thrownBy(
                    () -> session.execute("create table t as select range, uuid() u from range(3000000) order by u"));
            assertThat(error.code()).isEqualTo(ErrorCode.WAREHOUSE_FAILED);
            assertThat(error.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("memory_limit"));
        }
    }

    @Test
    void a_file_that_is_no_database_is_named() throws Exception {
        Path file = folder.resolve("notes.duckdb");
        java.nio.file.Files.writeString(file, "these are notes and no database ".repeat(1000));
        MillraceException error = thrownBy(() -> TestWarehouses.file(file));
        assertThat(error.code()).isEqualTo(ErrorCode.WAREHOUSE_FAILED);
        assertThat(error.text()).contains(file.toString());
        assertThat(error.position()).isPresent();
    }
}
