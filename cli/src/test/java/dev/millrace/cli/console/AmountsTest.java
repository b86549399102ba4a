package dev.millrace.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AmountsTest {
    @Test
    void a_duration_is_as_precise_as_it_is_worth() {
        assertThat(Amounts.elapsed(Duration.ofMillis(420))).isEqualTo("0.42s");
        assertThat(Amounts.elapsed(Duration.ofMillis(12_340))).isEqualTo("12.3s");
        assertThat(Amounts.elapsed(Duration.ofSeconds(123))).isEqualTo("2m 03s");
        assertThat(Amounts.elapsed(Duration.ofMinutes(62))).isEqualTo("1h 02m");
    }

    @Test
    void a_count_has_its_noun_in_the_right_number() {
        assertThat(Amounts.count(1, "row")).isEqualTo("1 row");
        assertThat(Amounts.count(1_204, "row")).isEqualTo("1,204 rows");
    }

    @Test
    void a_rate_is_short() {
        assertThat(Amounts.rate(950)).isEqualTo("950/s");
        assertThat(Amounts.rate(1_250)).isEqualTo("1.3k/s");
        assertThat(Amounts.rate(512_000)).isEqualTo("512k/s");
        assertThat(Amounts.rate(1_234_000)).isEqualTo("1.2M/s");
    }
}
