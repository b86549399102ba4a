package dev.millrace.transform.internal.context;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Functions;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Values;
import dev.millrace.transform.internal.relation.DbtRelation;
import dev.millrace.transform.internal.relation.RelationKind;
import dev.millrace.warehouse.model.Interval;
import dev.millrace.warehouse.model.StreamInput;
import java.time.Duration;
import java.util.function.Function;

/** {@code stream_input}: what the macros {@code tumble}, {@code hop} and {@code stream} are made of. */
public final class StreamCalls {
    /** Of the window function in templates. */
    public static final String NAME = "stream_input";

    private static final int MOST_WINDOWS_PER_ROW = 10_000;

    private StreamCalls() {}

    /** @param sql what an input becomes */
    public static Callable function(String warehouse, String database, Function<StreamInput, String> sql) {
        return Functions.of(
                NAME,
                "kind, relation, time_column=None, slide=None, size=None",
                a -> sql.apply(read(a, warehouse, database)));
    }

    private static StreamInput read(Arguments a, String warehouse, String database) {
        String from = Values.str(a.get(1));
        RelationName relation = a.get(1) instanceof DbtRelation known && known.type() != RelationKind.CTE
                ? known.name(warehouse, database)
                : null;
        return switch (a.string(0)) {
            case "rows" -> new StreamInput.Rows(from, relation);
            case "tumble" -> {
                Duration size = length("the size of a window", a, 4);
                yield new StreamInput.Windows(from, relation, time(a), size, size);
            }
            case "hop" ->
                hop(new StreamInput.Windows(
                        from,
                        relation,
                        time(a),
                        length("the slide of a window", a, 3),
                        length("the size of a window", a, 4)));
            case "session" ->
                throw new MillraceException(
                        ErrorCode.STREAM_QUERY_UNSUPPORTED,
                        "session windows are not supported",
                        null,
                        "Use tumble(relation, time_column, size) or hop(relation, time_column, slide, size).",
                        null);
            default -> throw JinjaException.value("unknown kind of input " + Values.repr(a.get(0)));
        };
    }

    private static String time(Arguments a) {
        if (a.get(2) instanceof String column && !column.isBlank()) {
            return column;
        }
        throw new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "the time column must be a text, but is " + Values.repr(a.get(2)),
                null,
                "Name the column that holds the event time, in quotes.",
                null);
    }

    private static Duration length(String what, Arguments a, int index) {
        Duration length = Interval.parse(what, Values.str(a.get(index)), null);
        if (length.isZero()) {
            throw new MillraceException(ErrorCode.CONFIG_INVALID, what + " cannot be zero");
        }
        return length;
    }

    private static StreamInput hop(StreamInput.Windows windows) {
        long each = windows.size().toMillis() / Math.max(1, windows.slide().toMillis());
        if (each > MOST_WINDOWS_PER_ROW) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "each row would be in " + each + " windows",
                    null,
                    "Use a larger slide: at most " + MOST_WINDOWS_PER_ROW + " windows per row.",
                    null);
        }
        return windows;
    }
}
