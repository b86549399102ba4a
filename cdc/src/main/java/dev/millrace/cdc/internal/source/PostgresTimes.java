package dev.millrace.cdc.internal.source;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Points in time as the driver and Debezium have them. The driver's classes count days before October 1582 by the
 * Julian calendar and years before 1 by era; PostgreSQL knows the Gregorian calendar only.
 */
@SuppressWarnings("JavaUtilDate") // it is what the driver gives
final class PostgresTimes {
    /** What the driver has for infinity, in milliseconds (org.postgresql.PGStatement). */
    private static final long POSITIVE = 9_223_372_036_825_200_000L;

    private static final long NEGATIVE = -9_223_372_036_832_400_000L;

    /** The first day PostgreSQL has, in 4714 BC. */
    private static final long FIRST_DAY = -2_440_588;

    /** The last day PostgreSQL has, in 5874897. */
    private static final long LAST_DAY = 2_145_031_948;

    private PostgresTimes() {}

    /** Days since 1970. */
    static @Nullable Object day(@Nullable Object value) {
        if (value instanceof LocalDate date) {
            return known(date.toEpochDay());
        }
        if (value instanceof java.util.Date date) {
            boolean infinite = date.getTime() == POSITIVE || date.getTime() == NEGATIVE;
            return known(
                    infinite
                            ? Long.MAX_VALUE
                            : date(calendar(date, TimeZone.getDefault())).toEpochDay());
        }
        return value;
    }

    private static int known(long day) {
        if (day < FIRST_DAY || day > LAST_DAY) {
            throw new ConnectException(
                    "value refused",
                    new MillraceException(
                            ErrorCode.VALUE_OUT_OF_RANGE,
                            "a date is infinite, and the log does not tell in which direction",
                            null,
                            "Use a timestamp column for it, or leave the column out with column.exclude.list.",
                            null));
        }
        return Math.toIntExact(day);
    }

    /** Microseconds since 1970 of a timestamp without a zone; infinity as the driver has it. */
    static @Nullable Object micros(@Nullable Object value) {
        if (value instanceof Timestamp timestamp) {
            return infinite(timestamp)
                    ? (Object) timestamp.getTime()
                    : micros(time(timestamp, TimeZone.getDefault()).toInstant(ZoneOffset.UTC));
        }
        return value instanceof Instant instant ? (Object) micros(instant) : value;
    }

    private static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.get(ChronoField.MICRO_OF_SECOND));
    }

    /** An ISO 8601 text in UTC, or an infinity. */
    static @Nullable Object zoned(@Nullable Object value) {
        if (value instanceof Timestamp timestamp) {
            return infinite(timestamp)
                    ? infinity(timestamp.getTime())
                    : time(timestamp, TimeZone.getTimeZone("UTC"))
                            .atOffset(ZoneOffset.UTC)
                            .toString();
        }
        if (value instanceof OffsetDateTime time) {
            long seconds = time.toEpochSecond();
            boolean infinite = seconds == Math.floorDiv(POSITIVE, 1000) || seconds == Math.floorDiv(NEGATIVE, 1000);
            return infinite ? infinity(seconds) : time.toString();
        }
        return value;
    }

    private static String infinity(long sign) {
        return sign > 0 ? "infinity" : "-infinity";
    }

    private static boolean infinite(Timestamp timestamp) {
        return timestamp.getTime() == POSITIVE || timestamp.getTime() == NEGATIVE;
    }

    private static LocalDateTime time(Timestamp timestamp, TimeZone zone) {
        Calendar calendar = calendar(timestamp, zone);
        LocalTime time = LocalTime.of(
                calendar.get(Calendar.HOUR_OF_DAY),
                calendar.get(Calendar.MINUTE),
                calendar.get(Calendar.SECOND),
                timestamp.getNanos());
        return LocalDateTime.of(date(calendar), time);
    }

    private static LocalDate date(Calendar calendar) {
        int year = calendar.get(Calendar.YEAR);
        return LocalDate.of(
                calendar.get(Calendar.ERA) == GregorianCalendar.BC ? 1 - year : year,
                calendar.get(Calendar.MONTH) + 1,
                calendar.get(Calendar.DAY_OF_MONTH));
    }

    private static Calendar calendar(java.util.Date date, TimeZone zone) {
        GregorianCalendar calendar = new GregorianCalendar(zone);
        calendar.setTimeInMillis(date.getTime());
        return calendar;
    }
}
