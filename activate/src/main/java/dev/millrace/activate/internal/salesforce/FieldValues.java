package dev.millrace.activate.internal.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.millrace.activate.internal.destination.JsonValues;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Values of the warehouse as JSON for a Salesforce field. One that Salesforce could not read would fail its whole
 * batch, so it is found out here.
 */
final class FieldValues {
    private static final DateTimeFormatter DATETIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS'Z'");
    private static final int FIRST_YEAR = 1700;
    private static final int LAST_YEAR = 4000;

    private FieldValues() {}

    /** A value that the field cannot hold; the message says why. */
    static final class UnfitValueException extends Exception {
        private static final long serialVersionUID = 1L;

        UnfitValueException(String message) {
            super(message);
        }
    }

    /** @param type as {@link dev.millrace.salesforce.FieldDescription#type} has it */
    static JsonNode encode(String type, @Nullable Object value) throws UnfitValueException {
        if (value == null) {
            return NullNode.instance;
        }
        boolean blank = value instanceof String text && text.isBlank();
        return switch (type) {
            case "boolean" -> blank ? NullNode.instance : BooleanNode.valueOf(bool(value));
            case "double", "currency", "percent" -> blank ? NullNode.instance : DecimalNode.valueOf(number(value));
            case "int", "long" -> blank ? NullNode.instance : DecimalNode.valueOf(whole(value));
            case "date" ->
                blank ? NullNode.instance : TextNode.valueOf(date(value).toString());
            case "datetime" -> blank ? NullNode.instance : TextNode.valueOf(DATETIME.format(datetime(value)));
            case "time" -> blank ? NullNode.instance : TextNode.valueOf(TIME.format(time(value)));
            case "multipicklist" ->
                TextNode.valueOf(
                        value instanceof Collection<?> items
                                ? items.stream().map(String::valueOf).collect(Collectors.joining(";"))
                                : text(value));
            default -> TextNode.valueOf(text(value));
        };
    }

    private static boolean bool(Object value) throws UnfitValueException {
        if (value instanceof Boolean flag) {
            return flag;
        }
        return switch (text(value).trim().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw unfit(value, "true or false");
        };
    }

    private static BigDecimal number(Object value) throws UnfitValueException {
        try {
            BigDecimal exact;
            if (value instanceof BigDecimal decimal) {
                exact = decimal;
            } else if (value instanceof BigInteger integer) {
                exact = new BigDecimal(integer);
            } else if (value instanceof Long || value instanceof Integer || value instanceof Short) {
                exact = BigDecimal.valueOf(((Number) value).longValue());
            } else if (value instanceof Double || value instanceof Float || value instanceof String) {
                exact = new BigDecimal(value.toString().trim());
            } else {
                throw unfit(value, "a number");
            }
            // Without an exponent: 1E+3 is 1000.
            return exact.scale() < 0 ? exact.setScale(0) : exact;
        } catch (NumberFormatException e) {
            throw unfit(value, "a number");
        }
    }

    private static BigDecimal whole(Object value) throws UnfitValueException {
        try {
            return number(value).setScale(0);
        } catch (ArithmeticException e) {
            throw unfit(value, "a whole number");
        }
    }

    private static LocalDate date(Object value) throws UnfitValueException {
        LocalDate date;
        if (value instanceof LocalDate day) {
            date = day;
        } else if (value instanceof String text && text.trim().length() == "2024-01-31".length()) {
            date = parsed(value, () -> LocalDate.parse(text.trim()));
        } else {
            date = datetime(value).toLocalDate();
        }
        checkYear(value, date.getYear());
        return date;
    }

    /** In UTC. A value without a zone is taken to be in UTC. */
    private static LocalDateTime datetime(Object value) throws UnfitValueException {
        LocalDateTime at;
        if (value instanceof OffsetDateTime instant) {
            at = instant.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
        } else if (value instanceof LocalDateTime local) {
            at = local;
        } else if (value instanceof LocalDate day) {
            at = day.atStartOfDay();
        } else if (value instanceof String text) {
            at = parsed(value, () -> parse(text.trim().replace(' ', 'T')));
        } else {
            throw unfit(value, "a date");
        }
        checkYear(value, at.getYear());
        return at;
    }

    private static LocalDateTime parse(String text) {
        if (text.length() == "2024-01-31".length()) {
            return LocalDate.parse(text).atStartOfDay();
        }
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            // Not without a zone, so it must be with one.
            return OffsetDateTime.parse(text)
                    .withOffsetSameInstant(ZoneOffset.UTC)
                    .toLocalDateTime();
        }
    }

    private static LocalTime time(Object value) throws UnfitValueException {
        if (value instanceof LocalTime time) {
            return time;
        }
        if (value instanceof String text) {
            return parsed(value, () -> LocalTime.parse(text.trim()));
        }
        throw unfit(value, "a time of day");
    }

    private static String text(Object value) throws UnfitValueException {
        if (value instanceof Double || value instanceof Float) {
            return number(value).stripTrailingZeros().toPlainString();
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof OffsetDateTime || value instanceof LocalDateTime) {
            return DATETIME.format(datetime(value));
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof Map || value instanceof Collection) {
            return JsonValues.of(value).toString();
        }
        return value.toString();
    }

    private static void checkYear(Object value, int year) throws UnfitValueException {
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw unfit(value, "a date from " + FIRST_YEAR + " to " + LAST_YEAR);
        }
    }

    private interface Parsing<T> {
        T parse();
    }

    private static <T> T parsed(Object value, Parsing<T> parsing) throws UnfitValueException {
        try {
            return parsing.parse();
        } catch (DateTimeException e) {
            throw unfit(value, "a date or time in ISO form");
        }
    }

    private static UnfitValueException unfit(Object value, String wanted) {
        return new UnfitValueException("'" + value + "' is not " + wanted);
    }
}
