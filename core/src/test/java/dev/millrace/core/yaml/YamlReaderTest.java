package dev.millrace.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
    @Test
    void every_value_knows_where_it_stands() {
        YamlMap map = YamlReader.parseMap("a: 1\nlist:\n  - x\n  - name: y\n", "f.yml");

        assertThat(map.require("a").position()).isEqualTo(new Position("f.yml", 1, 4));
        YamlList list = map.list("list").orElseThrow();
        assertThat(list.items().get(1).position()).isEqualTo(new Position("f.yml", 4, 5));
        assertThat(map.positionOf("list")).isEqualTo(new Position("f.yml", 2, 1));
    }

    @Test
    void scalars_follow_yaml_1_1() {
        YamlMap map = YamlReader.parseMap(
                "{a: yes, b: 'yes', c: 012, d: 1_000, e: 99999999999999999999, f: 2024-05-01, g: ~, h: 1.5, i: 0x1F, j: off}",
                "f.yml");

        assertThat(map.toJava())
                .containsEntry("a", true)
                .containsEntry("b", "yes")
                .containsEntry("c", 10L)
                .containsEntry("d", 1000L)
                .containsEntry("e", new BigInteger("99999999999999999999"))
                .containsEntry("f", LocalDate.of(2024, 5, 1))
                .containsEntry("g", null)
                .containsEntry("h", 1.5)
                .containsEntry("i", 31L)
                .containsEntry("j", false);
    }

    @Test
    void anchors_and_merge_keys_are_resolved() {
        YamlMap map = YamlReader.parseMap("base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  y: 3\n", "f.yml");

        assertThat(map.map("use").orElseThrow().toJava()).isEqualTo(Map.of("x", 1L, "y", 3L));
    }

    @Test
    void bad_syntax_is_reported_at_its_place() {
        assertThatThrownBy(() -> YamlReader.parseMap("a: 1\nb: [1, 2\nc: 3\n", "models/x.yml"))
                .asInstanceOf(type(MillraceException.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.YAML_SYNTAX);
                    assertThat(e.position().orElseThrow().file()).isEqualTo("models/x.yml");
                    assertThat(e.position().orElseThrow().line()).isBetween(2, 4);
                });
    }

    @Test
    void a_tab_is_named_as_the_culprit() {
        assertThatThrownBy(() -> YamlReader.parseMap("a:\n\tb: 1\n", "x.yml"))
                .asInstanceOf(type(MillraceException.class))
                .satisfies(e -> assertThat(e.hint().orElseThrow()).contains("tabs"));
    }

    @Test
    void an_unquoted_template_is_named_as_the_culprit() {
        assertThatThrownBy(() -> YamlReader.parseMap("a: {{ var('x') }}\n", "x.yml"))
                .asInstanceOf(type(MillraceException.class))
                .satisfies(e -> assertThat(e.hint().orElseThrow()).contains("quote"));
    }

    @Test
    void an_alias_to_itself_is_refused() {
        assertThatThrownBy(() -> YamlReader.parseMap("a: &a [*a]\n", "x.yml")).isInstanceOf(MillraceException.class);
    }

    @Test
    void a_wrong_type_is_reported_with_what_was_found() {
        YamlMap map = YamlReader.parseMap("threads: many\n", "p.yml");

        assertThatThrownBy(() -> map.integer("threads"))
                .hasMessageContaining("'threads' must be a whole number, but is the text 'many'");
    }

    @Test
    void an_unknown_key_gets_a_suggestion() {
        YamlMap map = YamlReader.parseMap("cursor_feild: x\n", "c.yml");

        assertThatThrownBy(() -> map.allowOnly(List.of("cursor_field", "name")))
                .asInstanceOf(type(MillraceException.class))
                .satisfies(e -> assertThat(e.hint()).contains("Did you mean 'cursor_field'?"));
    }

    @Test
    void random_text_never_causes_anything_but_a_coded_error() {
        Random random = new Random(20240501);
        String alphabet = "ab:-[]{}&*!|>'\"%@`#,? \n\t~<\\0";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(30); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                YamlReader.parse(text.toString(), "f.yml").toJava();
            } catch (MillraceException e) {
                assertThat(e.code()).isIn(ErrorCode.YAML_SYNTAX, ErrorCode.CONFIG_INVALID);
            }
        }
    }
}
