package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.graph.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GenericTestsTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder)
                .model("mills", "select * from (values (1, 'wind'), (2, 'water'), (3, 'water')) t(mill_id, power)")
                .model("sacks", "select * from (values (1, 1, 5), (2, 2, -5), (2, 9, null)) t(sack_id, mill_id, kg)");
    }

    private TestProject sackTest(String column, String test) {
        return project.file(
                "models/sacks.yml",
                "models:\n  - name: sacks\n    columns:\n      - name: " + column
                        + "\n        data_tests:\n          - " + test + "\n");
    }

    @Test
    void unique_counts_values_that_come_twice() {
        TestProject.Outcome outcome = sackTest("sack_id", "unique").build();
        assertThat(outcome.status("test.mill.unique_sacks_sack_id")).isEqualTo(Status.FAIL);
        assertThat(outcome.node("test.mill.unique_sacks_sack_id").message())
                .isEqualTo("Got 1 result, configured to fail if != 0");
    }

    @Test
    void not_null_passes_and_fails() {
        assertThat(sackTest("kg", "not_null").build().status("test.mill.not_null_sacks_kg"))
                .isEqualTo(Status.FAIL);
        assertThat(sackTest("sack_id", "not_null").build().status("test.mill.not_null_sacks_sack_id"))
                .isEqualTo(Status.PASS);
    }

    @Test
    void accepted_values_are_quoted_unless_told_otherwise() {
        project.file(
                "models/mills.yml",
                "models: [{name: mills, columns: [{name: power, tests: [{accepted_values: {values: [wind]}}]},"
                        + " {name: mill_id, tests: [{accepted_values: {values: [1, 2, 3], quote: false}}]}]}]");
        TestProject.Outcome outcome = project.build();
        assertThat(outcome.status("test.mill.accepted_values_mills_power__wind"))
                .isEqualTo(Status.FAIL);
        assertThat(outcome.status("test.mill.accepted_values_mills_mill_id__False__1__2__3"))
                .isEqualTo(Status.PASS);
    }

    @Test
    void relationships_find_keys_without_a_partner() {
        TestProject.Outcome outcome = sackTest("mill_id", "relationships: {to: ref('mills'), field: mill_id}")
                .build();
        assertThat(outcome.node("test.mill.relationships_sacks_mill_id__mill_id__ref_mills_")
                        .failures()
                        .getAsLong())
                .isEqualTo(1);
        assertThat(outcome.graph()
                        .parents(outcome.node("test.mill.relationships_sacks_mill_id__mill_id__ref_mills_")
                                .node()
                                .id()))
                .hasSize(2);
    }

    @Test
    void expression_is_true_works_beside_columns_and_models_without_the_package() {
        project.file("models/sacks.yml", """
            models:
              - name: sacks
                tests:
                  - dbt_utils.expression_is_true: {expression: 'kg is not null'}
                columns:
                  - name: kg
                    tests:
                      - dbt_utils.expression_is_true: {expression: '>= 0'}
            """);
        TestProject.Outcome outcome = project.build();
        assertThat(outcome.status("test.mill.dbt_utils_expression_is_true_sacks_kg___0"))
                .isEqualTo(Status.FAIL);
        assertThat(outcome.status("test.mill.dbt_utils_expression_is_true_sacks_kg_is_not_null"))
                .isEqualTo(Status.FAIL);
    }

    @Test
    void severity_warn_lets_what_is_downstream_run() {
        project.model("bread", "select * from {{ ref('sacks') }}");
        TestProject.Outcome outcome = sackTest("sack_id", "unique: {config: {severity: warn}}")
                .build()
                .succeeded();
        assertThat(outcome.status("test.mill.unique_sacks_sack_id")).isEqualTo(Status.WARN);
        assertThat(outcome.status("model.mill.bread")).isEqualTo(Status.SUCCESS);
    }

    @Test
    void a_failed_test_holds_back_what_is_downstream() {
        project.model("bread", "select * from {{ ref('sacks') }}");
        TestProject.Outcome outcome = sackTest("sack_id", "unique").build();
        assertThat(outcome.status("model.mill.bread")).isEqualTo(Status.SKIPPED);
    }

    @Test
    void thresholds_decide_between_pass_warn_and_fail() {
        String test = "dbt_utils.expression_is_true: {expression: '= 1', config: {warn_if: '>0', error_if: '>5'}}";
        TestProject.Outcome outcome = sackTest("sack_id", test).build();
        assertThat(outcome.node("test.mill.dbt_utils_expression_is_true_sacks_sack_id___1")
                        .message())
                .isEqualTo("Got 2 results, configured to warn if >0");
    }

    @Test
    void a_test_that_passes_within_its_threshold_counts_no_failures() {
        String test = "dbt_utils.expression_is_true: {expression: '= 1', config: {warn_if: '>2', error_if: '>5'}}";
        TestProject.Outcome outcome = sackTest("sack_id", test).build();
        assertThat(outcome.node("test.mill.dbt_utils_expression_is_true_sacks_sack_id___1"))
                .satisfies(node -> assertThat(node.status()).isEqualTo(Status.PASS))
                .satisfies(node -> assertThat(node.failures()).hasValue(0));
    }

    @Test
    void where_and_limit_narrow_the_test() {
        TestProject.Outcome outcome =
                sackTest("kg", "not_null: {config: {where: 'sack_id = 1'}}").build();
        assertThat(outcome.status("test.mill.not_null_sacks_kg")).isEqualTo(Status.PASS);
        outcome = sackTest("sack_id", "dbt_utils.expression_is_true: {expression: '= 9', limit: 1}")
                .build();
        assertThat(outcome.node("test.mill.dbt_utils_expression_is_true_sacks_sack_id___9")
                        .failures()
                        .getAsLong())
                .isEqualTo(1);
    }

    @Test
    void fail_calc_says_how_failures_are_counted() {
        TestProject.Outcome outcome = sackTest("sack_id", "unique: {config: {fail_calc: sum(n_records)}}")
                .build();
        assertThat(outcome.node("test.mill.unique_sacks_sack_id").failures().getAsLong())
                .isEqualTo(2);
    }

    @Test
    void store_failures_keeps_the_rows() {
        sackTest("sack_id", "unique: {config: {store_failures: true}}").build();
        assertThat(project.rows("from main_dbt_test__audit.unique_sacks_sack_id"))
                .containsExactly("[2, 2]");
    }

    @Test
    void a_long_name_is_cut_and_hashed_as_dbt_does() {
        TestProject.Outcome outcome = sackTest(
                        "power_of_the_mill_in_kilowatts",
                        "accepted_values: {values: [one_long_value, another_long_value], quote: true, config:"
                                + " {enabled: true}}")
                .build();
        String id =
                "test.mill.accepted_values_sacks_power_of_the_mill_in_kilowatts__True__one_long_value__another_long_value";
        assertThat(outcome.node(id).node().config())
                .containsEntry("alias", "accepted_values_sacks_1a093bb70807a7c1561c9c6a43db0639");
        assertThat(outcome.node(id).node().id().name()).endsWith(".402d8fb0e4");
    }

    @Test
    void singular_tests_are_files_of_their_own() {
        project.file("tests/no_empty_sacks.sql", "select * from {{ ref('sacks') }} where kg is null");
        TestProject.Outcome outcome = project.build();
        assertThat(outcome.status("test.mill.no_empty_sacks")).isEqualTo(Status.FAIL);
        assertThat(outcome.node("test.mill.no_empty_sacks").node().attributes()).containsEntry("test_type", "singular");
    }

    @Test
    void a_project_may_define_tests() {
        project.file(
                "tests/generic/lighter_than.sql",
                "{% test lighter_than(model, column_name, limit_kg) %}{{ config(severity='warn') }}"
                        + "select * from {{ model }} where {{ column_name }} >= {{ limit_kg }}{% endtest %}");
        TestProject.Outcome outcome =
                sackTest("kg", "lighter_than: {arguments: {limit_kg: 3}}").build();
        assertThat(outcome.status("test.mill.lighter_than_sacks_kg__3")).isEqualTo(Status.WARN);
    }

    @Test
    void sources_are_tested_too() {
        project.sql("create schema raw; create table raw.carts as select 1 as id union all select 1")
                .file(
                        "models/raw.yml",
                        "sources: [{name: raw, tables: [{name: carts, columns: [{name: id, data_tests: [unique]}]}]}]");
        TestProject.Outcome outcome = project.build();
        assertThat(outcome.status("test.mill.source_unique_raw_carts_id")).isEqualTo(Status.FAIL);
    }

    @Test
    void a_seed_that_is_described_as_a_model_keeps_its_tests() {
        TestProject seeds = new TestProject(folder.resolve("seeds_only"))
                .file("seeds/bins.csv", "id\n1\n1\n")
                .file("seeds/all.yml", "models: [{name: bins, columns: [{name: id, data_tests: [unique]}]}]");
        assertThat(seeds.build().status("test.mill.unique_bins_id")).isEqualTo(Status.FAIL);
        assertThat(seeds.<Integer>with(
                        (loaded, layer, warehouses, graph) -> layer.warnings().size()))
                .isEqualTo(1);
    }
}
