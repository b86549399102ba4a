package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.graph.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelsTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder);
    }

    @Test
    void a_model_is_a_view_unless_it_says_otherwise() {
        project.model("grain", "select 7 as weight").build().succeeded();
        assertThat(project.kind("main", "grain")).isEqualTo("VIEW");
        assertThat(project.rows("from grain")).containsExactly("[7]");
    }

    @Test
    void models_run_after_those_they_refer_to() {
        project.model("flour", "{{ config(materialized='table') }} select weight * 2 as weight from {{ ref('grain') }}")
                .model("grain", "select 7 as weight")
                .build()
                .succeeded();
        assertThat(project.kind("main", "flour")).isEqualTo("TABLE");
        assertThat(project.rows("from flour")).containsExactly("[14]");
    }

    @Test
    void a_failed_model_leaves_the_old_table_and_skips_what_reads_it() {
        project.model("flour", "{{ config(materialized='table') }} select 1 as n")
                .model("bread", "select n from {{ ref('flour') }}")
                .build()
                .succeeded();
        project.model("flour", "{{ config(materialized='table') }} select cast('x' as int) as n");
        TestProject.Outcome outcome = project.build();
        assertThat(outcome.status("model.mill.flour")).isEqualTo(Status.ERROR);
        assertThat(outcome.status("model.mill.bread")).isEqualTo(Status.SKIPPED);
        assertThat(project.rows("from flour")).containsExactly("[1]");
    }

    @Test
    void a_view_becomes_a_table_and_a_table_a_view() {
        project.model("grain", "select 1 as n").build().succeeded();
        project.model("grain", "{{ config(materialized='table') }} select 2 as n")
                .build()
                .succeeded();
        assertThat(project.kind("main", "grain")).isEqualTo("TABLE");
        project.model("grain", "select 3 as n").build().succeeded();
        assertThat(project.kind("main", "grain")).isEqualTo("VIEW");
        assertThat(project.rows("from grain")).containsExactly("[3]");
    }

    @Test
    void a_failed_change_from_view_to_table_leaves_the_view() {
        project.model("grain", "select 1 as n").build().succeeded();
        TestProject.Outcome outcome = project.model(
                        "grain", "{{ config(materialized='table') }} select cast('x' as int) as n")
                .build();
        assertThat(outcome.status("model.mill.grain")).isEqualTo(Status.ERROR);
        assertThat(project.kind("main", "grain")).isEqualTo("VIEW");
    }

    @Test
    void a_table_may_read_itself() {
        String sql = "{{ config(materialized='table') }} select 1 + coalesce(max(n), 0) as n from "
                + "{{ this if adapter.get_relation(this.database, this.schema, this.identifier) else '(select 0 as n)' }}";
        project.model("counter", sql).build().succeeded();
        project.build().succeeded();
        assertThat(project.rows("from counter")).containsExactly("[2]");
    }

    @Test
    void ephemeral_models_are_laid_into_their_readers_in_order() {
        project.model("a", "{{ config(materialized='ephemeral') }}select 1 as n")
                .model("b", "{{ config(materialized='ephemeral') }}select n + 1 as n from {{ ref('a') }}")
                .model(
                        "c",
                        "with x as (select * from {{ ref('b') }}) select x.n, a.n as first from x, {{ ref('a') }} a")
                .build()
                .succeeded();
        assertThat(project.rows("from c")).containsExactly("[2, 1]");
        assertThat(project.kind("main", "a")).isEqualTo("nothing");
        assertThat(project.read("target/compiled/mill/models/c.sql"))
                .isEqualTo("with  __dbt__cte__a as (\nselect 1 as n\n),  __dbt__cte__b as (\n"
                        + "select n + 1 as n from __dbt__cte__a\n), x as (select * from __dbt__cte__b) "
                        + "select x.n, a.n as first from x, __dbt__cte__a a");
    }

    @Test
    void a_disabled_model_does_not_exist() {
        project.model("off", "{{ config(enabled=false) }} select nonsense")
                .build()
                .succeeded();
        assertThat(project.graph().nodes()).isEmpty();
    }

    @Test
    void schema_alias_and_database_are_configurable() {
        project.model("grain", "{{ config(schema='raw_mill', alias='corn') }} select 1 as n")
                .build()
                .succeeded();
        assertThat(project.rows("from main_raw_mill.corn")).containsExactly("[1]");
    }

    @Test
    void a_project_may_name_schemas_its_own_way() {
        project.model("grain", "{{ config(schema='yard') }} select 1 as n")
                .file(
                        "macros/names.sql",
                        "{% macro generate_schema_name(custom_schema_name, node) %}{{ custom_schema_name or 'main' }}{% endmacro %}")
                .build()
                .succeeded();
        assertThat(project.rows("from yard.grain")).containsExactly("[1]");
    }
}
