package dev.millrace.cdc.internal.apply;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import dev.millrace.warehouse.DataType.Simple;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** A column of a table: its type in the warehouse, and how its values get there. */
final class ColumnMapping {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONG_DIGITS = 18;
    private static final long MICROS_OF_DAY = 86_400_000_000L;

    private final String name;
    private final Schema schema;
    private final DataType type;

    ColumnMapping(Field field) {
        this.name = field.name();
        this.schema = field.schema();
        this.type = ColumnType.of(schema);
    }

    String name() {
        return name;
    }

    DataType.Field field() {
        return new DataType.Field(name, type);
    }

    /** @param value as Debezium has it */
    void write(ColumnWriter column, int row, @Nullable Object value) {
        if (value == null) {
            column.setNull(row);
        } else if (type instanceof Simple simple) {
            writeSimple(column, row, value, simple);
        } else if (type instanceof Decimal decimal) {
            writeDecimal(column, row, number(value), decimal);
        } else {
            writeText(column, row, json(value));
        }
    }

    private void writeSimple(ColumnWriter column, int row, Object value, Simple simple) {
        switch (simple) {
            case BOOL -> column.setBoolean(row, (Boolean) value);
            case INT64 -> column.setLong(row, ((Number) value).longValue());
            case FLOAT64 -> column.setDouble(row, ((Number) value).doubleValue());
            case TEXT -> writeText(column, row, value instanceof byte[] bits ? bits(bits) : value.toString());
            case JSON -> writeText(column, row, value instanceof String text ? text : json(value));
            case UUID -> writeText(column, row, value.toString());
            case BYTES -> writeBytes(column, row, value);
            case DATE -> column.setLong(row, Instants.day(((Number) value).longValue()));
            case TIME -> column.setLong(row, time(((Number) value).longValue()));
            case TIMESTAMP -> column.setLong(row, timestamp(((Number) value).longValue()));
            case TIMESTAMPTZ -> column.setLong(row, Instants.micros(value.toString()));
        }
    }

    private long time(long value) {
        long micros = switch (String.valueOf(schema.name())) {
            case "io.debezium.time.Time" -> value * 1000;
            case "io.debezium.time.NanoTime" -> value / 1000;
            default -> value;
        };
        if (micros < 0 || micros > MICROS_OF_DAY) {
            throw new MillraceException(
                    ErrorCode.VALUE_OUT_OF_RANGE,
                    "column " + name + " holds a time of " + micros + " microseconds, which is none of a day",
                    null,
                    "Leave the column out with column.exclude.list.",
                    null);
        }
        return micros;
    }

    private long timestamp(long value) {
        return switch (String.valueOf(schema.name())) {
            case "io.debezium.time.Timestamp" -> Instants.microsOfMillis(value);
            case "io.debezium.time.NanoTimestamp" -> Math.floorDiv(value, 1000);
            default -> Instants.micros(value);
        };
    }

    /** Bits come with the least significant byte first. */
    private String bits(byte[] bytes) {
        String length = schema.parameters() == null ? null : schema.parameters().get("length");
        int bits = length == null ? bytes.length * 8 : Math.min(Integer.parseInt(length), bytes.length * 8);
        StringBuilder text = new StringBuilder(bits);
        for (int i = bits - 1; i >= 0; i--) {
            text.append((bytes[i / 8] >> (i % 8)) & 1);
        }
        return text.toString();
    }

    private static BigDecimal number(Object value) {
        return value instanceof Struct struct ? PlainValue.decimal(struct) : (BigDecimal) value;
    }

    private void writeDecimal(ColumnWriter column, int row, BigDecimal value, Decimal decimal) {
        BigDecimal exact;
        try {
            exact = value.setScale(decimal.scale(), RoundingMode.UNNECESSARY);
        } catch (ArithmeticException e) {
            throw outOfRange(value, decimal);
        }
        if (exact.precision() > decimal.precision()) {
            throw outOfRange(value, decimal);
        }
        if (decimal.precision() <= LONG_DIGITS) {
            column.setLong(row, exact.unscaledValue().longValueExact());
        } else {
            writeText(column, row, exact.toPlainString());
        }
    }

    private MillraceException outOfRange(BigDecimal value, Decimal decimal) {
        return new MillraceException(
                ErrorCode.VALUE_OUT_OF_RANGE,
                "column " + name + " holds " + value.toPlainString() + ", which decimal(" + decimal.precision() + ","
                        + decimal.scale() + ") cannot hold exactly",
                null,
                "Declare the column's precision in the source, or leave it out with column.exclude.list.",
                null);
    }

    private String json(Object value) {
        try {
            return JSON.writeValueAsString(PlainValue.of(schema, value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values are JSON", e);
        }
    }

    private static void writeText(ColumnWriter column, int row, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        column.setUtf8(row, bytes, 0, bytes.length);
    }

    private static void writeBytes(ColumnWriter column, int row, Object value) {
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            column.setBytes(row, bytes, 0, bytes.length);
        } else {
            byte[] bytes = (byte[]) value;
            column.setBytes(row, bytes, 0, bytes.length);
        }
    }
}
