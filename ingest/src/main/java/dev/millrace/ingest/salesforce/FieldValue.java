package dev.millrace.ingest.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.ingest.source.Types;
import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Converts the JSON values of one field. Stateless. */
@FunctionalInterface
interface FieldValue {
    int LONG_DIGITS = 18;

    DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[.SSS]XX", Locale.ROOT);

    void write(JsonNode value, ColumnWriter out, int row);

    static FieldValue of(FieldMapping field) {
        if (field.type() instanceof Decimal decimal) {
            return (value, out, row) -> decimal(field, decimal, value, out, row);
        }
        return switch ((DataType.Simple) field.type()) {
            case BOOL -> (value, out, row) -> out.setBoolean(row, value.asBoolean());
            case INT64 -> (value, out, row) -> out.setLong(row, value.asLong());
            case FLOAT64 -> (value, out, row) -> out.setDouble(row, value.asDouble());
            case DATE ->
                (value, out, row) -> out.setLong(
                        row,
                        parsed(
                                field,
                                value,
                                () -> LocalDate.parse(value.asText()).toEpochDay()));
            case TIME ->
                (value, out, row) -> out.setLong(
                        row,
                        parsed(
                                field,
                                value,
                                () -> ChronoUnit.MICROS.between(
                                        LocalTime.MIDNIGHT,
                                        LocalTime.parse(value.asText().replace("Z", "")))));
            case TIMESTAMPTZ ->
                (value, out, row) -> out.setLong(
                        row,
                        parsed(
                                field,
                                value,
                                () -> ChronoUnit.MICROS.between(
                                        Instant.EPOCH,
                                        OffsetDateTime.parse(value.asText(), DATE_TIME)
                                                .toInstant())));
            case TEXT, BYTES, TIMESTAMP, JSON, UUID -> (value, out, row) -> text(value.asText(), out, row);
        };
    }

    private static void decimal(FieldMapping field, Decimal type, JsonNode value, ColumnWriter out, int row) {
        BigDecimal exact = value.decimalValue();
        BigDecimal scaled;
        try {
            scaled = exact.setScale(type.scale(), RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw outOfRange(field, exact.toPlainString());
        }
        if (scaled.precision() > type.precision()) {
            throw outOfRange(field, exact.toPlainString());
        }
        if (type.precision() <= LONG_DIGITS) {
            out.setLong(row, scaled.unscaledValue().longValueExact());
        } else {
            text(scaled.toPlainString(), out, row);
        }
    }

    private static void text(String value, ColumnWriter out, int row) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.setUtf8(row, bytes, 0, bytes.length);
    }

    private static long parsed(FieldMapping field, JsonNode value, java.util.function.LongSupplier parser) {
        try {
            return parser.getAsLong();
        } catch (DateTimeException e) {
            throw outOfRange(field, value.asText());
        }
    }

    private static MillraceException outOfRange(FieldMapping field, String value) {
        return new MillraceException(
                ErrorCode.VALUE_OUT_OF_RANGE,
                "the value " + value + " of " + field.object() + "." + field.name() + " does not fit "
                        + Types.name(field.type()),
                null,
                "Read the field as another type, under the stream in connections.yml: 'types: {" + field.name()
                        + ": text}', or a decimal with other digits.",
                null);
    }
}
