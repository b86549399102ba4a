package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackagesTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder)
                .file(
                        "dbt_packages/yard/dbt_project.yml",
                        "name: yard\nversion: '1.0'\nvars: {size: 5}\nmodels: {+materialized: table}\n")
                .file(
                        "dbt_packages/yard/models/carts.sql",
                        "select {{ var('size') }} as size, '{{ yard.word() }}' as word")
                .file(
                        "dbt_packages/yard/macros/word.sql",
                        "{% macro word() %}{{ return(adapter.dispatch('word', 'yard')()) }}{% endmacro %}"
                                + "{% macro default__word() %}plain{% endmacro %}");
    }

    @Test
    void models_of_packages_are_built_with_the_packages_configuration() {
        project.model("all_carts", "select * from {{ ref('yard', 'carts') }}")
                .build()
                .succeeded();
        assertThat(project.kind("main", "carts")).isEqualTo("TABLE");
        assertThat(project.rows("from all_carts")).containsExactly("[5, plain]");
    }

    @Test
    void the_project_configures_a_packages_models_and_vars() {
        project.settings("models: {yard: {+materialized: view, +schema: outside}}\nvars: {yard: {size: 6}}\n")
                .build()
                .succeeded();
        assertThat(project.kind("main_outside", "carts")).isEqualTo("VIEW");
        assertThat(project.rows("select size from main_outside.carts")).containsExactly("[6]");
    }

    @Test
    void dispatch_prefers_the_projects_macro_and_the_warehouses_prefix() {
        project.file("macros/word.sql", "{% macro default__word() %}project{% endmacro %}")
                .build()
                .succeeded();
        assertThat(project.rows("select word from carts")).containsExactly("[project]");
        project.file(
                        "macros/word.sql",
                        "{% macro default__word() %}project{% endmacro %}{% macro duckdb__word() %}duck{% endmacro %}")
                .build()
                .succeeded();
        assertThat(project.rows("select word from carts")).containsExactly("[duck]");
    }

    @Test
    void a_configured_search_order_comes_first() {
        project.settings("dispatch: [{macro_namespace: yard, search_order: [yard, mill]}]\n")
                .file("macros/word.sql", "{% macro default__word() %}project{% endmacro %}")
                .build()
                .succeeded();
        assertThat(project.rows("select word from carts")).containsExactly("[plain]");
    }

    @Test
    void a_copy_of_dbt_utils_wins_over_the_one_on_offer() {
        project.file("dbt_packages/dbt_utils/dbt_project.yml", "name: dbt_utils\nversion: '9.9'\n")
                .file(
                        "dbt_packages/dbt_utils/macros/group_by.sql",
                        "{% macro group_by(n) %}order by {{ n }}{% endmacro %}")
                .model("grain", "select 1 as n {{ dbt_utils.group_by(1) }}")
                .build()
                .succeeded();
        assertThat(project.read("target/compiled/mill/models/grain.sql")).isEqualTo("select 1 as n order by 1");
    }

    @Test
    void a_project_may_replace_a_macro_of_a_materialization() {
        project.file(
                        "macros/create.sql",
                        "{% macro create_table_as(temporary, relation, sql) %}create table {{ relation }} as select *, 'mine' as mark from ({{ sql }}){% endmacro %}")
                .model("grain", "{{ config(materialized='table') }} select 1 as n")
                .build()
                .succeeded();
        project.build().succeeded();
        assertThat(project.rows("from grain")).containsExactly("[1, mine]");
    }

    @Test
    void a_project_may_define_a_materialization() {
        project.file("macros/twice.sql", """
                        {% materialization twice, adapter='duckdb' %}
                          {%- set target_relation = this.incorporate(type='table') -%}
                          {%- set old_relation = adapter.get_relation(database=database, schema=schema, identifier=this.identifier) -%}
                          {{ run_hooks(pre_hooks) }}
                          {% do adapter.drop_relation(old_relation) if old_relation %}
                          {% call statement('main') %}
                            create table {{ target_relation }} as ({{ sql }}) union all ({{ sql }})
                          {% endcall %}
                          {{ run_hooks(post_hooks) }}
                          {{ adapter.commit() }}
                          {{ return({'relations': [target_relation]}) }}
                        {% endmaterialization %}
                        """)
                .model("grain", "{{ config(materialized='twice') }} select 1 as n")
                .build()
                .succeeded();
        project.build().succeeded();
        assertThat(project.rows("from grain")).containsExactly("[1]", "[1]");
    }
}
