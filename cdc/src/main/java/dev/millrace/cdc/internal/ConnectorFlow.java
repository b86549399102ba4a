package dev.millrace.cdc.internal;

import dev.millrace.cdc.internal.apply.Applier;
import dev.millrace.cdc.internal.apply.CdcState;
import dev.millrace.cdc.internal.apply.Change;
import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.cdc.internal.engine.Engine;
import dev.millrace.cdc.internal.engine.SchemaHistoryLog;
import dev.millrace.cdc.internal.source.SourceDatabase;
import dev.millrace.cdc.internal.source.Tracker;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.core.graph.StepResult;
import dev.millrace.warehouse.Session;
import io.debezium.engine.ChangeEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A connector at work: takes batches from the engine and brings whole transactions of the source over, each with the
 * place to resume at. A transaction that is too big to hold is brought over in parts.
 */
final class ConnectorFlow implements ContinuousStep.Flow {
    private static final int MOST_HELD = 100_000;
    private static final long PLACE_INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long LONGEST_SILENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private final Connector connector;
    private final SourceDatabase database;
    private final Session session;
    private final Applier applier;
    private final Tracker tracker;
    private final Engine engine;
    private final List<TableId> tables;
    private final Optional<SchemaHistoryLog> schemas;
    private final List<Change> held = new ArrayList<>();
    private CdcState state;
    private boolean inTransaction;
    private int whole;
    private Tracker.@Nullable Place place;
    private @Nullable ChangeEvent<SourceRecord, SourceRecord> placed;
    private @Nullable ChangeEvent<SourceRecord, SourceRecord> safe;
    private long written = System.nanoTime();
    private long spoken = System.nanoTime();
    private @Nullable Expected expected;
    private boolean heard;
    private Tracker.@Nullable Place limit;
    private boolean reached;
    /** Whether only a part of the transaction that is being read has been brought over. */
    private boolean partial;
    /** Changes of this batch that belong to transactions too big to hold. */
    private long broughtInParts;

    /** A sign in the log that is waited for. */
    private record Expected(String token, String mark) {}

    ConnectorFlow(
            Connector connector,
            Session session,
            Applier applier,
            Engine engine,
            CdcState state,
            List<TableId> tables,
            Optional<SchemaHistoryLog> schemas) {
        this.connector = connector;
        this.database = connector.database();
        this.session = session;
        this.applier = applier;
        this.engine = engine;
        this.state = state;
        this.tables = tables;
        this.schemas = schemas;
        schemas.ifPresent(log -> applier.with(log::write));
        this.tracker = database.tracker(state.offset(), state.applied());
    }

    /** Whether anything has come from the source yet: the connector is set up there then. */
    boolean heard() {
        return heard;
    }

    /** Waits, in {@link #next}, for the sign {@code token}. */
    void expect(String token, String mark) {
        expected = new Expected(token, mark);
    }

    /** Whether the sign that was waited for has come, and all before it is safe. */
    boolean caughtUp() {
        return heard && expected == null;
    }

    /** Lets it bring over only transactions that are before {@code end}. */
    void until(Tracker.Place end) {
        limit = end;
    }

    /** Whether a transaction has come that is not before the place given to {@link #until}. */
    boolean reachedLimit() {
        return reached;
    }

    /** Whether the state is in the middle of a transaction. */
    boolean isPartial() {
        return partial;
    }

    CdcState state() {
        return state;
    }

    @Override
    public StepResult next(Duration wait) throws InterruptedException {
        Engine.Batch batch;
        try {
            batch = engine.poll(wait);
        } catch (Engine.StoppedException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw database.explain(cause, state.streaming() ? Optional.of(state) : Optional.empty())
                    .at(connector.spec().position());
        }
        long rows = 0;
        if (batch == null) {
            checkSilence();
        } else {
            spoken = System.nanoTime();
            heard = true;
            rows = process(batch);
            batch.done(safe);
        }
        return result(rows);
    }

    private void checkSilence() {
        if (database.neverSilent()
                && heard
                && state.streaming()
                && System.nanoTime() - spoken > LONGEST_SILENCE_NANOS) {
            throw new MillraceException(
                    ErrorCode.CONNECTION_LOST,
                    "the connection to " + connector.endpoint().identity() + " is silent and must be lost",
                    connector.spec().position(),
                    "What was read is safe. Run again.",
                    null);
        }
    }

