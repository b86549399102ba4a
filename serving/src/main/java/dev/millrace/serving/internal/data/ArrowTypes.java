package dev.millrace.serving.internal.data;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.DateUnit;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.TimeUnit;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;

/** The Arrow type of each type, as docs/serving.md lists them. */
final class ArrowTypes {
    private static final int DECIMAL_BYTES = 16;
    private static final int MICROS_PER_SECOND = 1_000_000;

    private ArrowTypes() {}

    static ArrowColumn column(DataType type) {
        if (type instanceof DataType.Simple simple) {
            return simple(simple);
        }
        if (type instanceof DataType.Decimal decimal) {
            return decimal(decimal);
        }
        if (type instanceof DataType.ListOf list) {
            return ArrowNested.list(column(list.element()));
        }
        List<String> names = new ArrayList<>();
        List<ArrowColumn> children = new ArrayList<>();
        for (DataType.Field field : ((DataType.Struct) type).fields()) {
            names.add(field.name());
            children.add(column(field.type()));
        }
        return ArrowNested.struct(names, children);
    }

    private static ArrowColumn simple(DataType.Simple type) {
        return switch (type) {
            case BOOL -> new ArrowBits();
            case INT64 ->
                new ArrowFixed(
                        Type.Int,
                        builder -> Int.createInt(builder, Long.SIZE, true),
                        Long.BYTES,
                        (bytes, value) -> bytes.putLong((Long) value));
            case FLOAT64 ->
                new ArrowFixed(
                        Type.FloatingPoint,
                        builder -> FloatingPoint.createFloatingPoint(builder, Precision.DOUBLE),
                        Double.BYTES,
                        (bytes, value) -> bytes.putDouble((Double) value));
            case TEXT, JSON, UUID -> ArrowVariable.text();
            case BYTES -> ArrowVariable.bytes();
            case DATE ->
                new ArrowFixed(
                        Type.Date,
                        builder -> Date.createDate(builder, DateUnit.DAY),
                        Integer.BYTES,
                        (bytes, value) -> bytes.putInt((int) ((LocalDate) value).toEpochDay()));
            case TIME ->
                new ArrowFixed(
                        Type.Time,
                        builder -> Time.createTime(builder, TimeUnit.MICROSECOND, Long.SIZE),
                        Long.BYTES,
                        (bytes, value) -> bytes.putLong(time(value)));
            case TIMESTAMP ->
                new ArrowFixed(
                        Type.Timestamp,
                        builder -> Timestamp.createTimestamp(builder, TimeUnit.MICROSECOND, 0),
                        Long.BYTES,
                        (bytes, value) -> bytes.putLong(micros(((LocalDateTime) value).atOffset(ZoneOffset.UTC))));
            case TIMESTAMPTZ ->
                new ArrowFixed(
                        Type.Timestamp,
                        builder ->
                                Timestamp.createTimestamp(builder, TimeUnit.MICROSECOND, builder.createString("UTC")),
                        Long.BYTES,
                        (bytes, value) -> bytes.putLong(micros((OffsetDateTime) value)));
        };
    }

    private static ArrowColumn decimal(DataType.Decimal type) {
        return new ArrowFixed(
                Type.Decimal,
                builder -> Decimal.createDecimal(builder, type.precision(), type.scale(), DECIMAL_BYTES * Byte.SIZE),
                DECIMAL_BYTES,
                (bytes, value) -> {
                    BigInteger unscaled = number(value).setScale(type.scale()).unscaledValue();
                    if (unscaled.bitLength() >= DECIMAL_BYTES * Byte.SIZE) {
                        throw outOfRange(value, "decimal(" + type.precision() + "," + type.scale() + ")");
                    }
                    bytes.putLong(unscaled.longValue());
                    bytes.putLong(unscaled.shiftRight(Long.SIZE).longValue());
                });
    }

    private static BigDecimal number(Object value) {
        return value instanceof BigDecimal decimal ? decimal : new BigDecimal(value.toString());
    }

    private static long time(Object value) {
        if (value instanceof LocalTime time) {
            return time.getLong(ChronoField.MICRO_OF_DAY);
        }
        throw outOfRange(value, "time");
    }

    private static long micros(OffsetDateTime instant) {
        return Math.addExact(
                Math.multiplyExact(instant.toEpochSecond(), MICROS_PER_SECOND),
                instant.get(ChronoField.MICRO_OF_SECOND));
    }

    private static MillraceException outOfRange(Object value, String type) {
        return new MillraceException(
                ErrorCode.VALUE_OUT_OF_RANGE, "Arrow has no " + value + " in its type " + type, null, null, null);
    }
}
