package dev.millrace.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeltaTableTest {
    private static final String APPLICATION = "model.mill.counts";

    @TempDir
    Path folder;

    private Warehouses warehouses;
    private Session session;
    private DeltaTable table;
    private long version;

    @BeforeEach
    void open() throws IOException {
        Files.writeString(folder.resolve("dbt_project.yml"), "name: mill\nversion: '1.0'\nprofile: mill\n");
        Files.writeString(
                folder.resolve("profiles.yml"),
                "mill: {target: dev, outputs: {dev: {type: duckdb, path: mill.duckdb, settings: {TimeZone: America/New_York}}}}\n");
        Project project = ProjectLoader.load(Invocation.of("build", folder));
        warehouses = new Warehouses(project);
        session = warehouses.warehouse(project.target()).open();
        table = DeltaTable.at(folder.resolve("lake/counts"));
    }

    @AfterEach
    void close() {
        session.close();
        warehouses.close();
    }

    private DeltaTransaction next() {
        return new DeltaTransaction(APPLICATION, ++version);
    }

    private List<String> rows(String columns) {
        List<String> rows = new ArrayList<>();
        session.query("select " + columns + " from " + table.sql(session) + " order by all")
                .rows()
                .forEach(row -> rows.add(row.toString()));
        return rows;
    }

    @Test
    void rows_are_appended() {
        assertThat(table.exists()).isFalse();
        table.append(session, "select 1 as id, 'a' as word", List.of(), next());
        table.append(session, "select 2 as id, 'b' as word", List.of(), next());
        assertThat(rows("*")).containsExactly("[1, a]", "[2, b]");
    }

    @Test
    void rows_of_keys_are_replaced_and_other_files_stay() {
        table.append(session, "select 1 as id, 'a' as word", List.of(), next());
        table.append(session, "select * from (values (2, 'b'), (3, 'c')) t(id, word)", List.of(), next());
        List<Path> before = table.files();
        table.replace(
                session,
                "select * from (values (2, 'B'), (4, 'd')) t(id, word)",
                "select unnest([2, 4]) as id",
                List.of(),
                next());
        assertThat(rows("*")).containsExactly("[1, a]", "[2, B]", "[3, c]", "[4, d]");
        assertThat(table.files()).hasSize(2).containsAnyElementsOf(before);
        table.overwrite(session, "select 9 as other", List.of(), next());
        assertThat(rows("*")).containsExactly("[9]");
        assertThat(table.columns()).containsExactly("other");
    }

    @Test
    void columns_are_added_and_a_changed_type_is_refused() {
        table.append(session, "select 1 as id", List.of(), next());
        table.append(session, "select 2 as id, 'new' as word", List.of(), next());
        assertThat(rows("*")).containsExactly("[1, null]", "[2, new]");
        assertThatThrownBy(() -> table.append(session, "select 'x' as id", List.of(), next()))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_CHANGED));
    }

    @Test
    void a_version_is_written_once() {
        table.append(session, "select 1 as id", List.of(), new DeltaTransaction(APPLICATION, 7));
        assertThat(table.version(APPLICATION)).hasValue(7);
        assertThat(table.version("another")).isEmpty();
        assertThatThrownBy(
                        () -> table.append(session, "select 1 as id", List.of(), new DeltaTransaction(APPLICATION, 7)))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DESTINATION_FAILED));
        assertThat(rows("*")).containsExactly("[1]");
    }

    @Test
    void checkpoints_are_written_and_read() {
        for (int i = 0; i < 25; i++) {
            table.append(
                    session, "select " + i + " as id, timestamptz '2026-01-01 00:00+00' as at_time", List.of(), next());
        }
        assertThat(folder.resolve("lake/counts/_delta_log/00000000000000000020.checkpoint.parquet"))
                .exists();
        assertThat(rows("count(*), sum(id)")).containsExactly("[25, 300]");
        assertThat(DeltaTable.at(folder.resolve("lake/counts")).version(APPLICATION))
                .hasValue(25);
    }

    @Test
    void partitions_are_folders_and_values_of_the_log() {
        table.append(
                session,
                "select i as id, date '2026-01-01' + (i % 2)::int as day from range(4) r(i)",
                List.of("day"),
                next());
        table.replace(
                session,
                "select 1 as id, date '2026-01-02' as day",
                "select date '2026-01-02' as day",
                List.of("day"),
                next());
        assertThat(rows("*")).containsExactly("[0, 2026-01-01]", "[1, 2026-01-02]", "[2, 2026-01-01]");
        assertThat(table.files()).allMatch(file -> file.toString().contains("day=2026-01-0"));
    }

    @Test
    void types_keep_their_meaning() throws IOException {
        table.append(
                session,
                "select timestamp '2026-01-01 00:00:00.123456' as naive, timestamptz '2026-01-01 00:00:00.5+02' as zoned, "
                        + "12345678901234567890::hugeint as huge, 1.25::decimal(5,2) as exact, 200::utinyint as small, "
                        + "{'a': 1, 'b': ['x']} as nested, 'ü' as word, null as nothing, uuid '00000000-0000-0000-0000-000000000001' as id",
                List.of(),
                next());
        assertThat(rows(
                        "epoch_us(naive) - epoch_us(timestamptz '2026-01-01 00:00:00+00'), epoch_us(zoned) - epoch_us(timestamptz '2025-12-31 22:00:00+00'), "
                                + "huge, exact, small, nested.b[1], word, nothing, id"))
                .containsExactly(
                        "[123456, 500000, 12345678901234567890, 1.25, 200, x, ü, null, 00000000-0000-0000-0000-000000000001]");
        assertThat(Files.readString(folder.resolve("lake/counts/_delta_log/00000000000000000000.json")))
                .contains("\\\"zoned\\\":\\\"2025-12-31T22:00:00.500Z\\\"");
    }
}
