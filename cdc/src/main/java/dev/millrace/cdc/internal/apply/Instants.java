package dev.millrace.cdc.internal.apply;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.ColumnWriter;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoField;

/** Points in time as microseconds since 1970, with PostgreSQL's infinities as {@link ColumnWriter} has them. */
final class Instants {
    /** What the driver has for infinity, in milliseconds, and what Debezium makes of it. */
    private static final long POSITIVE_MILLIS = 9_223_372_036_825_200_000L;

    private static final long NEGATIVE_MILLIS = -9_223_372_036_832_400_000L;

    /** The first day PostgreSQL has, in 4714 BC. */
    private static final long FIRST_DAY = -2_440_588;

    private Instants() {}

    static long microsOfMillis(long millis) {
        if (millis == POSITIVE_MILLIS / 1000 || millis == POSITIVE_MILLIS) {
            return ColumnWriter.POSITIVE_INFINITY;
        }
        if (millis == NEGATIVE_MILLIS / 1000 || millis == NEGATIVE_MILLIS) {
            return ColumnWriter.NEGATIVE_INFINITY;
        }
        return Math.multiplyExact(millis, 1000);
    }

    static long micros(long micros) {
        if (micros == POSITIVE_MILLIS) {
            return ColumnWriter.POSITIVE_INFINITY;
        }
        return micros == NEGATIVE_MILLIS ? ColumnWriter.NEGATIVE_INFINITY : micros;
    }

    static boolean isInfinite(long micros) {
        return micros == ColumnWriter.POSITIVE_INFINITY || micros == ColumnWriter.NEGATIVE_INFINITY;
    }

    /** @throws MillraceException if the day is infinite: what is left of that in 32 bits does not keep its sign */
    static long day(long days) {
        if (days < FIRST_DAY) {
            throw new MillraceException(
                    ErrorCode.VALUE_OUT_OF_RANGE,
                    "a date is infinite, and the log does not tell in which direction",
                    null,
                    "Use a timestamp column for it, or leave the column out with column.exclude.list.",
                    null);
        }
        return days;
    }

    /** An ISO 8601 text with a zone, or an infinity. */
    static long micros(String text) {
        if (text.equals("infinity")) {
            return ColumnWriter.POSITIVE_INFINITY;
        }
        if (text.equals("-infinity")) {
            return ColumnWriter.NEGATIVE_INFINITY;
        }
        OffsetDateTime time = OffsetDateTime.parse(text);
        return Math.addExact(
                Math.multiplyExact(time.toEpochSecond(), 1_000_000L), time.get(ChronoField.MICRO_OF_SECOND));
    }
}
