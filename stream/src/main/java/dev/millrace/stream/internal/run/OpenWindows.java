package dev.millrace.stream.internal.run;

import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.model.Model;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The windows of a model that new rows may still touch, and computing those anew that they do. For each window the
 * position is kept before which none of its rows stands, so that old rows of the input are passed over. Owned by one
 * thread.
 */
final class OpenWindows {
    private static final String TOUCHED = "temp.main._millrace_touched";
    /** The windows that were computed anew last. */
    static final String TOUCHED_WINDOWS = "select _millrace_window from " + TOUCHED;

    private final Session session;
    private final String target;
    private final String node;
    private final String index;

    OpenWindows(Session session, Model model) {
        this.session = session;
        this.target = session.dialect().quote(model.relation());
        this.node = session.dialect().literal(model.id().toString());
        this.index = StreamTables.windows(session);
    }

    /** @param fill whether to keep the windows that {@link Progress} saw, or none */
    void reset(StreamSql statements, boolean fill) {
        session.execute("delete from " + index + " where node = " + node);
        if (fill) {
            session.execute("insert into " + index + " select " + node + ", _millrace_window, _millrace_first from ("
                    + statements.windowsIn(Progress.SEEN) + ")");
        }
    }

    /**
     * Computes the windows that {@link Progress} saw rows of from all their rows.
     *
     * @param closed the watermark: windows that end at or before it stay as they are; null for none
     */
    void recompute(StreamSql statements, @Nullable Long closed) {
        session.execute("create or replace temporary table _millrace_touched as select * from ("
                + statements.windowsIn(Progress.SEEN) + ") where " + statements.open(closed));
        session.execute("insert into " + index + " select " + node + ", _millrace_window, _millrace_first from "
                + TOUCHED + " where _millrace_window not in (select window_us from " + index + " where node = " + node
                + ")");
        List<@Nullable Object> reach = session.query("select min(_millrace_window), max(_millrace_window), cast(min("
                        + statements.typed("first_position") + ") as varchar) from " + TOUCHED + " join " + index
                        + " on window_us = _millrace_window and node = " + node)
                .rows()
                .get(0);
        if (!(reach.get(0) instanceof Number first) || !(reach.get(1) instanceof Number last)) {
            return;
        }
        String reached = statements.from(Objects.requireNonNull(text(reach.get(2)))) + " and "
                + statements.timesOf(first.longValue(), last.longValue());
        session.execute("create or replace temporary table _millrace_result as (\n"
                + statements.query(reached, "_millrace_window in (select _millrace_window from " + TOUCHED + ")")
                + "\n)");
        session.execute("delete from " + target
                + " where window_start in (select make_timestamptz(_millrace_window) from " + TOUCHED + ")");
        session.execute("insert into " + target + " by name select * from " + Refresh.RESULT);
        if (closed != null) {
            session.execute("delete from " + index + " where node = " + node + " and window_us + " + statements.size()
                    + " <= " + closed);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : String.valueOf(value);
    }
}
