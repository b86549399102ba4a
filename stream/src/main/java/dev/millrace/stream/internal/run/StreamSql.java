package dev.millrace.stream.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.stream.internal.query.QueryReader;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.Dialect;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.model.Model;
import dev.millrace.warehouse.model.StreamInput;
import dev.millrace.warehouse.model.WindowSql;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The statements of one streaming model, for an input of known columns. Microseconds since 1970 are called windows and
 * times here. Immutable.
 */
final class StreamSql {
    private static final String ROWS = "'millrace rows' is not null";
    private static final String WINDOWS = "'millrace windows' is not null";
    private static final String ALL = "true";

    private final String query;
    private final String input;
    private final StreamInput.@Nullable Windows windows;
    private final String micros;
    private final @Nullable String timeType;
    private final String position;
    private final String positionType;
    private final String partition;
    private final String offset;

    private StreamSql(Model model, QueryReader.Read read, Session session, StreamConfig config, List<Column> columns) {
        Dialect dialect = session.dialect();
        input = read.input().sql();
        windows = read.input() instanceof StreamInput.Windows given ? given : null;
        timeType = windows == null ? null : WindowSql.timeType(session, windows);
        micros = windows == null ? "null::bigint" : WindowSql.micros(windows, timeType);
        Column grows = column(columns, config.positionColumn())
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        input + " has no column " + config.positionColumn(),
                        model.positionOf("position_column"),
                        "Set position_column to a column of it that grows with each commit; landed topics have _millrace_batch_id.",
                        null));
        position = dialect.quote(grows.name());
        positionType = grows.type();
        partition = column(columns, "_millrace_partition")
                .map(c -> dialect.quote(c.name()))
                .orElse("0");
        offset = column(columns, "_millrace_offset")
                .map(c -> dialect.quote(c.name()))
                .orElse("null::bigint");
        query = model.sql(given -> given instanceof StreamInput.Windows in
                ? WindowSql.windows(in, micros, ROWS, WINDOWS)
                : "(select * from " + given.sql() + " where " + ROWS + ")");
    }

    /** Empty as long as the input does not exist. */
    static Optional<StreamSql> of(Model model, QueryReader.Read read, Session session, StreamConfig config) {
        RelationName relation = Objects.requireNonNull(read.input().relation());
        List<Column> columns = session.columns(relation);
        return columns.isEmpty() ? Optional.empty() : Optional.of(new StreamSql(model, read, session, config, columns));
    }

    private static Optional<Column> column(List<Column> columns, String name) {
        return columns.stream().filter(c -> c.name().equalsIgnoreCase(name)).findFirst();
    }

    boolean windowed() {
        return windows != null;
    }

    /** The model's query over everything. */
    String everything() {
        return query(ALL, ALL);
    }

    String query(String rows, String ofWindows) {
        return query.replace(ROWS, rows).replace(WINDOWS, ofWindows);
    }

    /** The condition of rows after one position up to another. */
    String between(@Nullable String after, String upTo) {
        String until = position + " <= " + value(upTo);
        return after == null ? until : position + " > " + value(after) + " and " + until;
    }

    String from(String first) {
        return position + " >= " + value(first);
    }

    private String value(String text) {
        return "cast('" + text.replace("'", "''") + "' as " + positionType + ")";
    }

    String typed(String expression) {
        return "cast(" + expression + " as " + positionType + ")";
    }

    /** The greatest position after {@code after}, as text. */
    String greatest(@Nullable String after) {
        return "select cast(max(" + position + ") as varchar) from " + input
                + (after == null ? "" : " where " + position + " > " + value(after));
    }

    /**
     * What rows hold, for each partition ({@code _millrace_of}) and last window they are in ({@code _millrace_bucket}).
     */
    String seen(String rows) {
        String columns = partition + " as _millrace_of, " + position + " as _millrace_position, _millrace_time";
        String all = windows == null
                ? "select " + partition + " as _millrace_of, " + position
                        + " as _millrace_position, null::bigint as _millrace_time, null::bigint as _millrace_bucket from "
                        + input + " where " + rows
                : WindowSql.buckets(windows, micros, columns, rows);
        return "select _millrace_of, _millrace_bucket, min(_millrace_position) as _millrace_first, "
                + "min(_millrace_time) as _millrace_earliest, max(_millrace_time) as _millrace_latest, "
                + "count(*) as _millrace_rows, count(_millrace_time) as _millrace_timed from (" + all
                + ") group by 1, 2";
    }

    /**
     * Each window that rows are in, with a position before which none of those stands.
     *
     * @param seen a table of what {@link #seen} gave
     */
    String windowsIn(String seen) {
        StreamInput.Windows given = Objects.requireNonNull(windows);
        String window = WindowSql.unnested(given, "_millrace_bucket", "_millrace_earliest");
        return "select _millrace_window, cast(min(_millrace_first) as varchar) as _millrace_first from (select "
                + window + " as _millrace_window, _millrace_first from " + seen
                + " where _millrace_bucket is not null) group by 1";
    }

    /** The windows of rows, once for each: with position, partition, offset and event time. */
    String windowsOf(String rows) {
        String columns = position + " as _millrace_position, " + partition + " as _millrace_of, " + offset
                + " as _millrace_at, _millrace_time";
        return "select * from (" + WindowSql.starts(Objects.requireNonNull(windows), micros, columns, rows)
                + ") where _millrace_window is not null";
    }

    /** The condition that a window ends after {@code watermark}. */
    String open(@Nullable Long watermark) {
        return watermark == null ? ALL : "_millrace_window + " + size() + " > " + watermark;
    }

    long size() {
        return WindowSql.micros(Objects.requireNonNull(windows).size());
    }

    /** A condition that lets DuckDB pass over rows that cannot be in these windows, where the column's order tells. */
    String timesOf(long firstWindow, long lastWindow) {
        if (windows == null || timeType == null || !windows.time().matches("\\w+")) {
            return ALL;
        }
        String make = switch (timeType) {
            case "TIMESTAMP WITH TIME ZONE" -> "make_timestamptz";
            case "TIMESTAMP" -> "make_timestamp";
            default -> "";
        };
        String time = "\"" + windows.time() + "\"";
        return make.isEmpty()
                ? ALL
                : time + " >= " + make + "(" + firstWindow + ") and " + time + " < " + make + "("
                        + (lastWindow + size()) + ")";
    }
}
