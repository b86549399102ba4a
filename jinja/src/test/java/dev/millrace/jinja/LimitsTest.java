package dev.millrace.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    private static final JinjaEnvironment SMALL =
            JinjaEnvironment.builder().limits(new Limits(10_000, 50, 100_000)).build();

    private static JinjaException failure(String source) {
        return catchThrowableOfType(
                JinjaException.class, () -> SMALL.compile(source, "t").render(PythonGlobals.names()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
                "{% for i in range(100000) %}{% for j in range(100000) %}{% endfor %}{% endfor %}",
                "{% for i in range(5000) %}{{ 'x' * 1000 }}{% endfor %}",
                "{% set l = [1] %}{% for i in l %}{% do l.append(i) %}{% endfor %}",
                "{{ 'a' * 10 ** 12 }}",
                "{{ [0] * 10 ** 12 }}",
                "{{ 9 ** 99999999 }}",
                "{{ range(2000000000)|list }}",
                "{% for x in modules.itertools.count() %}{% endfor %}",
                "{{ modules.itertools.count()|list }}",
                "{% set l = [] %}{% do l.append(l) %}{{ l }}",
                "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
                "{{ '%1000000000d' % 1 if false else 'a'.zfill(999999999) }}",
            })
    void a_runaway_template_ends_with_an_error(String source) {
        assertThat(failure(source).kind()).isEqualTo(JinjaException.Kind.LIMIT);
    }

    @Test
    void an_interrupted_thread_stops_rendering() {
        Template template = JinjaEnvironment.standard().compile("{% for x in range(100000000) %}{% endfor %}", "t");
        Globals host = Globals.of(Map.of("range", Functions.of("range", "n", a -> {
            Thread.currentThread().interrupt();
            return Values.list(Values.fromJava(new Object[1000]));
        })));
        JinjaException error = catchThrowableOfType(JinjaException.class, () -> template.render(host));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(error).hasMessage("rendering was interrupted");
    }

    @Test
    void deeply_nested_source_is_refused() {
        String source = "{{ " + "(".repeat(5000) + "1" + ")".repeat(5000) + " }}";
        assertThat(failure(source).kind()).isEqualTo(JinjaException.Kind.SYNTAX);
        assertThat(failure("{{ " + "not ".repeat(50_000) + "1 }}")).isNull();
        assertThat(failure("{{ 1" + " + 1".repeat(50_000) + " }}").kind()).isEqualTo(JinjaException.Kind.LIMIT);
    }
}
