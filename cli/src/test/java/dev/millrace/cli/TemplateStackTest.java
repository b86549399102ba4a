package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Terminal.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an error in a macro tells of the macros that were running. */
class TemplateStackTest {
    @TempDir
    private Path folder;

    private SmallProject project;

    @BeforeEach
    void makeProject() throws IOException {
        project = SmallProject.in(folder).file("macros/fees.sql", """
                        {% macro fee(days, rate=2) %}
                          {{ checked(days, rates=[1, 2, 3, 4], rate=rate) }}
                        {% endmacro %}
                        {% macro checked(days, rates, rate) %}
                          {% if rate not in rates %}{{ exceptions.raise_compiler_error("no rate " ~ rate) }}{% endif %}
                          {{ days * rate }}
                        {% endmacro %}
                        """);
    }

    private Said run(String... arguments) {
        return new Terminal(folder, Map.of("DBT_ENV_SECRET_KEY", "hush-hush")).run(arguments);
    }

    @Test
    void each_macro_is_named_with_its_arguments_and_where_it_was_called() throws IOException {
        project.model("loans", "select 1 as id,\n  {{ fee('days', rate=9) }} as fee");

        String error = run("parse").err();

        assertThat(error)
                .contains("error[TEMPLATE_FAILED]: no rate 9")
                .contains("--> macros/fees.sql:5:")
                .containsSubsequence(
                        "macros: (innermost first)",
                        "checked(days='days', rates=[1, 2, 3, …], rate=9)",
                        "called at macros/fees.sql:2:",
                        "fee(days='days', rate=9)",
                        "called at models/loans.sql:2:6");
    }

    @Test
    void a_wrong_type_and_a_wrong_argument_tell_the_same() throws IOException {
        project.model("loans", "select {{ fee(none) }}").model("other", "select {{ fee(1, 2, 3) }}");

        String error = run("parse").err();

        assertThat(error)
                .contains("unsupported operand type(s) for *: 'NoneType' and 'int'")
                .contains("fee(days=None)")
                .contains("macro 'fee' takes not more than 2 argument(s)")
                .contains("fee(days=1, rate=2, 3)")
                .contains("2 problems");
    }

    @Test
    void a_statement_that_fails_in_a_macro_points_at_its_call() throws IOException {
        project.file("macros/ask.sql", "{% macro ask(q) %}\n{% set r = run_query(q) %}{% endmacro %}")
                .model("loans", "select 1 as id {{ ask('select nowhere') if execute }}");

        Said said = run("run");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains("error[SQL_FAILED]")
                .contains("--> macros/ask.sql:2:")
                .contains("ask(q='select nowhere')")
                .contains("called at models/loans.sql:1:");
    }

    @Test
    void an_operation_and_a_test_and_a_hook_have_stacks_too() throws IOException {
        project.model("loans", "{{ config(post_hook='{{ fee(1, 7) if execute }}') }} select 1 as id")
                .file(
                        "tests/generic/odd.sql",
                        "{% test odd(model, column_name) %}{{ fee(column_name, 8) if execute }}{% endtest %}")
                .file("models/all.yml", "models: [{name: loans, columns: [{name: id, tests: [odd]}]}]");

        assertThat(run("run-operation", "fee", "--args", "{days: 1, rate: 6}").out())
                .contains("no rate 6")
                .contains("checked(days=1, rates=[1, 2, 3, …], rate=6)");
        assertThat(run("compile", "--select", "test_type:generic").err())
                .contains("fee(days='id', rate=8)")
                .contains("called at tests/generic/odd.sql:1:");
        assertThat(run("run").out()).contains("no rate 7").contains("fee(days=1, rate=7)");
    }

    @Test
    void secrets_are_not_shown() throws IOException {
        project.model("loans", "select {{ fee(1, env_var('DBT_ENV_SECRET_KEY')) }}");

        String error = run("parse").err();

        assertThat(error).contains("no rate *****").contains("rate='*****'").doesNotContain("hush");
    }

    @Test
    void the_json_log_has_the_stack() throws IOException {
        project.model("loans", "{% if execute %}{{ fee(1, 5) }}{% endif %} select 1");

        assertThat(run("run", "--log-format", "json").out())
                .contains(
                        "\"stack\":[{\"call\":\"checked(days=1, rates=[1, 2, 3, …], rate=5)\",\"file\":\"macros/fees.sql\",\"line\":2");
    }
}
