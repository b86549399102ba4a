package dev.millrace.orchestrate.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SchedulesTest {
    private static final Position AT = new Position("pipelines.yml", 3, 15);
    private static final ZoneId AMSTERDAM = ZoneId.of("Europe/Amsterdam");

    @Test
    void a_daily_hour_stays_the_same_on_the_wall_when_the_clock_shifts() {
        // On 29 March 2026 the clock goes from 2 to 3, on 25 October from 3 to 2.
        assertThat(after("0 6 * * *", "2026-03-27T12:00+01:00", 3))
                .containsExactly("2026-03-28T05:00:00Z", "2026-03-29T04:00:00Z", "2026-03-30T04:00:00Z");
        assertThat(after("0 6 * * *", "2026-10-24T12:00+02:00", 2))
                .containsExactly("2026-10-25T05:00:00Z", "2026-10-26T05:00:00Z");
    }

    @Test
    void an_hour_that_is_left_out_runs_when_the_jump_is_over() {
        assertThat(after("30 2 * * *", "2026-03-28T12:00+01:00", 2))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    void an_hour_that_comes_twice_runs_once() {
        assertThat(after("30 2 * * *", "2026-10-24T12:00+02:00", 2))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void every_hour_keeps_its_pace() {
        assertThat(after("0 * * * *", "2026-10-25T01:30+02:00", 4))
                .containsExactly(
                        "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z", "2026-10-25T03:00:00Z");
        assertThat(after("0 * * * *", "2026-03-29T00:30+01:00", 3))
                .containsExactly("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z");
    }

    @Test
    void the_last_tick_is_the_one_whose_successor_is_later() {
        Random random = new Random(7);
        List<String> expressions =
                List.of("*/7 * * * *", "0 * * * *", "30 2 * * *", "0 0 1 * *", "15 3 * * 0", "@every 25m");
        for (String expression : expressions) {
            Schedule.Ticks ticks = ticks(expression);
            for (int i = 0; i < 60; i++) {
                boolean autumn = random.nextBoolean();
                Instant near = Instant.parse(autumn ? "2026-10-25T01:00:00Z" : "2026-03-29T01:00:00Z")
                        .plusSeconds(random.nextInt(-20_000, 20_000));
                Instant last = ticks.atOrBefore(near);
                Instant next = ticks.after(near);
                assertThat(last).as(expression + " at " + near).isBeforeOrEqualTo(near);
                assertThat(next).as(expression + " at " + near).isAfter(near);
                assertThat(ticks.after(last)).as(expression + " after " + last).isEqualTo(next);
                assertThat(ticks.atOrBefore(next)).isEqualTo(next);
                assertThat(ticks.atOrAfter(next)).isEqualTo(next);
            }
        }
    }

    @Test
    void a_day_of_the_month_and_one_of_the_week_mean_either() {
        assertThat(after("0 0 13 * 5", "2026-01-01T12:00+01:00", 3))
                .containsExactly("2026-01-01T23:00:00Z", "2026-01-08T23:00:00Z", "2026-01-12T23:00:00Z");
    }

    @Test
    void presets_and_periods_are_understood() {
        assertThat(after("@weekly", "2026-01-01T12:00+01:00", 1)).containsExactly("2026-01-03T23:00:00Z");
        assertThat(after("@every 90m", "1970-01-01T01:00Z", 2))
                .containsExactly("1970-01-01T01:30:00Z", "1970-01-01T03:00:00Z");
        assertThat(Schedules.parse("@manual", AMSTERDAM, AT)).isInstanceOf(Schedule.Manual.class);
        assertThat(Schedules.parse("@continuous", AMSTERDAM, AT)).isInstanceOf(Schedule.Continuous.class);
    }

    @Test
    void what_is_no_schedule_is_refused_at_its_place() {
        for (String wrong : List.of("61 * * * *", "* * * *", "@dayly", "@every soon", "0 0 30 2 *", "")) {
            assertThatThrownBy(() -> Schedules.parse(wrong, AMSTERDAM, AT))
                    .as(wrong)
                    .isInstanceOfSatisfying(MillraceException.class, e -> {
                        assertThat(e.position()).contains(AT);
                        assertThat(e.hint()).isPresent();
                    });
        }
    }

    @Test
    void durations_are_read() {
        assertThat(Durations.parse("90", AT)).isEqualTo(Duration.ofSeconds(90));
        assertThat(Durations.parse("1h30m", AT)).isEqualTo(Duration.ofMinutes(90));
        assertThat(Durations.parse("10 minutes", AT)).isEqualTo(Duration.ofMinutes(10));
        assertThat(Durations.parse("250ms", AT)).isEqualTo(Duration.ofMillis(250));
        assertThatThrownBy(() -> Durations.parse("5 parsecs", AT)).isInstanceOf(MillraceException.class);
    }

    private static List<String> after(String expression, String from, int count) {
        List<String> found = new ArrayList<>();
        Instant at = ZonedDateTime.parse(from).toInstant();
        for (int i = 0; i < count; i++) {
            at = ticks(expression).after(at);
            found.add(at.toString());
        }
        return found;
    }

    private static Schedule.Ticks ticks(String expression) {
        return (Schedule.Ticks) Schedules.parse(expression, AMSTERDAM, AT);
    }
}
