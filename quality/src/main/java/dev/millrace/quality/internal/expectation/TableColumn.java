package dev.millrace.quality.internal.expectation;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.Dialect;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * A column of the relation that is checked, and how values are written beside it.
 *
 * @param sql its name in quotes
 * @param typeName in the warehouse's words
 */
record TableColumn(String name, String sql, String typeName, DataType type, Dialect dialect) {
    boolean isNumber() {
        return type == DataType.Simple.INT64 || type == DataType.Simple.FLOAT64 || type instanceof DataType.Decimal;
    }

    private boolean isTime() {
        return type == DataType.Simple.DATE || type == DataType.Simple.TIMESTAMP || type == DataType.Simple.TIMESTAMPTZ;
    }

    /** The value to compare for order with. */
    String bound(Value value) {
        return literal(value).orElseThrow(() -> misfit(value));
    }

    /** The value to compare for equality with; empty if no value of the column can equal it. */
    Optional<String> literal(Value value) {
        if (isNumber()) {
            return value.number().map(BigDecimal::toPlainString);
        }
        if (type == DataType.Simple.BOOL) {
            return value.value() instanceof Boolean bool ? Optional.of(bool.toString()) : Optional.empty();
        }
        if (isTime()) {
            return time(value.toString());
        }
        return Optional.of(dialect.literal(value.toString()));
    }

    private Optional<String> time(String text) {
        String iso = text.strip().replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T");
        try {
            if (iso.length() == 10) {
                return Optional.of("date '" + LocalDate.parse(iso) + "'");
            }
            if (iso.matches(".*T.*([zZ]|[+-]\\d\\d(:?\\d\\d)?)$")) {
                String offset =
                        iso.replaceFirst("([+-]\\d\\d)$", "$1:00").replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2");
                return Optional.of("timestamptz '" + OffsetDateTime.parse(offset) + "'");
            }
            return Optional.of("timestamp '" + LocalDateTime.parse(iso) + "'");
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private MillraceException misfit(Value value) {
        return new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "'" + value + "' cannot be compared with the column '" + name + "', which is " + typeName,
                value.position(),
                isTime() ? "Write dates as 2024-01-31 and times as 2024-01-31T12:00:00." : null,
                null);
    }

    /** @throws MillraceException if the column holds no numbers */
    TableColumn number(Position position) {
        if (isNumber()) {
            return this;
        }
        throw new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "the column '" + name + "' is " + typeName + ", not a number",
                position,
                null,
                null);
    }

    /** The column's value as text. */
    String text() {
        return type == DataType.Simple.TEXT
                ? sql
                : "cast(" + sql + " as " + dialect.typeName(DataType.Simple.TEXT) + ")";
    }
}
