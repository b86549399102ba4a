package dev.millrace.warehouse.model;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Session;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Windows in DuckDB's SQL. Event times are instants; a time without a zone is UTC. Rows without an event time, or with
 * a text that is none, are in no window.
 */
public final class WindowSql {
    private static final String OFFSET = "_millrace_offset";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");

    private WindowSql() {}

    /** The input over all its rows, for a session that is there to ask for the type of its event time. */
    public static String batch(Session session, StreamInput input) {
        if (input instanceof StreamInput.Windows windows) {
            return windows(windows, micros(windows, timeType(session, windows)), "true", "true");
        }
        return input.sql();
    }

    /**
     * The warehouse's type of the event time; null if the relation is not there to be asked, or has no such column
     * before the first message.
     */
    public static @Nullable String timeType(Session session, StreamInput.Windows input) {
        RelationName relation = input.relation();
        if (relation == null || session.relationType(relation).isEmpty()) {
            return null;
        }
        try {
            return String.valueOf(session.query("describe select " + time(input) + " from " + input.sql())
                    .rows()
                    .get(0)
                    .get(1));
        } catch (MillraceException e) {
            if (e.code() == ErrorCode.SQL_FAILED && awaitsMessages(session, relation)) {
                return null;
            }
            throw e;
        }
    }

    /** Whether the relation is a topic's that has landed no message yet: its columns come with its messages. */
    public static boolean awaitsMessages(Session session, RelationName relation) {
        boolean landed = session.columns(relation).stream()
                .anyMatch(column -> column.name().equals(OFFSET));
        return landed
                && session.query("select 1 from " + session.dialect().quote(relation) + " limit 1")
                        .rows()
                        .isEmpty();
    }

    private static String time(StreamInput.Windows input) {
        return NAME.matcher(input.time()).matches() ? "\"" + input.time() + "\"" : "(" + input.time() + ")";
    }

    /**
     * The event time in microseconds since 1970, null where there is none.
     *
     * @param type as {@link #timeType} gives it
     * @throws MillraceException CONFIG_INVALID if values of that type are no times
     */
    public static String micros(StreamInput.Windows input, @Nullable String type) {
        String time = time(input);
        if (type == null) {
            return "epoch_us(try_cast(" + time + " as timestamptz))";
        }
        return switch (type.toUpperCase(Locale.ROOT)) {
            case "TIMESTAMP WITH TIME ZONE", "TIMESTAMP" ->
                "case when isfinite(" + time + ") then epoch_us(" + time + ") end";
            case "DATE", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" ->
                "epoch_us(try_cast(" + time + " as timestamp))";
            case "VARCHAR" -> text(time);
            case "JSON" -> text("(" + time + " ->> '$')");
            default ->
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "the event time " + input.time() + " of " + input.sql() + " is of type " + type,
                        null,
                        "Give an expression that makes a time of it, such as epoch_ms(" + input.time() + ").",
                        null);
        };
    }

    /** DuckDB reads a text as a timestamp past its offset, and as a timestamptz without one in the session's zone. */
    private static String text(String time) {
        String hasOffset = time + " like '%:%-%' or " + time + " like '%:%+%'";
        return "case when " + hasOffset + " then epoch_us(try_cast(" + time
                + " as timestamptz)) else epoch_us(try_cast(" + time + " as timestamp)) end";
    }

    /**
     * The rows with their windows, in parentheses.
     *
     * @param micros the event time as {@link #micros} gives it
     * @param rows a condition on the relation's rows
     * @param windows a condition on {@code _millrace_window}, the window's start in microseconds since 1970
     */
    public static String windows(StreamInput.Windows input, String micros, String rows, String windows) {
        long size = micros(input.size());
        return "(select * exclude (_millrace_window), make_timestamptz(_millrace_window) as window_start, "
                + "make_timestamptz(_millrace_window + " + size + ") as window_end from ("
                + starts(input, micros, "*", rows) + ") where _millrace_window is not null and " + windows + ")";
    }

    /** A query of {@code columns} with the start of each window a row is in, as {@code _millrace_window}. */
    public static String starts(StreamInput.Windows input, String micros, String columns, String rows) {
        String start = input.tumbling() ? last(input) : unnested(input, last(input), "_millrace_time");
        return "select " + (columns.equals("*") ? "* exclude (_millrace_time)" : columns) + ", " + start
                + " as _millrace_window from " + timed(input, micros, rows);
    }

    /** A query of {@code columns} with the start of the last window a row is in, as {@code _millrace_bucket}. */
    public static String buckets(StreamInput.Windows input, String micros, String columns, String rows) {
        return "select " + columns + ", " + last(input) + " as _millrace_bucket from " + timed(input, micros, rows);
    }

    /**
     * An expression that gives a row for each window that rows of one bucket are in: its start.
     *
     * @param bucket the start of the last window those rows are in
     * @param earliest the least event time among them
     */
    public static String unnested(StreamInput.Windows input, String bucket, String earliest) {
        return "unnest(range(" + bucket + ", " + earliest + " - " + micros(input.size()) + ", -" + micros(input.slide())
                + "))";
    }

    private static String timed(StreamInput.Windows input, String micros, String rows) {
        return "(select *, " + micros + " as _millrace_time from " + input.sql() + " where " + rows + ")";
    }

    private static String last(StreamInput.Windows input) {
        long slide = micros(input.slide());
        return "_millrace_time - ((_millrace_time % " + slide + ") + " + slide + ") % " + slide;
    }

    /** Whole microseconds. */
    public static long micros(Duration duration) {
        return Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000);
    }
}
