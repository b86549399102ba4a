package dev.millrace.assets.internal;

import dev.millrace.assets.Row;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes records of rows: each component takes the column of its name, or of its name in snake_case. */
final class RecordMaker<T> {
    private final Class<T> type;
    private final RecordComponent[] components;
    private final Constructor<T> constructor;

    RecordMaker(Class<T> type) {
        this.type = type;
        this.components = type.getRecordComponents();
        try {
            this.constructor = type.getDeclaredConstructor(
                    Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
        constructor.setAccessible(true);
    }

    T make(Row row) {
        Map<String, @Nullable Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.putAll(row.values());
        @Nullable Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            String name = component.getName();
            String column = values.containsKey(name) ? name : Names.snakeCase(name);
            if (!values.containsKey(column)) {
                throw new MillraceException(
                        ErrorCode.SCHEMA_CHANGED,
                        "record " + type.getSimpleName() + " wants a column '" + column + "', but the input has "
                                + List.copyOf(row.values().keySet()));
            }
            arguments[i] = value(values.get(column), component);
        }
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Object value(@Nullable Object value, RecordComponent component) {
        Class<?> wanted = component.getType();
        if (value == null) {
            if (wanted.isPrimitive()) {
                throw mismatch("null", component);
            }
            return null;
        }
        if (wanted.isInstance(value)) {
            return value;
        }
        if (value instanceof Number number) {
            return number(number, wanted, component);
        }
        if (wanted == boolean.class && value instanceof Boolean) {
            return value;
        }
        if (value instanceof OffsetDateTime time) {
            if (wanted == Instant.class) {
                return time.toInstant();
            }
            if (wanted == ZonedDateTime.class) {
                return time.toZonedDateTime();
            }
        }
        if (value instanceof LocalDateTime time && wanted == Instant.class) {
            return time.toInstant(ZoneOffset.UTC);
        }
        if (wanted == String.class) {
            return value.toString();
        }
        if (wanted.isEnum()) {
            for (Object constant : wanted.getEnumConstants()) {
                if (((Enum<?>) constant).name().equalsIgnoreCase(value.toString())) {
                    return constant;
                }
            }
        }
        throw mismatch("'" + value + "' (" + value.getClass().getSimpleName() + ")", component);
    }

    private Object number(Number number, Class<?> wanted, RecordComponent component) {
        BigDecimal exact = new BigDecimal(number.toString());
        try {
            return switch (wanted.getSimpleName().toLowerCase(Locale.ROOT)) {
                case "long" -> exact.longValueExact();
                case "int", "integer" -> exact.intValueExact();
                case "short" -> exact.shortValueExact();
                case "double" -> number.doubleValue();
                case "float" -> number.floatValue();
                case "bigdecimal" -> exact;
                case "biginteger" -> exact.toBigIntegerExact();
                case "string" -> number.toString();
                default -> throw mismatch("the number " + number, component);
            };
        } catch (ArithmeticException e) {
            throw mismatch("the number " + number, component);
        }
    }

    private MillraceException mismatch(String value, RecordComponent component) {
        return new MillraceException(
                ErrorCode.VALUE_OUT_OF_RANGE,
                value + " does not fit into component '" + component.getName() + "' of record " + type.getSimpleName()
                        + ", a " + component.getType().getSimpleName());
    }
}
