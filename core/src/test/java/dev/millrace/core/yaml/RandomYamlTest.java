package dev.millrace.core.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a YAML file holds, it is read or refused at its place. {@link Fuzz} tries for longer. */
class RandomYamlTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_damaged_file_fails_only_with_an_error_at_its_place(long seed) {
        RandomYaml files = new RandomYaml(seed);
        for (int i = 0; i < 1000; i++) {
            Fuzz.readsOrFailsCleanly(files.next());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "{<<: [%s]}", "{a: {b: [%s]}}"})
    void a_small_file_of_aliases_does_not_become_a_big_value(String shape) {
        StringBuilder text = new StringBuilder("v0: &v0 {}\n");
        for (int i = 1; i <= 20; i++) {
            String inputs = ("*v" + (i - 1) + ", ").repeat(9) + "*v" + (i - 1);
            text.append(("v" + i + ": &v" + i + " " + shape + "\n").formatted(inputs));
        }

        assertThatThrownBy(() -> YamlReader.parse(text.toString(), "x.yml"))
                .hasMessageContaining("aliases stand for more than 200000 values");
    }

    @Test
    void values_within_values_have_a_limit_that_aliases_do_not_lift() {
        StringBuilder text = new StringBuilder("v0: &v0 []\n");
        for (int i = 1; i <= 10; i++) {
            text.append("v" + i + ": &v" + i + " " + "[".repeat(30) + "*v" + (i - 1) + "]".repeat(30) + "\n");
        }

        assertThatThrownBy(() -> YamlReader.parse(text.toString(), "x.yml"))
                .hasMessageContaining("more than 200 values within each other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a: 1\\nb: !!int many\\n | 2 | 4 | is not a number",
                "a: 1\\nbc\\7d: 2\\n | 2 | 3 | the character U+0007 may not stand in a file",
                "a: 1\\nb: &l [*l]\\n | 2 | 4 | an alias refers to the value it stands in",
                "a: 1\\nb: {<<: &l [*l]}\\n | 2 | 9 | an alias refers to the value it stands in",
                "a: 1\\nb: !!java.net.URL [x]\\n | 2 | 4 | Global tag is not allowed",
            })
    void the_place_of_an_error_is_known(String text, int line, int column, String message) {
        assertThatThrownBy(() -> YamlReader.parse(text.translateEscapes(), "x.yml"))
                .asInstanceOf(type(MillraceException.class))
                .satisfies(e -> {
                    assertThat(e.text()).contains(message);
                    assertThat(e.position()).contains(new Position("x.yml", line, column));
                });
    }

    @Test
    void too_deep_brackets_are_refused_where_the_limit_is_passed() {
        assertThatThrownBy(() -> YamlReader.parse("a: 1\nb: " + "[".repeat(100_000), "x.yml"))
                .asInstanceOf(type(MillraceException.class))
                .satisfies(e -> assertThat(e.position().orElseThrow().line()).isEqualTo(2));
    }

    @Test
    void a_number_of_very_many_digits_is_refused_instead_of_computed() {
        assertThatThrownBy(() -> YamlReader.parse("a: !!int " + "7".repeat(1_000_000), "x.yml"))
                .hasMessageContaining("is not a number");
    }
}
