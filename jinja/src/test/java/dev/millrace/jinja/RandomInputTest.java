package dev.millrace.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RandomInputTest {
    private static final List<String> PIECES = List.of(
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "-",
            "+",
            " ",
            "\n",
            "if",
            "else",
            "elif",
            "endif",
            "for",
            "in",
            "endfor",
            "set",
            "endset",
            "macro",
            "endmacro",
            "call",
            "endcall",
            "filter",
            "endfilter",
            "raw",
            "endraw",
            "with",
            "endwith",
            "do",
            "docs",
            "enddocs",
            "snapshot",
            "endsnapshot",
            "test",
            "endtest",
            "materialization",
            "x",
            "loop",
            "caller",
            "is",
            "not",
            "none",
            "true",
            "defined",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            ".",
            "|",
            "~",
            "*",
            "**",
            "/",
            "//",
            "%",
            "=",
            "==",
            "<",
            "1",
            "2.5",
            "'a'",
            "\"b\"",
            "'",
            "\\",
            "upper",
            "join",
            "recursive");

    @Provide
    Arbitrary<String> templates() {
        return Arbitraries.of(PIECES).list().ofMaxSize(25).map(pieces -> String.join(" ", pieces));
    }

    @Provide
    Arbitrary<String> expressions() {
        return Arbitraries.of(PIECES).list().ofMaxSize(12).map(pieces -> "{{ " + String.join(" ", pieces) + " }}");
    }

    @Property(tries = 3000)
    void random_tags_fail_only_with_a_template_error(@ForAll("templates") String source) {
        rendersOrFailsCleanly(source);
    }

    @Property(tries = 3000)
    void random_expressions_fail_only_with_a_template_error(@ForAll("expressions") String source) {
        rendersOrFailsCleanly(source);
    }

    @Property(tries = 1000)
    void random_text_fails_only_with_a_template_error(@ForAll String source) {
        rendersOrFailsCleanly(source);
        rendersOrFailsCleanly("{{" + source + "}}");
        rendersOrFailsCleanly("{%" + source + "%}");
    }

    private static void rendersOrFailsCleanly(String source) {
        try {
            JinjaEnvironment.standard().compile(source, "random").render(PythonGlobals.names());
        } catch (JinjaException expected) {
            assertThat(expected.position()).isPresent();
            assertThat(expected.kind()).isNotEqualTo(JinjaException.Kind.HOST);
        }
    }

    @Property(tries = 500)
    void a_values_representation_is_its_literal(@ForAll("values") Object value) {
        Object again = JinjaEnvironment.standard()
                .compile("{{ " + Values.repr(value) + " }}", "literal")
                .evaluate(Globals.EMPTY);
        assertThat(again).isEqualTo(value);
        assertThat(Values.repr(again)).isEqualTo(Values.repr(value));
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(8).map(text -> (Object) text),
                Arbitraries.longs().greaterOrEqual(0).map(number -> (Object) number),
                Arbitraries.doubles().between(0, 1e300).map(number -> (Object) number),
                Arbitraries.of(true, false, None.NONE));
        Arbitrary<Object> lists = leaves.list().ofMaxSize(4).map(PyList::new);
        Arbitrary<Object> tuples = leaves.list().ofMaxSize(4).map(PyTuple::copyOf);
        return Arbitraries.oneOf(leaves, lists, tuples);
    }

    @Property(tries = 500)
    void json_that_was_written_reads_back(@ForAll("values") Object value) {
        String json = Values.toJson(value);
        assertThat(Values.toJson(Values.fromJson(json))).isEqualTo(json);
    }
}
