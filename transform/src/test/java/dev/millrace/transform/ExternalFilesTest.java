package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.graph.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as models and as sources, in the way of dbt-duckdb. */
final class ExternalFilesTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder);
    }

    private String file(String name) {
        return folder.resolve(name).toString().replace('\\', '/');
    }

    @Test
    void an_external_model_is_a_file_that_others_read_through_a_view() {
        project.model(
                        "sacks",
                        "{{ config(materialized='external', location='" + file("sacks.parquet")
                                + "') }} select 1 as id, 'rye' as kind union all select 2, 'oat'")
                .model("kinds", "select kind from {{ ref('sacks') }}");
        project.build().succeeded();
        project.build().succeeded();
        assertThat(project.rows("from kinds order by kind")).containsExactly("[oat]", "[rye]");
        assertThat(project.rows("select count(*) from read_parquet('" + file("sacks.parquet") + "')"))
                .containsExactly("[2]");
        assertThat(project.kind("main", "sacks")).isEqualTo("VIEW");
    }

    @Test
    void the_name_of_the_file_says_how_it_is_written() {
        project.model(
                "sacks",
                "{{ config(materialized='external', location='" + file("sacks.csv")
                        + "', options={'delimiter': '|'}) }} select 1 as id, 'rye' as kind");
        project.build().succeeded();
        assertThat(project.read("sacks.csv")).isEqualToIgnoringNewLines("id|kind\n1|rye\n");
    }

    @Test
    void a_model_without_rows_keeps_its_columns() {
        project.model(
                "none",
                "{{ config(materialized='external', location='" + file("none.parquet")
                        + "') }} select 1::smallint as id, 'x' as kind where false");
        project.build().succeeded();
        assertThat(project.rows("select count(*) from none")).containsExactly("[0]");
        assertThat(project.rows("select typeof(id) from read_parquet('" + file("none.parquet") + "')"))
                .containsExactly("[SMALLINT]");
    }

    @Test
    void an_unknown_format_is_refused() {
        project.model("odd", "{{ config(materialized='external', location='odd.xml') }} select 1 as id");
        assertThat(project.build().node("model.mill.odd").message()).contains("xml");
    }

    @Test
    void a_source_may_be_files_named_by_a_pattern() throws Exception {
        Files.writeString(folder.resolve("bins.csv"), "bin,kg\na,1\nb,2\n");
        project.file(
                        "models/sources.yml",
                        "sources:\n  - name: yard\n    meta: {external_location: '" + file("") + "/{name}.csv'}\n"
                                + "    tables:\n      - name: bins\n      - name: scales\n"
                                + "        meta: {external_location: \"range(3) t(n)\"}\n")
                .model("bins", "select sum(kg)::int as kg from {{ source('yard', 'bins') }}")
                .model("scales", "select count(*) as n from {{ source('yard', 'scales') }}");
        project.build().succeeded();
        assertThat(project.rows("from bins")).containsExactly("[3]");
        assertThat(project.rows("from scales")).containsExactly("[3]");
    }

    @Test
    void an_unknown_name_in_a_pattern_is_told() {
        project.file(
                        "models/sources.yml",
                        "sources: [{name: yard, meta: {external_location: '{nmae}.csv'}, tables: [{name: bins}]}]")
                .model("bins", "select * from {{ source('yard', 'bins') }}");
        var outcome = project.build();
        assertThat(outcome.status("model.mill.bins")).isEqualTo(Status.ERROR);
        assertThat(outcome.node("model.mill.bins").message()).contains("'nmae'");
    }
}
