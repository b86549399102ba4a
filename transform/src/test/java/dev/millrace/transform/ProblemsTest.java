package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.ProblemsException;
import dev.millrace.core.graph.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProblemsTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder);
    }

    private MillraceException problem() {
        return catchThrowableOfType(MillraceException.class, () -> project.graph());
    }

    /** The only one, of a project that is sound. */
    private MillraceException warning() {
        List<MillraceException> warnings = project.with((loaded, layer, warehouses, graph) -> layer.warnings());
        assertThat(warnings).hasSize(1);
        return warnings.get(0);
    }

    @Test
    void an_unknown_ref_is_named_with_its_place_and_a_suggestion() {
        project.model("grain", "select 1").model("flour", "\n  select * from {{ ref('grein') }}");
        MillraceException problem = problem();
        assertThat(problem.code()).isEqualTo(ErrorCode.REF_NOT_FOUND);
        assertThat(problem.position()).hasToString("Optional[models/flour.sql:2:20]");
        assertThat(problem.hint()).contains("Did you mean 'grain'?");
    }

    @Test
    void an_undeclared_source_is_named_with_its_place() {
        project.model("flour", "select * from {{ source('raw', 'sacks') }}");
        MillraceException problem = problem();
        assertThat(problem.code()).isEqualTo(ErrorCode.SOURCE_NOT_FOUND);
        assertThat(problem.position()).hasToString("Optional[models/flour.sql:1:18]");
    }

    @Test
    void an_unknown_macro_is_named_with_a_suggestion() {
        project.file("macros/weigh.sql", "{% macro weigh(kg) %}{{ kg }}{% endmacro %}")
                .model("flour", "select {{ wegh(3) }}");
        MillraceException problem = warning();
        assertThat(problem.code()).isEqualTo(ErrorCode.MACRO_NOT_FOUND);
        assertThat(problem.position()).hasToString("Optional[models/flour.sql:1:11]");
        assertThat(problem.hint().orElseThrow()).contains("Did you mean 'weigh'?");
    }

    @Test
    void an_unknown_macro_of_a_package_is_named() {
        project.model("flour", "select {{ dbt_utils.starr(1) }}");
        assertThat(warning()).hasMessageContaining("package 'dbt_utils' has no macro 'starr'");
    }

    @Test
    void only_the_node_that_comes_to_an_unknown_macro_fails() {
        project.file("macros/m.sql", "{% macro outer() %}{{ inner().x[1] }}{% endmacro %}")
                .file("tests/generic/heavy.sql", "{% test heavy(model) %}select {{ wegh(1) }}{% endtest %}")
                .file("models/all.yml", "models: [{name: good, tests: [heavy]}]")
                .model("good", "select 1 as kg")
                .model(
                        "unreached",
                        "{% if not execute %}{{ wegh(3) }}{% endif %} select {{ 1 if wegh is defined else 2 }} as kg")
                .model("called", "select {{ outer() }}")
                .model("after", "select * from {{ ref('called') }}");

        TestProject.Outcome result = project.build();

        assertThat(result.status("model.mill.good")).isEqualTo(Status.SUCCESS);
        assertThat(result.status("model.mill.unreached")).isEqualTo(Status.SUCCESS);
        assertThat(result.status("model.mill.after")).isEqualTo(Status.SKIPPED);
        assertThat(result.node("test.mill.heavy_good_").error().orElseThrow().code())
                .isEqualTo(ErrorCode.MACRO_NOT_FOUND);
        MillraceException failure = result.node("model.mill.called").error().orElseThrow();
        assertThat(failure.code()).isEqualTo(ErrorCode.MACRO_NOT_FOUND);
        assertThat(failure.position()).hasToString("Optional[macros/m.sql:1:23]");
    }

    @Test
    void a_ref_of_a_model_that_is_broken_is_no_further_problem() {
        project.model("flour", "{% if %}")
                .model("bread", "select * from {{ ref('flour') }}")
                .file("models/all.yml", "unit_tests: [{name: u, model: flour, given: [], expect: {rows: []}}]");
        MillraceException problem = problem();
        assertThat(problem.code()).isEqualTo(ErrorCode.TEMPLATE_SYNTAX);
        assertThat(problem).isNotInstanceOf(ProblemsException.class);
    }

    @Test
    void a_broken_template_is_named_with_its_place() {
        project.model("flour", "select 1\n{% if %}");
        MillraceException problem = problem();
        assertThat(problem.code()).isEqualTo(ErrorCode.TEMPLATE_SYNTAX);
        assertThat(problem.position().orElseThrow().line()).isEqualTo(2);
    }

    @Test
    void an_unknown_test_is_named_with_its_place_and_a_suggestion() {
        project.model("flour", "select 1 as kg")
                .file(
                        "models/flour.yml",
                        "models:\n  - name: flour\n    columns:\n      - name: kg\n        tests: [uniqe]");
        MillraceException problem = problem();
        assertThat(problem.code()).isEqualTo(ErrorCode.MACRO_NOT_FOUND);
        assertThat(problem.position()).hasToString("Optional[models/flour.yml:5:17]");
        assertThat(problem.hint()).contains("Did you mean 'unique'?");
    }

    @Test
    void the_target_of_a_relationship_that_does_not_exist_is_named() {
        project.model("flour", "select 1 as kg")
                .file(
                        "models/flour.yml",
                        "models:\n  - name: flour\n    columns:\n      - name: kg\n        tests:\n"
                                + "          - relationships: {to: ref('grain'), field: kg}");
        MillraceException problem = problem();
        assertThat(problem.code()).isEqualTo(ErrorCode.REF_NOT_FOUND);
        assertThat(problem.position()).hasToString("Optional[models/flour.yml:6:33]");
    }

    @Test
    void all_problems_are_reported_together() {
        project.model("a", "select * from {{ ref('x') }}")
                .model("b", "{{ nothing() + 1 }}")
                .model("c", "{% for %}")
                .file("models/bad.yml", "models: [{nam: a}]");
        MillraceException problem = problem();
        assertThat(problem).isInstanceOf(ProblemsException.class);
        assertThat(((ProblemsException) problem).problems())
                .extracting(MillraceException::code)
                .contains(
                        ErrorCode.REF_NOT_FOUND,
                        ErrorCode.MACRO_NOT_FOUND,
                        ErrorCode.TEMPLATE_SYNTAX,
                        ErrorCode.CONFIG_MISSING);
    }

    @Test
    void a_ref_to_a_disabled_model_says_so() {
        project.model("off", "{{ config(enabled=false) }} select 1").model("on", "select * from {{ ref('off') }}");
        assertThat(problem()).hasMessageContaining("which is disabled");
    }

    @Test
    void two_models_of_one_name_are_refused() {
        project.model("a/flour", "select 1").model("b/flour", "select 2");
        assertThat(problem().code()).isEqualTo(ErrorCode.NODE_DUPLICATE);
    }

    @Test
    void an_error_of_the_engine_is_shown_at_its_line_in_the_model() {
        project.model("flour", "select 1 as a,\n  {{ 1 + 1 }} as b,\n  no_such_column as c");
        MillraceException failure =
                project.build().node("model.mill.flour").error().orElseThrow();
        assertThat(failure.code()).isEqualTo(ErrorCode.SQL_FAILED);
        assertThat(failure.position()).hasToString("Optional[models/flour.sql:3:3]");
        assertThat(failure.hint()).contains("The compiled SQL is in target/compiled/mill/models/flour.sql.");
    }

    @Test
    void an_error_in_a_macro_shows_the_macros_that_were_running() {
        project.file(
                        "macros/m.sql",
                        "{% macro outer() %}{{ inner() }}{% endmacro %}\n{% macro inner() %}{{ exceptions.raise_compiler_error('too wet') }}{% endmacro %}")
                .model("flour", "select {{ outer() }}");
        MillraceException problem = problem();
        assertThat(problem).hasMessageContaining("too wet");
        assertThat(problem.position()).hasToString("Optional[macros/m.sql:2:34]");
        assertThat(problem.templateStack())
                .extracting(frame -> frame.call() + " " + frame.calledAt())
                .containsExactly("inner() macros/m.sql:1:23", "outer() models/flour.sql:1:11");
    }

    @Test
    void a_ref_that_only_shows_at_run_time_asks_for_a_hint() {
        project.model("grain", "select 1 as n")
                .model("flour", "select * from {% if execute %}{{ ref('grain') }}{% else %}x{% endif %}");
        MillraceException failure =
                project.build().node("model.mill.flour").error().orElseThrow();
        assertThat(failure.hint().orElseThrow()).contains("-- depends_on: {{ ref('grain') }}");
    }

    @Test
    void properties_of_a_model_without_a_file_are_a_warning() {
        project.model("grain", "select 1 as n").file("models/m.yml", "models: [{name: grein}]");
        List<MillraceException> warnings = project.with((loaded, layer, warehouses, graph) -> layer.warnings());
        assertThat(warnings)
                .singleElement()
                .satisfies(warning -> assertThat(warning.hint()).contains("Did you mean 'grain'?"));
    }

    @Test
    void an_unknown_materialization_is_an_error_with_a_suggestion() {
        project.model("flour", "{{ config(materialized='tabl') }} select 1 as n");
        MillraceException failure =
                project.build().node("model.mill.flour").error().orElseThrow();
        assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
        assertThat(failure.hint()).contains("Did you mean 'table'?");
    }
}
