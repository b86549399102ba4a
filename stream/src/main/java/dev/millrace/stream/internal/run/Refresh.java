package dev.millrace.stream.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.stream.internal.delta.DeltaMirror;
import dev.millrace.stream.internal.query.MergePlan;
import dev.millrace.stream.internal.query.QueryReader;
import dev.millrace.stream.internal.query.QueryShape;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.RelationType;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.StateStore;
import dev.millrace.warehouse.Table;
import dev.millrace.warehouse.model.Model;
import dev.millrace.warehouse.model.WindowSql;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings a streaming model up to date, one transaction at a time. Owned by one thread. */
final class Refresh {
    static final String RESULT = "temp.main._millrace_result";

    private final Model model;
    private final StreamConfig config;
    private final QueryReader.Read read;
    private final Session session;
    private final Watermark watermark;
    private final String target;
    private final String key;
    private final @Nullable DeltaMirror delta;
    private final OpenWindows openWindows;
    private boolean rebuildAsked;
    private boolean awaitsMessages;
    private @Nullable StreamSql sql;
    /** The target's columns, which only a rebuild changes. */
    private @Nullable List<Column> columns;

    /** @param rebuild whether to begin by building everything anew */
    Refresh(
            Model model,
            StreamConfig config,
            QueryReader.Read read,
            Session session,
            Watermark watermark,
            boolean rebuild) {
        this.model = model;
        this.config = config;
        this.read = read;
        this.session = session;
        this.watermark = watermark;
        this.target = session.dialect().quote(model.relation());
        this.key = "stream:" + model.id();
        this.openWindows = new OpenWindows(session, model);
        this.rebuildAsked = rebuild;
        this.delta = config.delta()
                .map(place -> new DeltaMirror(model, place, session))
                .orElse(null);
    }

    /** What was done. */
    record Outcome(boolean rebuilt, long rows, long late, long untimed, StreamState state) {
        @Nullable
        Instant watermark() {
            Long mark = state.watermark();
            return mark == null ? null : Instant.EPOCH.plus(mark, java.time.temporal.ChronoUnit.MICROS);
        }
    }

    /** Whether its input has not been there so far. */
    boolean waitsForInput() {
        return sql == null;
    }

    /** Whether its input is a topic's that has landed nothing yet and lacks columns the query needs. */
    boolean awaitsMessages() {
        return awaitsMessages;
    }

    /** Applies everything that is there; empty if nothing is new. */
    Optional<Outcome> run() {
        if (sql == null) {
            StreamTables.create(session);
            if (delta != null) {
                delta.create();
            }
            StreamSql found = StreamSql.of(model, read, session, config).orElse(null);
            awaitsMessages = found != null && awaitsMessages(found);
            sql = awaitsMessages ? null : found;
        }
        if (sql == null) {
            return Optional.empty();
        }
        StreamSql statements = sql;
        Optional<Outcome> outcome = session.inTransaction(() -> apply(statements));
        rebuildAsked = false;
        return outcome;
    }

    private boolean awaitsMessages(StreamSql statements) {
        if (!WindowSql.awaitsMessages(
                session, Objects.requireNonNull(read.input().relation()))) {
            return false;
        }
        try {
            session.query("describe " + statements.everything());
            return false;
        } catch (MillraceException e) {
            if (e.code() == ErrorCode.SQL_FAILED) {
                return true;
            }
            throw e;
        }
    }

    /** Takes over to Delta what was noted, if it is time to; does nothing for a model that is no Delta table. */
    void mirror(boolean now) {
        StreamSql statements = sql;
        if (delta != null && statements != null && (now || delta.due())) {
            delta.flush((after, upTo) -> statements.query(statements.between(after, upTo), "true"));
        }
    }

    private Optional<Outcome> apply(StreamSql statements) {
        Optional<StreamState> known = StateStore.current(session, key).map(StreamState::fromJson);
        Optional<RelationType> there = session.relationType(model.relation());
        if (rebuildAsked || known.isEmpty() || there.isEmpty() || there.get() != RelationType.TABLE) {
            return Optional.of(rebuild(statements, known, there));
        }
        StreamState state = known.get();
        if (!state.checksum().equals(model.checksum())) {
            throw new MillraceException(
                    ErrorCode.STREAM_QUERY_CHANGED,
                    model.id().name() + " has changed since its table was built",
                    model.position(),
                    "Build it anew from all rows of its input: add --full-refresh.",
                    null);
        }
        String high = text(session.query(statements.greatest(state.position())).single());
        return high == null ? Optional.empty() : Optional.of(advance(statements, state, high));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : String.valueOf(value);
    }

