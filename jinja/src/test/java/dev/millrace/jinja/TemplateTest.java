package dev.millrace.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private static Template compile(String source) {
        return JinjaEnvironment.standard().compile(source, "model.sql");
    }

    @Test
    void a_single_expression_evaluates_to_its_value() {
        Globals host = Globals.of(Map.of("flag", true, "size", 3L));
        assertThat(compile("{{ flag }}").evaluate(host)).isEqualTo(true);
        assertThat(compile("{{ size + 1 }}").evaluate(host)).isEqualTo(4L);
        assertThat(compile("{{ [size, 'a'] }}").evaluate(host)).isEqualTo(PyList.of(3L, "a"));
        assertThat(compile("{{ none }}").evaluate(host)).isEqualTo(None.NONE);
        assertThat(compile("{% if flag %}{{ size }}{% endif %}").evaluate(host)).isEqualTo(3L);
    }

    @Test
    void anything_else_evaluates_to_its_text() {
        assertThat(compile("plain").evaluate(Globals.EMPTY)).isEqualTo("plain");
        assertThat(compile("").evaluate(Globals.EMPTY)).isEqualTo("");
        assertThat(compile("{{ 1 }}{{ 2 }}").evaluate(Globals.EMPTY)).isEqualTo("12");
        assertThat(compile("x{{ 1 }}").evaluate(Globals.EMPTY)).isEqualTo("x1");
    }

    @Test
    void text_turns_into_a_value_only_when_asked() {
        assertThat(compile("{{ '5' }}").evaluate(Globals.EMPTY)).isEqualTo("5");
        assertThat(compile("{{ '5' | as_number }}").evaluate(Globals.EMPTY)).isEqualTo(5L);
        assertThat(compile("{{ 'true' | as_bool }}").evaluate(Globals.EMPTY)).isEqualTo(true);
        assertThat(compile("{{ \"['a', 1]\" | as_native }}").evaluate(Globals.EMPTY))
                .isEqualTo(PyList.of("a", 1L));
        assertThat(compile("{{ '5' | as_number }}").render(Globals.EMPTY)).isEqualTo("5");
    }

    @Test
    void text_without_tags_is_constant() {
        assertThat(compile("select 1\n").isConstant()).isTrue();
        assertThat(compile("select 1\n").render(Globals.EMPTY)).isEqualTo("select 1");
        assertThat(compile("a{# note #}b").render(Globals.EMPTY)).isEqualTo("ab");
        assertThat(compile("{{ 1 }}").isConstant()).isFalse();
    }

    @Test
    void literal_calls_are_known_without_rendering() {
        Template template = compile("""
                {{ config(materialized='table', tags=['a', 'b'], meta={'k': -1}) }}
                select * from {{ ref('orders') }} join {{ source('raw', 'items') }}
                """);
        assertThat(template.hasOnlyLiteralCalls()).isTrue();
        assertThat(template.calls()).extracting(CallSite::name).containsExactly("config", "ref", "source");
        CallSite config = template.calls().get(0);
        assertThat(config.keywords()).containsEntry("materialized", "table").containsEntry("tags", PyList.of("a", "b"));
        assertThat(config.keywords().get("meta")).hasToString("{'k': -1}");
        assertThat(template.calls().get(1).positional()).isEqualTo(List.of("orders"));
        assertThat(template.calls().get(2).position()).isEqualTo(new Position("model.sql", 2, 43));
    }

    @Test
    void calls_with_computed_arguments_are_listed_but_not_literal() {
        Template template = compile("{% set n = 'a' %}{{ ref(n) }}{% if x %}{{ ref('b') }}{% endif %}");
        assertThat(template.hasOnlyLiteralCalls()).isFalse();
        assertThat(template.calls()).extracting(CallSite::literal).containsExactly(false, true);
    }

    @Test
    void variables_and_filters_make_a_template_dynamic() {
        assertThat(compile("{{ this }}").hasOnlyLiteralCalls()).isFalse();
        assertThat(compile("{{ ref('a')|upper }}").hasOnlyLiteralCalls()).isFalse();
        assertThat(compile("{{ ref('a').identifier }}").hasOnlyLiteralCalls()).isFalse();
        assertThat(compile("{{ 'text' }}").hasOnlyLiteralCalls()).isTrue();
    }

    @Test
    void trim_and_lstrip_follow_the_environment() {
        JinjaEnvironment tight =
                JinjaEnvironment.builder().trimBlocks().lstripBlocks().build();
        String source = "<\n  {% if true %}\n  x\n  {% endif %}\n  {{ 1 }}\n  {%+ if true %}y{% endif %}\n>";
        assertThat(tight.compile(source, "t").render(Globals.EMPTY)).isEqualTo("<\n  x\n  1\n  y>");
    }

    @Test
    void a_host_adds_filters_and_tests() {
        JinjaEnvironment environment = JinjaEnvironment.builder()
                .filter(
                        "quoted",
                        Functions.of("quoted", "value, mark='\"'", a -> Values.str(a.get(1)) + a.get(0) + a.get(1)))
                .test("big", Functions.of("big", "value", a -> Values.toInt(a.get(0)) > 100))
                .build();
        Template template = environment.compile("{{ 'a'|quoted }}{{ 'b'|quoted(mark='`') }}{{ 101 is big }}", "t");
        assertThat(template.render(Globals.EMPTY)).isEqualTo("\"a\"`b`True");
    }
}
