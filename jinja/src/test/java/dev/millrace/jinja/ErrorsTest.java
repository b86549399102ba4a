package dev.millrace.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ErrorsTest {
    private static JinjaException failure(String source, Map<String, Object> names) {
        return catchThrowableOfType(
                JinjaException.class,
                () -> JinjaEnvironment.standard().compile(source, "m.sql").render(Globals.of(names)));
    }

    @Test
    void an_error_tells_line_and_column() {
        JinjaException error = failure("select\n  {{ 1 +\n  missing.name }}", Map.of());
        assertThat(error.describe()).isEqualTo("UndefinedError: 'missing' is undefined (m.sql:3:11)");
    }

    @Test
    void a_syntax_error_tells_what_was_expected() {
        JinjaException error = failure("a\n{% if x %}\n{{ (1, 2 }}", Map.of());
        assertThat(error.kind()).isEqualTo(JinjaException.Kind.SYNTAX);
        assertThat(error).hasMessage("unexpected '}', expected ')'");
        assertThat(error.line()).isEqualTo(3);
        assertThat(error.column()).isEqualTo(10);
    }

    @Test
    void a_host_may_tolerate_unknown_names_and_hears_of_their_uses() {
        List<String> uses = new ArrayList<>();
        Globals tolerant = new Globals() {
            @Override
            public @Nullable Object lookup(String name) {
                return null;
            }

            @Override
            public Undefined unknown(Undefined undefined) {
                return undefined.tolerated((used, place) -> uses.add(used.name() + " " + place));
            }
        };
        String source = "{{ f(1) }}{{ range(2) | list }}{{ g is defined }}{% for x in h(2) %}{{ x }}{% endfor %}";

        String text = JinjaEnvironment.standard().compile(source, "m.sql").render(tolerant);

        assertThat(text).isEqualTo("[0, 1]False");
        assertThat(uses).containsExactly("f m.sql:1:4", "h m.sql:1:62");
    }

    @Test
    void an_open_block_is_named() {
        assertThat(failure("{% for x in y %}{% if x %}", Map.of()))
                .hasMessage("Unexpected end of template. Jinja was looking for the following tags: 'elif' or 'else' or"
                        + " 'endif'. The innermost block that needs to be closed is 'if'.");
    }

    @Test
    void tags_dbt_lacks_are_refused_by_name() {
        assertThat(failure("{% include 'x' %}", Map.of()))
                .hasMessage("The tag 'include' is not available in dbt templates.");
    }

    @Test
    void the_macro_stack_is_kept_innermost_first() {
        String source = "{% macro a() %}{{ b() }}{% endmacro %}\n{% macro b() %}{{ 1 / 0 }}{% endmacro %}\n{{ a() }}";
        JinjaException error = failure(source, Map.of());
        assertThat(error.kind()).isEqualTo(JinjaException.Kind.ZERO_DIVISION);
        assertThat(error.macroStack())
                .containsExactly(
                        new MacroFrame("b", new Position("m.sql", 1, 19), ""),
                        new MacroFrame("a", new Position("m.sql", 3, 4), ""));
        assertThat(error.position()).contains(new Position("m.sql", 2, 19));
    }

    @Test
    void the_macro_stack_tells_the_arguments_of_each_call_in_short() {
        String source = "{% macro a(x, y=2) %}{{ 1 / 0 }}{{ kwargs }}{{ varargs }}{% endmacro %}"
                + "{{ a('t' * 100, [1, 2, {'k': [3, [4, [5]]]}, 6], 7, z=none, u=nowhere) }}";
        assertThat(failure(source, Map.of()).macroStack().get(0).arguments())
                .isEqualTo("x='" + "t".repeat(60) + "'…, y=[1, 2, {'k': [3, […]]}, …], 7, z=None, u=undefined nowhere");
    }

    @Test
    void a_hosts_exception_is_the_cause() {
        IllegalStateException thrown = new IllegalStateException("relation is gone");
        JinjaException error = failure(
                "{% set x = boom() %}",
                Map.of("boom", Functions.of("boom", "", a -> {
                    throw thrown;
                })));
        assertThat(error).hasCause(thrown).hasMessage("relation is gone");
        assertThat(error.kind()).isEqualTo(JinjaException.Kind.HOST);
        assertThat(error.column()).isEqualTo(12);
    }

    @Test
    void arguments_of_host_functions_are_checked_as_python_does() {
        Map<String, Object> names = Map.of("f", Functions.of("f", "x, y=1, *, z=2", a -> a.get("x")));
        assertThat(failure("{{ f() }}", names)).hasMessage("f() missing 1 required positional argument: 'x'");
        assertThat(failure("{{ f(1, q=2) }}", names)).hasMessage("f() got an unexpected keyword argument 'q'");
        assertThat(failure("{{ f(1, x=2) }}", names)).hasMessage("f() got multiple values for argument 'x'");
        assertThat(failure("{{ f(1, 2, 3) }}", names))
                .hasMessage("f() takes from 1 to 2 positional arguments but 3 were given");
    }

    @Test
    void return_outside_of_a_macro_is_an_error() {
        assertThat(failure("{{ return(1) }}", Map.of())).hasMessage("return() is only possible inside a macro");
    }
}
