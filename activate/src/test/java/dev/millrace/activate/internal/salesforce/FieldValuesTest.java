package dev.millrace.activate.internal.salesforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.activate.internal.salesforce.FieldValues.UnfitValueException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FieldValuesTest {
    @Test
    void numbers_stay_exact() throws UnfitValueException {
        assertThat(json("double", new BigDecimal("12345678901234567.89"))).isEqualTo("12345678901234567.89");
        assertThat(json("currency", new BigDecimal("1E+3"))).isEqualTo("1000");
        assertThat(json("double", new BigInteger("170141183460469231731687303715884105727")))
                .isEqualTo("170141183460469231731687303715884105727");
        assertThat(json("percent", 0.1)).isEqualTo("0.1");
        assertThat(json("double", " 7.50 ")).isEqualTo("7.50");
        assertThat(json("int", new BigDecimal("5.000"))).isEqualTo("5");
    }

    @Test
    void what_is_not_a_number_is_unfit() {
        assertUnfit("double", "many", "'many' is not a number");
        assertUnfit("double", Double.NaN, "'NaN' is not a number");
        assertUnfit("double", true, "'true' is not a number");
        assertUnfit("int", new BigDecimal("5.5"), "'5.5' is not a whole number");
    }

    @Test
    void dates_and_times_are_written_in_utc() throws UnfitValueException {
        OffsetDateTime instant = OffsetDateTime.parse("2024-03-01T00:30:00.123456+05:30");
        assertThat(json("datetime", instant)).isEqualTo("\"2024-02-29T19:00:00.123Z\"");
        assertThat(json("date", instant)).isEqualTo("\"2024-02-29\"");
        assertThat(json("date", LocalDate.of(2024, 2, 29))).isEqualTo("\"2024-02-29\"");
        assertThat(json("datetime", LocalDate.of(2024, 2, 29))).isEqualTo("\"2024-02-29T00:00:00.000Z\"");
        assertThat(json("date", LocalDateTime.of(2024, 2, 29, 23, 59))).isEqualTo("\"2024-02-29\"");
        assertThat(json("datetime", "2024-02-29 08:15:00")).isEqualTo("\"2024-02-29T08:15:00.000Z\"");
        assertThat(json("datetime", "2024-02-29T08:15:00+01:00")).isEqualTo("\"2024-02-29T07:15:00.000Z\"");
        assertThat(json("date", "2024-02-29")).isEqualTo("\"2024-02-29\"");
        assertThat(json("time", LocalTime.of(8, 15))).isEqualTo("\"08:15:00.000Z\"");
    }

    @Test
    void dates_salesforce_does_not_know_are_unfit() {
        assertUnfit("date", "yesterday", "'yesterday' is not a date or time in ISO form");
        assertUnfit("date", LocalDate.of(1699, 12, 31), "'1699-12-31' is not a date from 1700 to 4000");
        assertUnfit(
                "datetime", LocalDateTime.of(9999, 1, 1, 0, 0), "'9999-01-01T00:00' is not a date from 1700 to 4000");
        assertUnfit("date", 5L, "'5' is not a date");
    }

    @Test
    void booleans_may_come_as_text_or_number() throws UnfitValueException {
        assertThat(json("boolean", true)).isEqualTo("true");
        assertThat(json("boolean", "False")).isEqualTo("false");
        assertThat(json("boolean", 1L)).isEqualTo("true");
        assertUnfit("boolean", "maybe", "'maybe' is not true or false");
    }

    @Test
    void text_fields_take_anything() throws UnfitValueException {
        assertThat(json("string", 42L)).isEqualTo("\"42\"");
        assertThat(json("string", 42.0)).isEqualTo("\"42\"");
        assertThat(json("string", new BigDecimal("42.50"))).isEqualTo("\"42.50\"");
        assertThat(json("string", true)).isEqualTo("\"true\"");
        assertThat(json("picklist", "Größe \"L\"\n")).isEqualTo("\"Größe \\\"L\\\"\\n\"");
        assertThat(json("multipicklist", List.of("a", "b"))).isEqualTo("\"a;b\"");
        assertThat(json("textarea", List.of(Map.of("x", 1L)))).isEqualTo("\"[{\\\"x\\\":1}]\"");
        assertThat(json("base64", new byte[] {1, 2})).isEqualTo("\"AQI=\"");
    }

    @Test
    void nothing_clears_a_field_and_so_does_a_blank_text_where_no_text_can_stand() throws UnfitValueException {
        assertThat(json("string", null)).isEqualTo("null");
        assertThat(json("double", " ")).isEqualTo("null");
        assertThat(json("date", "")).isEqualTo("null");
        assertThat(json("string", "")).isEqualTo("\"\"");
    }

    private static String json(String type, @Nullable Object value) throws UnfitValueException {
        return FieldValues.encode(type, value).toString();
    }

    private static void assertUnfit(String type, Object value, String message) {
        assertThatThrownBy(() -> FieldValues.encode(type, value))
                .isInstanceOf(UnfitValueException.class)
                .hasMessage(message);
    }
}