    private StepResult result(long rows) {
        StepResult result = StepResult.success(rows + (rows == 1 ? " change" : " changes"), rows);
        if (state.position() != null) {
            result = result.with("position", state.position());
        }
        if (state.changedAt() != null) {
            long lag = rows == 0 ? 0 : ChronoUnit.MILLIS.between(Instant.parse(state.changedAt()), Instant.now());
            result = result.with("lag_ms", Math.max(0, lag));
        }
        return result;
    }

    private long process(Engine.Batch batch) {
        boolean sign = false;
        long rows = 0;
        List<Change> read = new ArrayList<>();
        for (ChangeEvent<SourceRecord, SourceRecord> event : batch.events()) {
            SourceRecord record = event.value();
            if (record == null) {
                continue;
            }
            if (limit != null && database.isAfter(record, limit)) {
                reached = true;
                break;
            }
            if (!state.streaming()) {
                tracker.pass(record);
                if (Records.isSnapshot(record)) {
                    Records.change(record, database).ifPresent(read::add);
                    if (Records.isLastOfSnapshot(record)) {
                        rows += stage(read);
                        finish(event);
                    }
                    continue;
                }
                rows += stage(read);
                finish(event);
            }
            stream(event, record);
            if (expected != null && database.isMark(record, expected.token(), expected.mark())) {
                sign = true;
            }
        }
        rows += stage(read);
        rows += bringOver(sign || reached) + broughtInParts;
        broughtInParts = 0;
        if (sign) {
            expected = null;
        }
        return rows;
    }

    private long stage(List<Change> read) {
        if (read.isEmpty()) {
            return 0;
        }
        applier.stage(read);
        long rows = read.size();
        read.clear();
        return rows;
    }

    private void finish(ChangeEvent<SourceRecord, SourceRecord> event) {
        CdcState streaming = stateAt(tracker.place(), List.of());
        applier.finish(database::columns, streaming);
        state = streaming;
        safe = event;
    }

    private void stream(ChangeEvent<SourceRecord, SourceRecord> event, SourceRecord record) {
        Optional<Change> change = Records.change(record, database);
        if (change.isPresent()) {
            if (tracker.take(record, change.get().table())) {
                held.add(change.get());
            }
        } else {
            tracker.pass(record);
        }
        if (Records.isBegin(record)) {
            inTransaction = true;
        } else if (Records.isEnd(record)
                || (database.truncatesAlone() && change.filter(Change::truncate).isPresent())) {
            inTransaction = false;
        }
        if (!inTransaction) {
            partial = false;
            whole = held.size();
            place = tracker.place();
            placed = event;
        } else if (held.size() >= MOST_HELD) {
            partial = true;
            whole = held.size();
            place = tracker.place();
            placed = event;
            broughtInParts += bringOver(true);
        }
    }

    /** @param now even if there is no change */
    private long bringOver(boolean now) {
        Tracker.Place at = place;
        if (at == null || (whole == 0 && !now && System.nanoTime() - written < PLACE_INTERVAL_NANOS)) {
            return 0;
        }
        List<Change> changes = List.copyOf(held.subList(0, whole));
        CdcState next = stateAt(at, changes);
        applier.apply(changes, next::withSequence);
        state = next.withSequence(applier.sequence());
        held.subList(0, whole).clear();
        whole = 0;
        place = null;
        safe = placed;
        written = System.nanoTime();
        return changes.size();
    }

    private CdcState stateAt(Tracker.Place at, List<Change> changes) {
        String changedAt = changes.isEmpty()
                ? state.changedAt()
                : Instant.EPOCH
                        .plus(changes.get(changes.size() - 1).committedMicros(), ChronoUnit.MICROS)
                        .toString();
        CdcState next = new CdcState(
                CdcState.STREAMING,
                database.slot(),
                state.tables(),
                at.offset(),
                at.applied(),
                applier.sequence(),
                at.position(),
                changedAt,
                null,
                state.left());
        return next.withTables(names(tables));
    }

    static List<String> names(List<TableId> tables) {
        return tables.stream().map(TableId::toString).toList();
    }

    /** Remembers that nothing had been written to the log after {@code mark}, if it is so when asked again. */
    void remember(String mark) {
        CdcState marked = state.withMark(mark);
        session.inTransaction(() -> {
            marked.write(session, connector.stateKey());
            return null;
        });
        state = marked;
    }

    /** Ends the engine, and leaves the session open. */
    void stop() {
        try {
            engine.close();
        } finally {
            schemas.ifPresent(SchemaHistoryLog::close);
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } finally {
            session.close();
        }
    }
}
