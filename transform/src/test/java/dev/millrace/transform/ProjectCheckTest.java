package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.sql.OutputColumn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class ProjectCheckTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder)
                .file("seeds/sacks.csv", "id,kind,kg,weighed\n1,rye,2.5,2026-01-01\n2,oats,3.5,2026-01-02\n")
                .model("weighed", "select id, kind, kg, weighed\nfrom {{ ref('sacks') }}\n");
    }

    private CheckReport check() {
        return project.with((read, layer, warehouses, graph) -> new ProjectCheck(layer).run(Map.of()));
    }

    private List<String> problems() {
        return check().problems().stream()
                .map(problem ->
                        problem.error().position().map(Position::toString).orElse("?") + " "
                                + problem.error().text())
                .toList();
    }

    private void isSound() {
        CheckReport report = check();
        assertThat(report.problems()).isEmpty();
        assertThat(report.unbound()).isEmpty();
        assertThat(report.checked()).isPositive();
    }

    @Test
    void a_sound_project_has_no_problems_and_leaves_nothing_behind() {
        isSound();
        assertThat(Files.exists(folder.resolve("mill.duckdb"))).isFalse();
        assertThat(Files.exists(folder.resolve("target/compiled"))).isFalse();
    }

    @Test
    void an_unknown_column_is_found_at_its_place_in_the_file() {
        project.model(
                "light",
                "{{ config(materialized='table') }}\n\nselect\n    id,\n    waight\nfrom {{ ref('weighed') }}\n");
        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("models/light.sql:5:5 model light: ")
                .contains("\"waight\"");
        MillraceException error = check().problems().get(0).error();
        assertThat(error.hint().orElse("")).contains("weighed");
    }

    @Test
    void every_unknown_column_of_every_model_is_found_at_once() {
        project.model("one", "select idd, kindd from {{ ref('weighed') }}")
                .model("two", "select id from {{ ref('weighed') }} where kgs > 1");
        assertThat(problems()).hasSize(3);
    }

    @Test
    void what_reads_a_broken_model_is_not_blamed_for_it() {
        project.model("broken", "select *, nothing from {{ ref('weighed') }}")
                .model("after", "select id, whatever from {{ ref('broken') }}")
                .model("last", "select upper(whatever) as w, date_trunc('day', other) from {{ ref('after') }}");
        assertThat(check().problems())
                .extracting(problem -> problem.node().name())
                .containsExactlyInAnyOrder("broken", "last");
    }

    @Test
    void types_that_do_not_fit_and_unknown_functions_and_tables_are_found() {
        project.model("types", "select id\nfrom {{ ref('weighed') }}\nwhere date_trunc('day', kg) = weighed")
                .model("functions", "select\n  grinded(id) as g\nfrom {{ ref('weighed') }}")
                .model("tables", "with a as (select 1 as x)\nselect * from b")
                .model("syntax", "select id,, kind\nfrom {{ ref('weighed') }}")
                .model("grouped", "select kind, kg, count(*)\nfrom {{ ref('weighed') }}\ngroup by kind");
        assertThat(problems())
                .anyMatch(text -> text.startsWith("models/types.sql:3:7 ") && text.contains("date_trunc"))
                .anyMatch(text -> text.startsWith("models/functions.sql:2:3 ") && text.contains("grinded"))
                .anyMatch(text -> text.startsWith("models/tables.sql:2:15 ") && text.contains("no table 'b'"))
                .anyMatch(text -> text.startsWith("models/syntax.sql:1:11 ") && text.contains("syntax error"))
                .anyMatch(text -> text.startsWith("models/grouped.sql:1:14 ") && text.contains("GROUP BY"))
                .hasSize(5);
    }

    @Test
    void what_a_macro_writes_is_shown_where_it_is_called() {
        project.file("macros/m.sql", "{% macro price(column) %}round({{ column }} * 2, 2){% endmacro %}\n")
                .model("priced", "select\n  id,\n  {{ price('kgg') }} as price\nfrom {{ ref('weighed') }}");
        assertThat(problems()).singleElement().asString().startsWith("models/priced.sql:3:13 ");
    }

    @Test
    void the_place_is_found_past_loops_and_comments() {
        project.model("looped", """
                {# kgg stands here too #}
                select
                {%- for k in ['rye', 'oats'] %}
                  sum(case when kind = '{{ k }}' then kg end) as {{ k }},
                {%- endfor %}
                  max(kgg) as most
                from {{ ref('weighed') }}
                """);
        assertThat(problems()).singleElement().asString().startsWith("models/looped.sql:6:7 ");
    }

    @Test
    void tests_are_bound_too() {
        project.file(
                        "models/m.yml",
                        "models:\n  - name: weighed\n    columns:\n      - name: colour\n        data_tests: [not_null]\n")
                .file("tests/heavy.sql", "select *\nfrom {{ ref('weighed') }}\nwhere mass > 100");
        assertThat(problems())
                .hasSize(2)
                .anyMatch(text -> text.startsWith("models/m.yml:5:") && text.contains("\"colour\""))
                .anyMatch(text -> text.startsWith("tests/heavy.sql:3:7 ") && text.contains("\"mass\""));
    }

    @Test
    void snapshots_ephemeral_models_and_both_runs_of_incremental_ones_are_bound() {
        project.file(
                        "snapshots/s.sql",
                        "{% snapshot sacks_over_time %}{{ config(unique_key='id', strategy='check', check_cols='all',"
                                + " target_schema='main') }}\nselect * from {{ ref('sacks') }}\n{% endsnapshot %}")
                .model("now", "select id, dbt_valid_from from {{ ref('sacks_over_time') }} where dbt_valid_to is null")
                .model(
                        "inner_one",
                        "{{ config(materialized='ephemeral') }}select id, kg * 2 as double_kg from {{ ref('weighed') }}")
                .model("uses_inner", "select double_kg from {{ ref('inner_one') }}")
                .model(
                        "growing",
                        "{{ config(materialized='incremental') }}\nselect id, weighed from {{ ref('weighed') }}\n"
                                + "{% if is_incremental() %}where weighed > (select max(weighed) from {{ this }}){% endif %}");
        isSound();
        project.model(
                "growing",
                "{{ config(materialized='incremental') }}\nselect id, weighed from {{ ref('weighed') }}\n"
                        + "{% if is_incremental() %}\nwhere weighed > (select max(weighd) from {{ this }})\n{% endif %}");
        assertThat(problems()).singleElement().asString().startsWith("models/growing.sql:4:29 ");
    }

    @Test
    void nobody_is_blamed_for_sources_of_which_nothing_is_known() {
        project.file(
                        "models/sources.yml",
                        "sources: [{name: yard, schema: raw, tables: [{name: carts}, {name: mules}]}]")
                .model(
                        "carts",
                        "select c.*, c.anything + 1 as n, date_trunc('day', made_at) from {{ source('yard', 'carts') }} c")
                .model(
                        "both",
                        "select cart_id, mule_name from {{ source('yard', 'carts') }} join {{ source('yard', 'mules') }} using (cart_id)")
                .model("after", "select foo, bar from {{ ref('carts') }}")
                .model("elsewhere", "select foo from other.place");
        CheckReport report = check();
        assertThat(report.problems()).isEmpty();
        assertThat(report.unbound())
                .extracting(one -> one.node().name())
                .containsExactlyInAnyOrder("carts", "both", "after", "elsewhere");
    }

    @Test
    void a_known_table_is_checked_beside_an_unknown_one() {
        project.file("models/sources.yml", "sources: [{name: yard, schema: raw, tables: [{name: carts}]}]")
                .model(
                        "mixed",
                        "select w.nothing, c.anything from {{ source('yard', 'carts') }} c join {{ ref('weighed') }} w on w.id = c.id");
        assertThat(problems()).singleElement().asString().contains("nothing");
    }

    @Test
    void columns_of_sources_come_from_the_warehouse_then_from_the_files() {
        project.sql("create table carts(cart_id int, made date)")
                .file("models/sources.yml", """
                        sources:
                          - name: yard
                            schema: main
                            tables:
                              - name: carts
                              - name: mules
                                columns: [{name: mule, data_type: varchar}, {name: age, data_type: int}]
                        """)
                .model("c", "select cart, made from {{ source('yard', 'carts') }}")
                .model("m", "select mule, years from {{ source('yard', 'mules') }}");
        assertThat(problems())
                .hasSize(2)
                .anyMatch(text -> text.startsWith("models/c.sql:1:8 ") && text.contains("\"cart\""))
                .anyMatch(text -> text.startsWith("models/m.sql:1:14 ") && text.contains("\"years\""));
    }

    @Test
    void nobody_is_blamed_for_what_a_template_asks_of_the_warehouse() {
        project.model(
                        "pivoted",
                        "-- depends_on: {{ ref('sacks') }}\n{% set kinds = run_query('select distinct kind from ' ~ ref('sacks')).columns[0].values()"
                                + " if execute else [] %}\nselect id {% for k in kinds %}, '{{ k }}' as {{ k }} {% endfor %} from {{ ref('weighed') }}")
                .model("reads_it", "select id, rye, oats from {{ ref('pivoted') }}");
        CheckReport report = check();
        assertThat(report.problems()).isEmpty();
        assertThat(report.unbound()).extracting(one -> one.node().name()).contains("pivoted");
    }

    @Test
    void nobody_is_blamed_when_a_template_describes_an_unknown_source() {
        project.file("models/sources.yml", "sources: [{name: yard, schema: raw, tables: [{name: carts}]}]")
                .model(
                        "described",
                        "select {{ adapter.get_column_schema_from_query('select cart_id from ' ~ source('yard', 'carts'))"
                                + "[0].name if execute else 'x' }} from {{ source('yard', 'carts') }}");
        CheckReport report = check();
        assertThat(report.problems()).isEmpty();
        assertThat(report.unbound()).hasSize(1);
        assertThat(report.columns().node("source.mill.yard.carts").orElseThrow().column("cart_id"))
                .isPresent();
    }

    @Test
    void templates_may_ask_for_columns_that_are_known() {
        project.model(
                        "starred",
                        "select {% for c in adapter.get_columns_in_relation(ref('weighed')) %}{{ c.name }}{{ ', ' if not loop.last }}{% endfor %} from {{ ref('weighed') }}")
                .model("after", "select id, kg, nope from {{ ref('starred') }}");
        assertThat(problems()).singleElement().asString().contains("nope");
    }

    @Test
    void functions_that_hooks_make_are_known() {
        project.settings("on-run-start:\n  - create or replace macro milled(x) as x * 2\n  - \"{{ make_other() }}\"\n")
                .file(
                        "macros/o.sql",
                        "{% macro make_other() %}{% do run_query('create or replace macro other(x) as x') %}{% endmacro %}")
                .model("m", "select milled(kg) as a, other(id) as b from {{ ref('weighed') }}");
        isSound();
    }

    @Test
    void unit_tests_are_held_against_the_model() {
        project.file("models/u.yml", """
                unit_tests:
                  - name: fits
                    model: weighed
                    given:
                      - input: ref('sacks')
                        rows: [{id: 1, kind: rye}]
                    expect: {rows: [{id: 1}]}
                  - name: misfits
                    model: weighed
                    given:
                      - input: ref('sacks')
                        rows: [{id: 1, colour: red}]
                    expect: {rows: [{id: 1}]}
                """);
        assertThat(check().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.node().name()).isEqualTo("weighed.misfits");
            assertThat(problem.error().text()).contains("colour");
        });
    }

    @Test
    void the_columns_of_models_know_where_they_come_from() {
        project.model(
                "totals",
                "select kind, sum(kg) as total from {{ ref('weighed') }} where weighed > '2026-01-01' group by 1");
        var graph = check().columns();
        OutputColumn total =
                graph.node("model.mill.totals").orElseThrow().column("total").orElseThrow();
        assertThat(total.inputs()).hasToString("{model.mill.weighed.kg=DERIVED}");
        assertThat(graph.node("model.mill.weighed")
                        .orElseThrow()
                        .column("kg")
                        .orElseThrow()
                        .inputs())
                .hasToString("{seed.mill.sacks.kg=DIRECT}");
        assertThat(graph.node("model.mill.totals").orElseThrow().conditions())
                .hasToString("[model.mill.weighed.kind, model.mill.weighed.weighed]");
    }

    @Test
    void the_manifest_with_columns_follows_the_schema_of_dbt() {
        project.model(
                "totals",
                "{{ config(meta={'owner': 'miller'}) }}select kind, sum(kg) as total from {{ ref('weighed') }} group by 1");
        project.with((read, layer, warehouses, graph) -> new ManifestWriter(layer)
                .write(new ProjectCheck(layer).run(Map.of()).columns()));
        JsonNode meta =
                DbtSchemas.read(project, "manifest.json", "manifest-v12.json").at("/nodes/model.mill.totals/meta");
        assertThat(meta.at("/owner").asString()).isEqualTo("miller");
        assertThat(meta.at("/column_lineage/columns/total/from/0/column").asString())
                .isEqualTo("kg");
        assertThat(meta.at("/column_lineage/columns/total/from/0/use").asString())
                .isEqualTo("derived");
    }
}
