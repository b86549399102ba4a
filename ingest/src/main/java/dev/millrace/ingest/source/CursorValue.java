package dev.millrace.ingest.source;

import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/**
 * Cursor values as exact text: numbers in plain digits, {@code 2024-05-01}, {@code 2024-05-01 10:11:12.123456} and the
 * same with {@code +00} for instants. Stateless.
 */
public final class CursorValue {
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(java.util.Locale.ROOT);

    private static final long SECONDS_PER_DAY = 86_400;

    private CursorValue() {}

    /** Whether values of the type have an order that source and warehouse agree on. */
    public static boolean isPossible(DataType type) {
        if (type instanceof Decimal) {
            return true;
        }
        return type instanceof DataType.Simple simple
                && switch (simple) {
                    case INT64, FLOAT64, TEXT, DATE, TIMESTAMP, TIMESTAMPTZ, UUID -> true;
                    case BOOL, BYTES, TIME, JSON -> false;
                };
    }

    /** A value that the warehouse answered. */
    public static String of(Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof LocalDateTime time) {
            return TIMESTAMP.format(time);
        }
        if (value instanceof OffsetDateTime time) {
            return TIMESTAMP.format(time.withOffsetSameInstant(ZoneOffset.UTC)) + "+00";
        }
        return value.toString();
    }

    /** The earlier of two values. */
    public static String earlier(String one, String other, DataType type) {
        return switch (type instanceof DataType.Simple simple ? simple : DataType.Simple.INT64) {
            case DATE -> LocalDate.parse(one).isBefore(LocalDate.parse(other)) ? one : other;
            case TIMESTAMP, TIMESTAMPTZ -> time(one).isBefore(time(other)) ? one : other;
            case INT64 -> new BigDecimal(one).compareTo(new BigDecimal(other)) < 0 ? one : other;
            case FLOAT64 -> Double.parseDouble(one) < Double.parseDouble(other) ? one : other;
            case TEXT, UUID, BOOL, BYTES, TIME, JSON -> one.compareTo(other) < 0 ? one : other;
        };
    }

    /** The later of two values. */
    public static String later(String one, String other, DataType type) {
        return earlier(one, other, type).equals(one) ? other : one;
    }

    /** Whether cursors of the type can be moved back by it: times by a time, numbers by a number. */
    public static boolean canMove(DataType type, Lookback lookback) {
        boolean time = type == DataType.Simple.DATE
                || type == DataType.Simple.TIMESTAMP
                || type == DataType.Simple.TIMESTAMPTZ;
        boolean number = type == DataType.Simple.INT64 || type instanceof Decimal;
        return lookback.time().isPresent() ? time : number;
    }

    /** The value moved back; only if {@link #canMove}. */
    public static String minus(String value, Lookback lookback, DataType type) {
        Duration back = lookback.time().orElse(Duration.ZERO);
        if (type == DataType.Simple.DATE) {
            long days = (back.toSeconds() + SECONDS_PER_DAY - 1) / SECONDS_PER_DAY;
            return LocalDate.parse(value).minusDays(days).toString();
        }
        if (type == DataType.Simple.TIMESTAMP || type == DataType.Simple.TIMESTAMPTZ) {
            return TIMESTAMP.format(time(value).minus(back)) + (value.endsWith("+00") ? "+00" : "");
        }
        return new BigDecimal(value)
                .subtract(BigDecimal.valueOf(lookback.count()))
                .toPlainString();
    }

    private static LocalDateTime time(String value) {
        return LocalDateTime.parse(value.endsWith("+00") ? value.substring(0, value.length() - 3) : value, TIMESTAMP);
    }
}
