package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What templates see: each test compiles a text against a project with two tables. */
final class ContextTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder)
                .sql("create table mills as select * from (values (1, 'wind', date '2020-01-31', 1.50), "
                        + "(2, 'water', date '2021-02-28', null)) t(id, power, since, rate)")
                .file("models/raw.yml", "sources: [{name: raw, schema: main, tables: [{name: mills}]}]")
                .model("grain", "{{ config(materialized='table', tags=['a'], meta={'k': 'v'}) }} select 1 as n");
    }

    private String text(String template) {
        return project.with((loaded, layer, warehouses, graph) -> new Compiler(layer).compileInline(template))
                .strip();
    }

    @Test
    void relations_write_their_quoted_names() {
        assertThat(text("{{ ref('grain') }} {{ source('raw', 'mills') }}"))
                .isEqualTo("\"mill\".\"main\".\"grain\" \"mill\".\"main\".\"mills\"");
        assertThat(text("{{ ref('grain').include(database=false).quote(schema=false) }} {{ ref('grain').identifier }}"))
                .isEqualTo("main.\"grain\" grain");
        assertThat(text("{{ api.Relation.create(schema='s', identifier='i', type='view').is_view }}"))
                .isEqualTo("True");
    }

    @Test
    void ref_carries_the_settings_of_the_project() {
        project.settings("vars: {since: 1850}\n");
        assertThat(text("{% set c = builtins.ref.config %}{{ c.project_name }} {{ c.version }}"
                        + " {{ c.dependencies['mill'].version }} {{ c.vars.to_dict() }} {{ c.args.which }}"
                        + " {{ c.args.nothing is defined }} {{ c.target_name }} {{ source.config.cli_vars }}"))
                .isEqualTo("mill 1.0 1.0 {'since': 1850} build False dev {}");
    }

    @Test
    void dates_are_added_and_counted_as_the_warehouse_of_dbt_does() {
        assertThat(text("{{ dbt.dateadd('DAY', 'n + 1', 'd') }} {{ dbt.dateadd('quarter', 2, 'd') }}"))
                .isEqualTo(
                        "(d + cast(n + 1 as bigint) * interval 1 day) (d + (cast(2 as bigint) * 3) * interval 1 month)");
        assertThat(
                        text(
                                "{{ run_query('select ' ~ dbt.datediff(\"date '2026-01-03'\", \"date '2026-01-04'\", 'week')"
                                        + " ~ ', ' ~ dbt.datediff(\"date '2026-01-04'\", \"date '2026-01-05'\", 'week')"
                                        + " ~ ', ' ~ dbt.datediff(\"date '2026-01-01'\", \"date '2026-03-01'\", 'month')).rows[0].values() }}"))
                .isEqualTo("(1, 0, 2)");
    }

    @Test
    void texts_are_rendered_as_templates_while_the_project_is_read_too() {
        project.model("below", "select * from {{ render(\"{{ ref('grain') }}\") }}");
        project.build().succeeded();
        assertThat(project.rows("from below")).containsExactly("[1]");
    }

    @Test
    void names_can_be_put_into_the_context() {
        project.file("macros/own.sql", "{% macro other(name) %}<{{ name }}>{% endmacro %}");
        assertThat(text("{% do context.update({'ref': other, 'n': 3}) %}{{ ref('grain') }} {{ n }} {{ context['n'] }}"))
                .isEqualTo("<grain> 3 3");
    }

    @Test
    void ranges_of_dates_are_lists() {
        assertThat(text("{{ dates_in_range('20260227', '20260301') }} {{ partition_range('20260101,20260102') }}"
                        + " {{ convert_datetime('2026-01-02', '%Y-%m-%d') }}"))
                .isEqualTo("['20260227', '20260228', '20260301'] ['20260101', '20260102'] 2026-01-02 00:00:00");
    }

    @Test
    void a_function_is_tried_and_its_failure_put_into_words() {
        assertThat(text("{{ try_or_compiler_error('no', modules.datetime.date, 2026, 1, day=2) }}"))
                .isEqualTo("2026-01-02");
        assertThatThrownBy(() -> text("{{ try_or_compiler_error('not a date', modules.datetime.date, 2026, 13, 2) }}"))
                .hasMessageContaining("not a date");
    }

    @Test
    void a_header_stands_before_the_statement() {
        project.model(
                "headed",
                "{% call set_sql_header(config) %}create or replace macro three() as 3;{% endcall %}select three() as n");
        project.build().succeeded();
        assertThat(project.rows("from headed")).containsExactly("[3]");
    }

    @Test
    void packages_know_a_relation_by_its_class() {
        assertThat(
                        text(
                                "{% set r = ref('grain') %}{{ r is mapping and r.get('metadata', {}).get('type', '').endswith('Relation') }}"))
                .isEqualTo("True");
    }

    @Test
    void a_query_gives_rows_by_position_and_by_name() {
        assertThat(text("{% set t = run_query('select id, power from mills order by id') %}"
                        + "{{ t.columns[1].values() }} {{ t.rows[0]['power'] }} {{ t.rows[1][0] }} {{ t | length }}"
                        + "{% for row in t %} {{ row.id }}:{{ row.power }}{% endfor %} {{ t.column_names }}"))
                .isEqualTo("('wind', 'water') wind 2 2 1:wind 2:water ('id', 'power')");
    }

    @Test
    void values_of_queries_are_pythons() {
        assertThat(text("{% set row = run_query('select since, rate, null as nothing from mills order by id')[0] %}"
                        + "{{ row.since.strftime('%d.%m.%Y') }} {{ row.rate }} {{ row.nothing is none }}"))
                .isEqualTo("31.01.2020 1.50 True");
    }

    @Test
    void statements_keep_their_results() {
        assertThat(text("{% call statement('s', fetch_result=true) %}select 42 as n{% endcall %}"
                        + "{{ load_result('s').table.columns['n'].values()[0] }} {{ load_result('s')['data'] }}"))
                .isEqualTo("42 [(42,)]");
    }

    @Test
    void the_adapter_describes_relations() {
        assertThat(text("{% for c in adapter.get_columns_in_relation(source('raw', 'mills')) %}"
                        + "{{ c.name }} {{ c.data_type }} {{ c.is_string() }},{% endfor %}"))
                .isEqualTo(
                        "id INTEGER False,power character varying(256) True,since DATE False,rate DECIMAL(3,2) False,");
        assertThat(text("{% set r = adapter.get_relation('mill', 'main', 'mills') %}{{ r.is_table }} {{ r.type }} "
                        + "{{ adapter.get_relation('mill', 'main', 'nothing') is none }}"))
                .isEqualTo("True table True");
    }

    @Test
    void the_graph_and_the_target_are_there() {
        assertThat(text(
                        "{{ graph.nodes['model.mill.grain'].config.materialized }} {{ graph.sources.values() | map(attribute='name') | list }}"
                                + " {{ target.name }} {{ target.schema }} {{ target.type }} {{ project_name }}"))
                .isEqualTo("table ['mills'] dev main duckdb mill");
    }

    @Test
    void models_know_themselves() {
        project.model(
                "self",
                "{{ config(meta={'owner': 'ann'}) }} select '{{ this }}' as a, '{{ model.name }} {{ model.config.meta.owner }}' as b,"
                        + " '{{ config.get('materialized') }} {{ config.get('nothing', 'fallback') }}' as c");
        String sql = project.with((loaded, layer, warehouses, graph) ->
                new Compiler(layer).compile(new NodeId(NodeKind.MODEL, "mill", "self")));
        assertThat(sql).contains("'\"mill\".\"main\".\"self\"' as a", "'self ann' as b", "'view fallback' as c");
    }

    @Test
    void python_modules_and_data_functions_are_there() {
        assertThat(
                        text(
                                "{{ modules.datetime.date(2020, 1, 31).isoformat() }} {{ modules.re.sub('a', 'b', 'aa') }} "
                                        + "{{ tojson({'a': [1, none]}) }} {{ fromjson('[1]')[0] }} {{ fromyaml('a: [x, 2]')['a'][1] }} "
                                        + "{{ toyaml({'a': 1}) | trim }} {{ set([1, 1]) | length }} {{ zip([1], [2]) | list }} {{ local_md5('a') }}"))
                .isEqualTo("2020-01-31 bb {\"a\": [1, null]} 1 2 a: 1 1 [(1, 2)] 0cc175b9c0f1b6a831c399e269772661");
    }

    @Test
    void the_run_is_described() {
        assertThat(
                        text(
                                "{{ run_started_at.strftime('%Y') | length }} {{ invocation_id | length }} {{ flags.FULL_REFRESH }} "
                                        + "{{ execute }} {{ dbt_version.split('.')[0] }} {{ builtins.ref('grain').identifier }} {{ context['project_name'] }}"))
                .isEqualTo("4 36 False True 1 grain mill");
    }

    @Test
    void a_project_may_wrap_ref() {
        project.file(
                "macros/ref.sql",
                "{% macro ref(name) %}{{ return(builtins.ref(name).include(database=false)) }}{% endmacro %}");
        assertThat(text("{{ ref('grain') }}")).isEqualTo("\"main\".\"grain\"");
    }

    @Test
    void what_a_model_logs_is_heard() {
        project.model(
                "loud",
                "{{ log('grinding', info=true) }}{% do exceptions.warn('dusty') %} select 1 as n"
                        + "{% if execute %}{% do run_query('select 1 as a, null as b').print_table() %}{% endif %}");
        assertThat(project.build().succeeded().messages()).contains("grinding", "dusty", "| a | b |\n| 1 | None |");
    }

    @Test
    void dbt_utils_writes_sql_that_runs() {
        project.model("pieces", """
                        select {{ dbt_utils.generate_surrogate_key(['id', 'power']) }} as key,
                          {{ dbt_utils.star(source('raw', 'mills'), except=['since', 'rate']) }},
                          {{ dbt_utils.safe_divide('1', 'id - 1') }} as part,
                          {{ dbt_utils.pivot('power', dbt_utils.get_column_values(source('raw', 'mills'), 'power', order_by='1')) }}
                        from {{ source('raw', 'mills') }} {{ dbt_utils.group_by(4) }}
                        """)
                .model("days", "{{ dbt_utils.date_spine('day', \"'2020-01-01'\", \"'2020-01-04'\") }}")
                .model(
                        "united",
                        "{{ dbt_utils.union_relations([source('raw', 'mills'), ref('days')], source_column_name=none) }}")
                .build()
                .succeeded();
        assertThat(project.rows("select count(*), count(distinct key), min(length(key)) from pieces"))
                .containsExactly("[2, 2, 32]");
        assertThat(project.rows("select count(*), min(date_day)::date from days"))
                .containsExactly("[3, 2020-01-01]");
        assertThat(project.rows("select count(id), count(date_day) from united"))
                .containsExactly("[2, 3]");
    }

    @Test
    void an_inline_query_can_be_looked_at() {
        long rows = project.with((loaded, layer, warehouses, graph) -> {
            Compiler compiler = new Compiler(layer);
            return (long) compiler.preview(compiler.compileInline("select * from {{ source('raw', 'mills') }};"), 1)
                    .rows()
                    .size();
        });
        assertThat(rows).isEqualTo(1);
    }
}
