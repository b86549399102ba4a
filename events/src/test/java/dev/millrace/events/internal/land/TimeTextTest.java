package dev.millrace.events.internal.land;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    private final TimeText times = new TimeText();

    private long timestamp(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return times.timestamp(bytes, 0, bytes.length, true);
    }

    @ParameterizedTest
    @CsvSource({
        "2021-05-17T10:00:00.123456,      2021-05-17T10:00:00.123456Z",
        "2021-05-17 10:00:00,             2021-05-17T10:00:00Z",
        "2021-05-17T10:00:00.1Z,          2021-05-17T10:00:00.1Z",
        "2021-05-17T10:00:00.123456789Z,  2021-05-17T10:00:00.123456Z",
        "2021-05-17T10:00:00+02:00,       2021-05-17T08:00:00Z",
        "2021-05-17T10:00:00-0530,        2021-05-17T15:30:00Z",
        "2021-05-17T10:00+02,             2021-05-17T08:00:00Z",
        "2021-05-17,                      2021-05-17T00:00:00Z",
        "1969-12-31T23:59:59.999999Z,     1969-12-31T23:59:59.999999Z",
        "0001-01-01T00:00:00Z,            0001-01-01T00:00:00Z"
    })
    void instants_are_read_to_the_microsecond(String text, String instant) {
        Instant expected = Instant.parse(instant);
        assertThat(timestamp(text)).isEqualTo(expected.getEpochSecond() * 1_000_000 + expected.getNano() / 1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2021",
                "2021-13-01",
                "2021-02-29",
                "2021-05-17T",
                "2021-05-17T25:00:00",
                "2021-05-17T10:00:00x",
                "2021-05-17T10:00:00.",
                "2021-05-17T10:00:00+",
                "17.05.2021",
                "2021-05-17T10:00:61"
            })
    void other_texts_are_no_instants(String text) {
        assertThat(timestamp(text)).isEqualTo(TimeText.INVALID);
    }

    @Test
    void days_are_counted_as_the_calendar_counts_them() {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            LocalDate day = LocalDate.ofEpochDay(random.nextInt(3_600_000) - 719_000);
            byte[] text = day.toString().getBytes(StandardCharsets.UTF_8);
            if (text.length == 10) {
                assertThat(times.date(text, 0, text.length)).isEqualTo(day.toEpochDay());
            }
        }
    }
}
