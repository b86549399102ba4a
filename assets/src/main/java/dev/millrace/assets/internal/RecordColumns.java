package dev.millrace.assets.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.assets.Digits;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.ColumnWriter;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import dev.millrace.warehouse.DataType.Field;
import dev.millrace.warehouse.DataType.Simple;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The columns that the components of a record become, and how their values are handed to the warehouse. */
record RecordColumns(List<Field> fields, List<Method> accessors) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Class<?>, DataType> TYPES = Map.ofEntries(
            Map.entry(boolean.class, Simple.BOOL),
            Map.entry(Boolean.class, Simple.BOOL),
            Map.entry(short.class, Simple.INT64),
            Map.entry(Short.class, Simple.INT64),
            Map.entry(int.class, Simple.INT64),
            Map.entry(Integer.class, Simple.INT64),
            Map.entry(long.class, Simple.INT64),
            Map.entry(Long.class, Simple.INT64),
            Map.entry(float.class, Simple.FLOAT64),
            Map.entry(Float.class, Simple.FLOAT64),
            Map.entry(double.class, Simple.FLOAT64),
            Map.entry(Double.class, Simple.FLOAT64),
            Map.entry(String.class, Simple.TEXT),
            Map.entry(byte[].class, Simple.BYTES),
            Map.entry(BigInteger.class, new Decimal(38, 0)),
            Map.entry(LocalDate.class, Simple.DATE),
            Map.entry(LocalTime.class, Simple.TIME),
            Map.entry(LocalDateTime.class, Simple.TIMESTAMP),
            Map.entry(Instant.class, Simple.TIMESTAMPTZ),
            Map.entry(OffsetDateTime.class, Simple.TIMESTAMPTZ),
            Map.entry(ZonedDateTime.class, Simple.TIMESTAMPTZ),
            Map.entry(UUID.class, Simple.UUID));

    /** @throws IllegalArgumentException if a component's type has no counterpart */
    static RecordColumns of(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        List<Method> accessors = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            fields.add(new Field(Names.snakeCase(component.getName()), dataType(component)));
            component.getAccessor().setAccessible(true);
            accessors.add(component.getAccessor());
        }
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("record " + type.getSimpleName() + " has no components");
        }
        return new RecordColumns(fields, accessors);
    }

    private static DataType dataType(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == BigDecimal.class) {
            Digits digits = component.getAnnotation(Digits.class);
            return digits == null ? new Decimal(38, 9) : new Decimal(digits.precision(), digits.scale());
        }
        DataType simple = TYPES.get(type);
        if (simple != null) {
            return simple;
        }
        if (type.isEnum()) {
            return Simple.TEXT;
        }
        if (List.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type) || type.isRecord()) {
            return Simple.JSON;
        }
        throw new IllegalArgumentException("component '" + component.getName() + "' of record "
                + component.getDeclaringRecord().getSimpleName() + " is a " + type.getSimpleName()
                + ", which has no type in a warehouse");
    }

    void write(Object record, int row, ColumnWriter[] columns) {
        for (int i = 0; i < columns.length; i++) {
            Object value;
            try {
                value = accessors.get(i).invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
            write(value, fields.get(i), row, columns[i]);
        }
    }

    private static void write(@Nullable Object value, Field field, int row, ColumnWriter column) {
        if (value == null) {
            column.setNull(row);
        } else if (value instanceof Boolean flag) {
            column.setBoolean(row, flag);
        } else if (value instanceof Double || value instanceof Float) {
            column.setDouble(row, ((Number) value).doubleValue());
        } else if (value instanceof BigDecimal decimal) {
            decimal(decimal, field, row, column);
        } else if (value instanceof BigInteger whole) {
            utf8(whole.toString(), row, column);
        } else if (value instanceof Number number) {
            column.setLong(row, number.longValue());
        } else if (value instanceof byte[] bytes) {
            column.setBytes(row, bytes, 0, bytes.length);
        } else if (value instanceof LocalDate day) {
            column.setLong(row, day.toEpochDay());
        } else if (value instanceof LocalTime time) {
            column.setLong(row, time.toNanoOfDay() / 1000);
        } else if (value instanceof LocalDateTime time) {
            column.setLong(row, micros(time.toInstant(ZoneOffset.UTC)));
        } else if (value instanceof Instant instant) {
            column.setLong(row, micros(instant));
        } else if (value instanceof OffsetDateTime time) {
            column.setLong(row, micros(time.toInstant()));
        } else if (value instanceof ZonedDateTime time) {
            column.setLong(row, micros(time.toInstant()));
        } else {
            utf8(text(value, field), row, column);
        }
    }

    private static String text(Object value, Field field) {
        if (field.type() != Simple.JSON) {
            return value instanceof Enum<?> constant ? constant.name() : value.toString();
        }
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw outOfRange("a value of '" + field.name() + "' cannot be written as JSON: " + e.getMessage());
        }
    }

    private static void decimal(BigDecimal value, Field field, int row, ColumnWriter column) {
        Decimal type = (Decimal) field.type();
        BigDecimal exact;
        try {
            exact = value.setScale(type.scale());
        } catch (ArithmeticException e) {
            throw outOfRange(value + " has more than " + type.scale() + " digits after the point, too many for '"
                    + field.name() + "': round it, or give the component @Digits");
        }
        if (exact.precision() > type.precision()) {
            throw outOfRange(value + " has more digits than '" + field.name() + "' can hold");
        }
        if (type.precision() <= 18) {
            column.setLong(row, exact.unscaledValue().longValueExact());
        } else {
            utf8(exact.toPlainString(), row, column);
        }
    }

    private static void utf8(String text, int row, ColumnWriter column) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        column.setUtf8(row, bytes, 0, bytes.length);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static MillraceException outOfRange(String message) {
        return new MillraceException(ErrorCode.VALUE_OUT_OF_RANGE, message);
    }
}
