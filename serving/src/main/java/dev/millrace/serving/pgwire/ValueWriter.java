package dev.millrace.serving.pgwire;

import dev.millrace.serving.internal.data.JsonValues;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the values of one column, as text or binary. Immutable. */
final class ValueWriter {
    private final PgType type;
    /** Of an array; null for everything else. */
    private final @Nullable ValueWriter element;

    private final boolean binary;
    private final ZoneId zone;

    private ValueWriter(PgType type, @Nullable ValueWriter element, boolean binary, ZoneId zone) {
        this.type = type;
        this.element = element;
        this.binary = binary;
        this.zone = zone;
    }

    /** @param duckdbType the column's type in DuckDB's words */
    static ValueWriter of(String duckdbType, boolean binary, ZoneId zone) {
        PgType element = PgType.elementOf(duckdbType);
        return new ValueWriter(
                PgType.of(duckdbType),
                element == null ? null : new ValueWriter(element, null, binary, zone),
                binary,
                zone);
    }

    /** The length and the value. */
    void write(Message message, @Nullable Object value) {
        if (value == null) {
            message.int32(-1);
            return;
        }
        int begin = message.beginValue();
        if (binary) {
            binary(message, value);
        } else {
            message.bytes(text(value).getBytes(StandardCharsets.UTF_8));
        }
        message.endValue(begin);
    }

    private String text(Object value) {
        if (element != null && value instanceof List<?> items) {
            return array(items);
        }
        if (value instanceof Boolean bool) {
            return bool ? "t" : "f";
        }
        if (value instanceof Double number) {
            return number(number);
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof LocalDate date) {
            return Times.text(date);
        }
        if (value instanceof LocalTime time) {
            return Times.text(time);
        }
        if (value instanceof LocalDateTime time) {
            return Times.text(time);
        }
        if (value instanceof OffsetDateTime instant) {
            return Times.text(instant, zone);
        }
        return value instanceof List || value instanceof Map ? JsonValues.string(value) : value.toString();
    }

    private String number(double number) {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            return Long.toString((long) number);
        }
        return type.equals(PgType.FLOAT4) ? Float.toString((float) number) : Double.toString(number);
    }

    private String array(List<?> items) {
        ValueWriter writer = java.util.Objects.requireNonNull(element);
        StringBuilder text = new StringBuilder("{");
        for (@Nullable Object item : items) {
            text.append(text.length() > 1 ? "," : "");
            text.append(item == null ? "NULL" : quoted(writer.text(item)));
        }
        return text.append('}').toString();
    }

    private static String quoted(String item) {
        return item.matches("[^\\s{}\",\\\\]+") && !item.equalsIgnoreCase("null")
                ? item
                : '"' + item.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void binary(Message message, Object value) {
        if (element != null && value instanceof List<?> items) {
            array(message, items);
        } else if (value instanceof Boolean bool) {
            message.letter(bool ? '\1' : '\0');
        } else if (value instanceof Long number && type.length() == 2) {
            message.int16(number.shortValue());
        } else if (value instanceof Long number && type.length() == 4) {
            message.int32(number.intValue());
        } else if (value instanceof Long number && type.length() == 8) {
            message.int64(number);
        } else if (value instanceof Double number && type.length() == 4) {
            message.int32(Float.floatToIntBits(number.floatValue()));
        } else if (value instanceof Double number) {
            message.int64(Double.doubleToLongBits(number));
        } else if (type.equals(PgType.NUMERIC)) {
            Numeric.write(message, new BigDecimal(text(value)));
        } else if (value instanceof LocalDate date) {
            message.int32(Times.days(date));
        } else if (value instanceof LocalTime time) {
            message.int64(Times.micros(time));
        } else if (value instanceof LocalDateTime time) {
            message.int64(Times.micros(time));
        } else if (value instanceof OffsetDateTime instant) {
            message.int64(Times.micros(instant));
        } else if (value instanceof UUID uuid) {
            message.int64(uuid.getMostSignificantBits()).int64(uuid.getLeastSignificantBits());
        } else if (value instanceof byte[] bytes) {
            message.bytes(bytes);
        } else if (type.equals(PgType.TIME)) {
            // The one time Java does not have.
            message.int64(86_400_000_000L);
        } else {
            message.bytes(text(value).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void array(Message message, List<?> items) {
        ValueWriter writer = java.util.Objects.requireNonNull(element);
        message.int32(items.isEmpty() ? 0 : 1)
                .int32(items.contains(null) ? 1 : 0)
                .int32(writer.type.oid());
        if (!items.isEmpty()) {
            message.int32(items.size()).int32(1);
        }
        for (@Nullable Object item : items) {
            writer.write(message, item);
        }
    }
}