    private Outcome rebuild(StreamSql statements, Optional<StreamState> known, Optional<RelationType> there) {
        columns = null;
        if (there.isPresent() && there.get() != RelationType.TABLE) {
            session.execute("drop view " + target);
        }
        session.execute("create or replace table " + target + " as (\n" + statements.everything() + "\n)");
        session.execute("delete from " + StreamTables.lateEvents(session) + " where node = "
                + session.dialect().literal(model.id().toString()));
        boolean anew = false;
        if (read.shape() instanceof QueryShape.Windowed shape) {
            requireInstants();
            anew = plan(shape).isEmpty();
        }
        Progress all = Progress.of(session, statements, "true");
        openWindows.reset(statements, anew);
        String high = text(session.query(statements.greatest(null)).single());
        long before = known.map(StreamState::version).orElse(0L);
        long version = delta == null ? before + 1 : delta.after(before);
        if (delta != null) {
            delta.noteAll(version);
        }
        StreamState state =
                new StreamState(high, version, all.maxima(), mark(all, all.maxima(), null), model.checksum());
        StateStore.update(session, key, state.toJson());
        return new Outcome(true, all.rows(), 0, statements.windowed() ? all.untimed() : 0, state);
    }

    private @Nullable Long mark(Progress seen, java.util.Map<String, Long> maxima, @Nullable Long before) {
        return config.watermark().isEmpty() ? null : watermark.advance(maxima, seen.active(), before);
    }

    /** Windows are found by their start: a column that is something else would not be found. */
    private void requireInstants() {
        for (Column column : columns()) {
            if (column.name().equalsIgnoreCase("window_start") && column.type().equals("TIMESTAMP WITH TIME ZONE")) {
                return;
            }
        }
        throw new MillraceException(
                ErrorCode.STREAM_QUERY_UNSUPPORTED,
                "the column window_start must be the window's start as it is: a timestamp with time zone",
                model.position(),
                "Put what is derived from it into another column.",
                null);
    }

    private Outcome advance(StreamSql statements, StreamState state, String high) {
        String rows = statements.between(state.position(), high);
        Progress fresh = Progress.of(session, statements, rows);
        long late = 0;
        if (read.shape() instanceof QueryShape.Windowed shape) {
            Long closed = config.dropsLate() ? state.watermark() : null;
            late = keepLate(statements, rows, closed, fresh);
            Optional<MergePlan> plan = plan(shape);
            if (plan.isPresent()) {
                merge(statements, plan.get(), rows, closed);
                noteWindows(state, "select distinct epoch_us(window_start) from " + RESULT);
            } else {
                openWindows.recompute(statements, closed);
                noteWindows(state, OpenWindows.TOUCHED_WINDOWS);
            }
        } else {
            session.execute("insert into " + target + " by name (\n" + statements.query(rows, "true") + "\n)");
            if (delta != null) {
                delta.noteRows(state.version() + 1, state.position(), high);
            }
        }
        StreamState next = next(state, fresh, high);
        StateStore.update(session, key, next.toJson());
        return new Outcome(false, fresh.rows(), late, statements.windowed() ? fresh.untimed() : 0, next);
    }

    private void noteWindows(StreamState state, String windows) {
        if (delta != null) {
            delta.noteWindows(state.version() + 1, windows);
        }
    }

    private StreamState next(StreamState state, Progress fresh, String high) {
        java.util.Map<String, Long> maxima = fresh.over(state.maxima());
        Long mark = mark(fresh, maxima, state.watermark());
        return new StreamState(high, state.version() + 1, maxima, mark, state.checksum());
    }

    private Optional<MergePlan> plan(QueryShape.Windowed shape) {
        return shape.merge().filter(plan -> MergeSql.exact(plan, columns()));
    }

    private List<Column> columns() {
        List<Column> known = columns;
        if (known == null) {
            known = session.columns(model.relation());
            columns = known;
        }
        return known;
    }

    private long keepLate(StreamSql statements, String rows, @Nullable Long closed, Progress fresh) {
        if (closed == null || fresh.earliest() == null || fresh.earliest() >= closed) {
            return 0;
        }
        return session.execute("insert into " + StreamTables.lateEvents(session) + " select "
                + session.dialect().literal(model.id().toString())
                + ", make_timestamptz(_millrace_window), make_timestamptz(_millrace_time), cast(_millrace_position as varchar), "
                + "cast(_millrace_of as varchar), _millrace_at, now() from (" + statements.windowsOf(rows)
                + ") where not (" + statements.open(closed) + ")");
    }

    private void merge(StreamSql statements, MergePlan plan, String rows, @Nullable Long closed) {
        session.execute("create or replace temporary table _millrace_result as (\n"
                + statements.query(rows, statements.open(closed)) + "\n)");
        Table bounds = session.query("select epoch_us(min(window_start)), epoch_us(max(window_start)) from " + RESULT);
        if (bounds.rows().get(0).get(0) instanceof Number first
                && bounds.rows().get(0).get(1) instanceof Number last) {
            String within = "t.window_start between make_timestamptz(" + first + ") and make_timestamptz(" + last + ")";
            session.execute(MergeSql.of(session.dialect(), plan, columns(), target, RESULT, within));
        }
    }
}
