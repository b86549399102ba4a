package dev.millrace.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.warehouse.DataType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CursorValueTest {
    @Test
    void values_are_kept_as_exact_text() {
        assertThat(CursorValue.of(9_007_199_254_740_993L)).isEqualTo("9007199254740993");
        assertThat(CursorValue.of(new BigDecimal("1E+3"))).isEqualTo("1000");
        assertThat(CursorValue.of(LocalDate.of(2024, 5, 1))).isEqualTo("2024-05-01");
        assertThat(CursorValue.of(LocalDateTime.parse("2024-05-01T10:11:12.123456")))
                .isEqualTo("2024-05-01 10:11:12.123456");
        assertThat(CursorValue.of(OffsetDateTime.parse("2024-05-01T12:00:00+02:00")))
                .isEqualTo("2024-05-01 10:00:00+00");
    }

    @ParameterizedTest
    @CsvSource({
        "int64, 9, 10",
        "'decimal(10,2)', 9.50, 10.00",
        "float64, -2.5, 1e3",
        "date, 2024-05-01, 2024-05-02",
        "timestamp, 2024-05-01 10:00:00, 2024-05-01 10:00:00.000001",
        "timestamptz, 2024-05-01 09:00:00+00, 2024-05-01 10:00:00+00",
        "text, a10, a9",
    })
    void the_earlier_value_is_known_in_every_type(String typeName, String early, String late) {
        DataType type = Types.parse(typeName).orElseThrow();

        assertThat(CursorValue.earlier(late, early, type)).isEqualTo(early);
        assertThat(CursorValue.later(early, late, type)).isEqualTo(late);
    }

    @ParameterizedTest
    @CsvSource({
        "timestamptz, 2024-05-01 00:01:00+00, 5 minutes, 2024-04-30 23:56:00+00",
        "timestamp, 2024-05-01 00:00:00.5, 2h, 2024-04-30 22:00:00.5",
        "date, 2024-05-01, 1 hour, 2024-04-30",
        "int64, 100, 30, 70",
    })
    void a_lookback_moves_the_value_back(String typeName, String value, String lookback, String expected) {
        assertThat(CursorValue.minus(
                        value,
                        Lookback.parse(lookback).orElseThrow(),
                        Types.parse(typeName).orElseThrow()))
                .isEqualTo(expected);
    }

    @Test
    void times_move_by_times_and_numbers_by_numbers() {
        Lookback day = Lookback.parse("1 day").orElseThrow();
        Lookback ten = Lookback.parse("10").orElseThrow();

        assertThat(CursorValue.canMove(DataType.Simple.DATE, day)).isTrue();
        assertThat(CursorValue.canMove(DataType.Simple.DATE, ten)).isFalse();
        assertThat(CursorValue.canMove(DataType.Simple.INT64, ten)).isTrue();
        assertThat(CursorValue.canMove(DataType.Simple.TEXT, day)).isFalse();
    }
}
