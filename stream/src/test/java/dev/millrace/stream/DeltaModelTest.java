package dev.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.delta.DeltaTable;
import dev.millrace.warehouse.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeltaModelTest {
    @TempDir
    Path folder;

    private StreamProject project;

    @BeforeEach
    void create() {
        project = new StreamProject(folder).sql(StreamProject.EVENTS);
    }

    @AfterEach
    void close() {
        project.close();
    }

    private List<String> delta(String location) {
        List<String> rows = new ArrayList<>();
        try (Session session = project.session()) {
            session.query("from " + DeltaTable.at(folder.resolve(location)).sql(session) + " order by all")
                    .rows()
                    .forEach(row -> rows.add(row.toString()));
        }
        return rows;
    }

    @Test
    void a_table_is_a_delta_table_after_each_build() {
        project.model(
                "flour", "{{ config(materialized='table', format='delta', location='lake/flour') }} select 1 as n");
        project.build("flour");
        project.model(
                "flour",
                "{{ config(materialized='table', format='delta', location='lake/flour') }} select 2 as n, 'x' as w");
        assertThat(project.build("flour").details()).containsKey("delta_location");
        assertThat(delta("lake/flour")).containsExactly("[2, x]");
        assertThat(project.rows("from flour")).containsExactly("[2, x]");
    }

    @Test
    void an_appending_stream_appends_to_delta_and_catches_up_after_a_loss() {
        project.model(
                "ids",
                "{{ config(materialized='streaming', format='delta', location='lake/ids', partition_by='kind') }} select id, kind from {{ stream(source('raw', 'events')) }}");
        project.sql("insert into raw.events (id, kind, _millrace_batch_id) values (1, 'a', 1)");
        project.build("ids");
        project.sql("insert into raw.events (id, kind, _millrace_batch_id) values (2, 'b', 2), (3, 'a', 3)");
        project.build("ids");
        project.build("ids");
        assertThat(delta("lake/ids")).containsExactly("[1, a]", "[2, b]", "[3, a]");
        project.fullRefresh("ids");
        assertThat(delta("lake/ids")).containsExactly("[1, a]", "[2, b]", "[3, a]");
    }

    @Test
    void what_cannot_be_a_delta_table_is_told_at_its_place() {
        project.model("flour", "{{ config(format='delta', location='lake/flour') }} select 1 as n");
        assertThatThrownBy(project::graph)
                .hasMessageContaining("materialized as view cannot be written as a Delta table");
        project.model("flour", "{{ config(materialized='table', format='delta') }} select 1 as n");
        assertThatThrownBy(project::graph).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_MISSING);
            assertThat(e.position().orElseThrow()).hasToString("models/flour.sql:1:33");
        });
        project.model(
                "flour",
                "{{ config(materialized='table', format='delta', location='s3://lake/flour') }} select 1 as n");
        assertThatThrownBy(project::graph).hasMessage("location cannot be 's3://lake/flour'");
    }
}
