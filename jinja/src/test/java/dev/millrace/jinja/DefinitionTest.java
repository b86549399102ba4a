package dev.millrace.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefinitionTest {
    private static List<Definition> definitions(String source) {
        return JinjaEnvironment.standard().compile(source, "macros/all.sql").definitions();
    }

    @Test
    void every_kind_of_block_is_found_in_order_without_rendering() {
        List<Definition> found = definitions("""
                {% macro cents(column, scale=2) %}{{ undefined_thing.boom }}{% endmacro %}
                {% test positive(model, column_name) %}select 1{% endtest %}
                {% data_test other(model) %}select 2{% enddata_test %}
                {% materialization fast, adapter='duckdb', supported_languages=['sql', 'python'] %}x{% endmaterialization %}
                {% materialization slow, default %}x{% endmaterialization %}
                {% snapshot orders_snapshot %}{{ config(a=1) }} select 3{% endsnapshot %}
                {% docs orders %}About {{ orders }} and {% tags %}.{% enddocs %}
                """);
        assertThat(found)
                .extracting(Definition::macroName)
                .containsExactly(
                        "cents",
                        "test_positive",
                        "test_other",
                        "materialization_fast_duckdb",
                        "materialization_slow_default",
                        "orders_snapshot",
                        "orders");
        assertThat(found)
                .extracting(Definition::kind)
                .containsExactly(
                        Definition.Kind.MACRO,
                        Definition.Kind.TEST,
                        Definition.Kind.TEST,
                        Definition.Kind.MATERIALIZATION,
                        Definition.Kind.MATERIALIZATION,
                        Definition.Kind.SNAPSHOT,
                        Definition.Kind.DOCS);
        assertThat(found.get(3).supportedLanguages()).containsExactly("sql", "python");
        assertThat(found.get(3).adapter()).contains("duckdb");
        assertThat(found.get(6).body()).isEqualTo("About {{ orders }} and {% tags %}.");
        assertThat(found.get(1).position()).isEqualTo(new Position("macros/all.sql", 2, 1));
    }

    @Test
    void a_definition_tells_its_parameters_and_its_text() {
        Definition macro = definitions("x\n  {%- macro m(a, b='q') -%} body {{ a }} {%- endmacro %}\ny")
                .get(0);
        assertThat(macro.parameters())
                .containsExactly(new Definition.Parameter("a", false), new Definition.Parameter("b", true));
        assertThat(macro.source()).isEqualTo("{%- macro m(a, b='q') -%} body {{ a }} {%- endmacro %}");
        assertThat(macro.body()).isEqualTo(" body {{ a }} ");
    }

    @Test
    void a_bound_macro_returns_any_object() {
        Definition macro = definitions("{% macro m(a) %}text{{ return([a, 1]) }}{% endmacro %}")
                .get(0);
        Object value = macro.bind(Globals.EMPTY).call(Call.of("x"));
        assertThat(value).isEqualTo(PyList.of("x", 1L));
    }

    @Test
    void a_bound_macro_finds_globals_first_and_then_its_siblings() {
        List<Definition> found =
                definitions("{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}sibling{% endmacro %}");
        assertThat(found.get(0).bind(Globals.EMPTY).call(Call.of())).isEqualTo("sibling");
        Globals override = Globals.of(Map.of("b", Functions.of("b", "", a -> "project")));
        assertThat(found.get(0).bind(override).call(Call.of())).isEqualTo("project");
    }

    @Test
    void a_bound_macro_sees_variables_set_at_the_top_of_its_file() {
        Definition macro = definitions("{% set unit = 'cents' %}{% macro m() %}{{ unit }}{% endmacro %}")
                .get(0);
        assertThat(macro.bind(Globals.EMPTY).call(Call.of())).isEqualTo("cents");
    }

    @Test
    void keywords_reach_a_bound_macro() {
        Definition macro = definitions("{% macro m(a, b=2) %}{{ a }}-{{ b }}-{{ kwargs }}{% endmacro %}")
                .get(0);
        Object text = macro.bind(Globals.EMPTY).call(Call.of(List.of(1L), Map.of("c", 3L)));
        assertThat(text).isEqualTo("1-2-{'c': 3}");
    }

    @Test
    void a_snapshot_renders_its_body_as_a_template() {
        Definition snapshot = definitions(
                        "{% snapshot s %}{% set t = 'x' %}select * from {{ ref(t) }}{% endsnapshot %}")
                .get(0);
        Globals host = Globals.of(Map.of("ref", Functions.of("ref", "name", a -> "main." + a.get(0))));
        assertThat(snapshot.render(host)).isEqualTo("select * from main.x");
    }

    @Test
    void definitions_write_nothing_when_the_file_is_rendered() {
        Template template = JinjaEnvironment.standard()
                .compile(
                        "a{% macro m() %}M{% endmacro %}{% docs d %}D{% enddocs %}{% test t(m) %}T{% endtest %}b{{ m() }}",
                        "x");
        assertThat(template.render(Globals.EMPTY)).isEqualTo("abM");
    }

    @Test
    void docs_are_found_in_prose_full_of_braces() {
        String markdown =
                "# {{ not jinja }\n{% what %}\n{# {% docs no %}x{% enddocs %} #}\n  {% docs yes %}\nA *b*\n{% enddocs %}\n";
        List<Definition> docs = JinjaEnvironment.standard().docs(markdown, "models/docs.md");
        assertThat(docs).extracting(Definition::name).containsExactly("yes");
        assertThat(docs.get(0).body()).isEqualTo("\nA *b*\n");
        assertThat(docs.get(0).position()).isEqualTo(new Position("models/docs.md", 4, 3));
        assertThatThrownBy(() -> JinjaEnvironment.standard().docs("{% docs open %} text", "d.md"))
                .hasMessage("Missing end of docs block");
    }

    @Test
    void an_unknown_argument_of_a_materialization_is_named() {
        assertThatThrownBy(() -> definitions("{% materialization m, speed=1 %}{% endmaterialization %}"))
                .isInstanceOf(JinjaException.class)
                .hasMessageContaining("'speed'");
    }
}
