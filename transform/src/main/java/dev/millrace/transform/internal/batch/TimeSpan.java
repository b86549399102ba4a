package dev.millrace.transform.internal.batch;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/**
 * A span of event time in UTC.
 *
 * @param start the first moment in it
 * @param end the first moment after it
 */
public record TimeSpan(LocalDateTime start, LocalDateTime end) {
    private static final DateTimeFormatter SQL = format(' ');
    private static final DateTimeFormatter ISO = format('T');

    /** The moments that are in both; nothing if there is none. */
    public TimeSpan and(TimeSpan other) {
        return new TimeSpan(
                start.isAfter(other.start) ? start : other.start, end.isBefore(other.end) ? end : other.end);
    }

    /** What a row must fulfil to be in the span. */
    public String condition(String column) {
        return column + " >= '" + SQL.format(start) + "' and " + column + " < '" + SQL.format(end) + "'";
    }

    /** A moment in ISO's form with its offset, as artifacts have it. */
    public static String iso(LocalDateTime moment) {
        return ISO.format(moment);
    }

    private static DateTimeFormatter format(char between) {
        return new DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .appendLiteral(between)
                .appendPattern("HH:mm:ss")
                .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
                .appendLiteral("+00:00")
                .toFormatter();
    }
}
