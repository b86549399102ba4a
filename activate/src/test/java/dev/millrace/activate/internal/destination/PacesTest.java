package dev.millrace.activate.internal.destination;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlReader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacesTest {
    @ParameterizedTest
    @CsvSource({"10/second, 100", "600 / minute, 100", "3600/hour, 1000", "1/s, 1000"})
    void requests_are_spaced_evenly(String limit, long millisBetween) {
        Pace pace = new Paces().of("crm", settings("rate_limit: " + limit));
        long now = System.nanoTime() + TimeUnit.HOURS.toNanos(1);

        assertThat(pace.turn(now)).isZero();
        assertThat(pace.turn(now)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(millisBetween));
        assertThat(pace.turn(now)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(2 * millisBetween));
        assertThat(pace.turn(now + TimeUnit.HOURS.toNanos(2))).isZero();
    }

    @Test
    void all_syncs_of_a_destination_share_its_pace_and_others_do_not() {
        Paces paces = new Paces();
        YamlMap settings = settings("rate_limit: 1/hour");

        assertThat(paces.of("crm", settings))
                .isSameAs(paces.of("crm", settings))
                .isNotSameAs(paces.of("desk", settings));
        assertThat(paces.of("free", settings("type: http")).turn(System.nanoTime()))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "0/second", "fast", "10/day"})
    void another_form_is_an_error_at_its_place(String limit) {
        assertThatThrownBy(() -> new Paces().of("crm", settings("rate_limit: '" + limit + "'")))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
                    assertThat(e.position().orElseThrow()).hasToString("millrace.yml:1:1");
                    assertThat(e.hint().orElseThrow()).contains("10/second");
                });
    }

    @Test
    void keys_of_several_values_are_split_again() {
        assertThat(KeyText.split("a|b", 1)).containsExactly("a|b");
        assertThat(KeyText.split("a\\|b|\\\\|", 3)).containsExactly("a|b", "\\", "");
    }

    private static YamlMap settings(String yaml) {
        return (YamlMap) YamlReader.parse(yaml, "millrace.yml");
    }
}
