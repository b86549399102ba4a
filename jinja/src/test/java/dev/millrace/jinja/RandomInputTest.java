package dev.millrace.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a template is, it renders or ends with an error of its own kind. {@link Fuzz} tries for longer. */
class RandomInputTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_random_template_fails_only_with_a_template_error(long seed) {
        RandomTemplates templates = new RandomTemplates(seed);
        for (int i = 0; i < 2500; i++) {
            Fuzz.rendersOrFailsCleanly(templates.next());
        }
    }

    @Test
    void what_was_found_by_trying_stays_mended() {
        FOUND.forEach(Fuzz::rendersOrFailsCleanly);
    }

    private static final List<String> FOUND = List.of(
            "{{ [1]|filesizeformat }}{{ none|filesizeformat }}",
            "{{ modules|filesizeformat }}",
            "{{ nowhere|filesizeformat }}",
            "{{ 'inf'|filesizeformat }}{{ 'nan'|filesizeformat }}",
            "{{ [[1, 2.5, 'a'], []]|urlencode }}",
            "{{ [[]]|urlencode }}",
            "{{ (range(9999999)|reverse).startswith('a') }}");

    @Test
    void a_values_representation_is_its_literal() {
        RandomTemplates random = new RandomTemplates(5);
        for (int i = 0; i < 1000; i++) {
            Object value = random.value(2);
            Object again = JinjaEnvironment.standard()
                    .compile("{{ " + Values.repr(value) + " }}", "literal")
                    .evaluate(Globals.EMPTY);
            assertThat(again).isEqualTo(value);
            assertThat(Values.repr(again)).isEqualTo(Values.repr(value));
        }
    }

    @Test
    void json_that_was_written_reads_back() {
        RandomTemplates random = new RandomTemplates(6);
        for (int i = 0; i < 1000; i++) {
            String json = Values.toJson(random.value(2));
            assertThat(Values.toJson(Values.fromJson(json))).isEqualTo(json);
        }
    }
}
