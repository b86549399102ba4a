package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnitTestsTest {
    private static final String TOTALS = "unit_test.mill.totals.adds_up";

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder)
                .file("models/sources.yml", "sources: [{name: yard, schema: main, tables: [{name: sacks}]}]")
                .sql("create table sacks as select 1 as id, 'rye' as kind, 2.5::decimal(8, 2) as kg,"
                        + " date '2026-01-01' as weighed")
                .model("mills", "select 1 as mill_id, 'wind' as power")
                .model(
                        "totals",
                        "select kind, sum(kg) as kg, count(*) as n from {{ source('yard', 'sacks') }}"
                                + " where weighed >= '{{ var('since', '2000-01-01') }}' group by kind");
    }

    private TestProject tests(String yaml) {
        return project.file("models/tests.yml", "unit_tests:\n" + yaml.indent(2));
    }

    @Test
    void a_model_that_gives_the_expected_rows_is_built_after_its_test() {
        tests("""
                - name: adds_up
                  model: totals
                  given:
                    - input: source('yard', 'sacks')
                      rows:
                        - {id: 1, kind: rye, kg: 1.25, weighed: 2026-01-01}
                        - {id: 2, kind: rye, kg: 2, weighed: 2026-01-02}
                        - {id: 3, kind: "miller's", kg: null, weighed: 2026-01-03}
                  expect:
                    rows:
                      - {kind: "miller's", kg: null}
                      - {kind: rye, kg: 3.25}
                """);
        TestProject.Outcome outcome = project.build().succeeded();
        assertThat(outcome.status(TOTALS)).isEqualTo(Status.PASS);
        assertThat(outcome.result().nodes().stream()
                        .map(node -> node.node().id().toString()))
                .containsSubsequence(TOTALS, "model.mill.totals");
        assertThat(project.read("target/compiled/mill/models/tests.yml/totals.adds_up.sql"))
                .contains("__dbt__cte__yard__sacks");
    }

    @Test
    void the_first_that_fails_skips_the_others_of_its_model() {
        tests("""
                - {name: adds_up, model: mills, given: [], expect: {rows: [{mill_id: 2}]}}
                - {name: has_wind, model: mills, given: [], expect: {rows: [{power: wind}]}}
                """);
        TestProject.Outcome outcome = project.build();
        assertThat(outcome.status("unit_test.mill.mills.adds_up")).isEqualTo(Status.FAIL);
        assertThat(outcome.status("unit_test.mill.mills.has_wind")).isEqualTo(Status.SKIPPED);
        assertThat(outcome.status("model.mill.mills")).isEqualTo(Status.SKIPPED);
    }

    @Test
    void rows_kept_in_sql_files_are_no_tests() {
        project.file("tests/fixtures/sacks.sql", "select 'rye' as kind");
        assertThat(project.build().result().nodes())
                .noneMatch(node -> node.node().name().equals("sacks"));
    }

    @Test
    void a_failing_test_shows_the_difference_and_skips_its_model() {
        tests("""
                - name: adds_up
                  model: totals
                  given:
                    - input: source('yard', 'sacks')
                      rows:
                        - {kind: rye, kg: 1.25, weighed: 2026-01-01}
                        - {kind: oat, kg: 2, weighed: 2026-01-01}
                        - {kind: corn, kg: 3, weighed: 2026-01-01}
                  expect:
                    rows:
                      - {kind: rye, kg: 1.5, n: 1}
                      - {kind: oat, kg: 2, n: 1}
                      - {kind: wheat, kg: 8, n: 4}
                """);
        project.model("reader", "select * from {{ ref('totals') }}");
        TestProject.Outcome outcome = project.build();
        assertThat(outcome.status(TOTALS)).isEqualTo(Status.FAIL);
        assertThat(outcome.node(TOTALS).message()).isEqualTo("""
                actual differs from expected:

                @@ ,kind ,kg       ,n
                →  ,rye  ,1.50→1.25,1
                ---,wheat,8.00     ,4
                +++,corn ,3.00     ,1
                   ,oat  ,2.00     ,1""");
        assertThat(outcome.node(TOTALS).failures()).hasValue(1);
        assertThat(outcome.status("model.mill.totals")).isEqualTo(Status.SKIPPED);
        assertThat(outcome.status("model.mill.reader")).isEqualTo(Status.SKIPPED);
        assertThat(outcome.status("model.mill.mills")).isEqualTo(Status.SUCCESS);
    }

    @Test
    void rows_come_as_csv_in_place_or_in_a_file_and_as_queries() {
        project.file("tests/fixtures/two_sacks.csv", "kind,kg,weighed\nrye,1,2026-01-01\n\"rye\",,2026-01-01\n")
                .file("tests/fixtures/nothing.sql", "select 'none' as kind where false");
        tests("""
                - name: adds_up
                  model: totals
                  given:
                    - input: source('yard', 'sacks')
                      format: csv
                      fixture: two_sacks
                  expect:
                    format: csv
                    rows: |
                      kind,kg,n
                      rye,1,2
                - name: of_a_query
                  model: totals
                  given:
                    - input: source('yard', 'sacks')
                      format: sql
                      rows: select 'rye' as kind, 1 as kg, '2026-01-01' as weighed
                  expect:
                    format: sql
                    rows: select 'rye' as kind, 1 as n
                - name: of_nothing
                  model: totals
                  given:
                    - input: source('yard', 'sacks')
                      rows: []
                  expect:
                    format: sql
                    fixture: nothing
                - name: expects_nothing
                  model: totals
                  given: [{input: "source('yard', 'sacks')", rows: []}]
                  expect: {rows: []}
                """);
        project.build().succeeded();
    }

    @Test
    void macros_vars_and_the_environment_can_be_others() {
        project.file("macros/unit.sql", "{% macro grams() %}1000{% endmacro %}")
                .model(
                        "grams",
                        "select kg * {{ grams() }} as g, '{{ var('site') }}' as site,"
                                + " '{{ env_var('MILL_ZONE', 'none') }}' as zone, {{ dbt.type_int() }}(1) as one"
                                + " from {{ source('yard', 'sacks') }}")
                .vars(java.util.Map.of("site", "real"));
        tests("""
                - name: with_others
                  model: grams
                  given:
                    - input: source('yard', 'sacks')
                      rows: [{kg: 2}]
                  overrides:
                    macros: {grams: 10, dbt.type_int: abs}
                    vars: {site: test}
                    env_vars: {MILL_ZONE: north}
                  expect:
                    rows: [{g: 20, site: test, zone: north, one: 1}]
                """);
        TestProject.Outcome outcome = project.build(node -> node.id().toString().startsWith("unit_test"));
        outcome.succeeded();
    }

    @Test
    void an_incremental_model_is_tested_on_what_is_there() {
        project.model(
                "latest",
                "{{ config(materialized='incremental') }} select id, weighed from {{ source('yard', 'sacks') }}"
                        + "{% if is_incremental() %} where weighed > (select max(weighed) from {{ this }}){% endif %}");
        tests("""
                - name: first_time
                  model: latest
                  given:
                    - input: source('yard', 'sacks')
                      rows: [{id: 1, weighed: 2026-01-01}, {id: 2, weighed: 2026-02-01}]
                  expect:
                    rows: [{id: 1}, {id: 2}]
                - name: only_newer
                  model: latest
                  overrides: {macros: {is_incremental: true}}
                  given:
                    - input: source('yard', 'sacks')
                      rows: [{id: 1, weighed: 2026-01-01}, {id: 2, weighed: 2026-02-01}]
                    - input: this
                      rows: [{weighed: 2026-01-15}]
                  expect:
                    rows: [{id: 2, weighed: 2026-02-01}]
                """);
        project.build().succeeded();
        project.build().succeeded();
    }

    @Test
    void inputs_are_models_ephemeral_ones_and_seeds_with_their_own_rows() {
        project.file("seeds/powers.csv", "power,watts\nwind,5\n")
                .model("strong", "{{ config(materialized='ephemeral') }} select mill_id, power from {{ ref('mills') }}")
                .model(
                        "watts",
                        "with m as (select * from {{ ref('strong') }}) select m.mill_id, p.watts"
                                + " from m join {{ ref('powers') }} p using (power)");
        tests("""
                - name: joins
                  model: watts
                  given:
                    - input: ref('strong')
                      rows: [{mill_id: 7, power: wind}, {mill_id: 8, power: steam}]
                    - input: ref('powers')
                  expect:
                    rows: [{mill_id: 7, watts: 5}]
                - name: of_an_ephemeral_model
                  model: strong
                  given:
                    - input: ref('mills')
                      rows: [{mill_id: 3}]
                  expect:
                    rows: [{mill_id: 3, power: null}]
                - name: off
                  model: watts
                  config: {enabled: false}
                  given: []
                  expect: {rows: []}
                """);
        TestProject.Outcome outcome = project.build().succeeded();
        assertThat(outcome.result().nodes().stream()
                        .map(node -> node.node().id().toString())
                        .filter(id -> id.startsWith("unit_test")))
                .containsExactlyInAnyOrder("unit_test.mill.watts.joins", "unit_test.mill.strong.of_an_ephemeral_model");
    }

    @Test
    void an_input_without_rows_is_an_error() {
        tests("""
                - name: adds_up
                  model: totals
                  given: []
                  expect: {rows: []}
                """);
        TestProject.Outcome outcome = project.build();
        assertThat(outcome.status(TOTALS)).isEqualTo(Status.ERROR);
        assertThat(outcome.node(TOTALS).message()).contains("source('yard', 'sacks')");
    }

    @Test
    void a_column_that_is_not_there_is_named_at_its_rows() {
        tests("""
                - name: adds_up
                  model: totals
                  given:
                    - input: source('yard', 'sacks')
                      rows: [{kilos: 1}]
                  expect: {rows: []}
                """);
        MillraceException failure =
                java.util.Objects.requireNonNull(project.build().node(TOTALS).failure());
        assertThat(failure.text()).contains("'kilos'").contains("id, kind, kg, weighed");
        assertThat(failure.position().orElseThrow().file()).isEqualTo("models/tests.yml");
    }

    @Test
    void mistakes_are_found_before_anything_runs() {
        tests("""
                - name: lost
                  model: total
                  given: []
                  expect: {rows: []}
                """);
        assertThatThrownBy(project::graph).isInstanceOfSatisfying(MillraceException.class, problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.REF_NOT_FOUND);
            assertThat(problem.text()).contains("'total'");
            assertThat(problem.hint()).isNotNull();
            assertThat(problem.position().orElseThrow().line()).isEqualTo(3);
        });
    }
}
