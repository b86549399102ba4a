package dev.millrace.cdc.internal;

import dev.millrace.cdc.internal.apply.Applier;
import dev.millrace.cdc.internal.apply.CdcState;
import dev.millrace.cdc.internal.apply.Change;
import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.cdc.internal.engine.Engine;
import dev.millrace.cdc.internal.engine.EngineSettings;
import dev.millrace.cdc.internal.engine.SchemaHistoryLog;
import dev.millrace.cdc.internal.source.SourceDatabase;
import dev.millrace.cdc.internal.source.Tracker;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.StepContext;
import dev.millrace.warehouse.Session;
import io.debezium.engine.ChangeEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Takes further tables among those that a connector follows. They are read by an engine of their own, which tells the
 * place in the log that their rows are of; the others are followed up to that place; then all are followed from there.
 * One transaction of the warehouse puts the rows in place and makes the tables followed ones: killed before it, all of
 * it begins anew, and nothing but the others' progress has happened.
 */
final class TableJoin {
    private static final Duration WAIT = Duration.ofMillis(200);

    private final Connector connector;
    private final StepContext context;
    private final Session session;
    private final Applier applier;
    private final SourceDatabase database;

    /** @param applier that reads the tables that join */
    TableJoin(Connector connector, StepContext context, Session session, Applier applier) {
        this.connector = connector;
        this.context = context;
        this.session = session;
        this.applier = applier;
        this.database = connector.database();
    }

    /**
     * @param known how far the connector has come
     * @param kept tables that were followed before and are still
     * @param fresh those that join
     * @param all both
     * @return where to follow all of them from; it is written
     */
    CdcState join(CdcState known, List<TableId> kept, List<TableId> fresh, List<TableId> all) {
        context.log(LogLevel.INFO, "reading " + String.join(", ", ConnectorFlow.names(fresh)) + " from the start");
        database.join(fresh, connector.spec().value("publication.autocreate.mode"));
        applier.clear();
        Optional<SchemaHistoryLog> definitions = history(false);
        Optional<SchemaHistoryLog> log = history(true);
        try {
            Tracker.Place read = read(fresh, definitions);
            ConnectorFlow flow = follow(known, kept, read, log);
            log.ifPresent(own -> definitions.ifPresent(own::addTables));
            CdcState joined = joined(flow, read, all);
            applier.finish(database::columns, joined);
            database.endReading();
            return joined;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled();
        } finally {
            definitions.ifPresent(SchemaHistoryLog::close);
            log.ifPresent(SchemaHistoryLog::close);
        }
    }

    private Optional<SchemaHistoryLog> history(boolean resumes) {
        return database.keepsSchemaHistory()
                ? Optional.of(SchemaHistoryLog.open(session, connector.stateKey(), resumes))
                : Optional.empty();
    }

    private static MillraceException cancelled() {
        return new MillraceException(ErrorCode.CANCELLED, "cancelled; what was read is safe");
    }

    private Engine engine(
            List<TableId> tables,
            Map<String, Object> offset,
            Map<String, String> more,
            Optional<SchemaHistoryLog> log) {
        Map<String, String> properties =
                EngineSettings.of(connector.spec(), connector.endpoint(), database, tables, false, more);
        log.ifPresent(own -> properties.putAll(EngineSettings.history(own)));
        return Engine.start(connector.spec().name(), properties, offset);
    }

    /** Reads tables whole. @return the place in the log that their rows are of */
    private Tracker.Place read(List<TableId> fresh, Optional<SchemaHistoryLog> definitions)
            throws InterruptedException {
        Tracker tracker = database.tracker(Map.of(), Map.of());
        long rows = 0;
        try (Engine engine = engine(fresh, Map.of(), database.readingProperties(), definitions)) {
            while (true) {
                if (context.cancelled()) {
                    throw cancelled();
                }
                Engine.Batch batch = engine.poll(WAIT);
                if (batch == null) {
                    continue;
                }
                List<Change> read = new ArrayList<>();
                boolean whole = collect(batch, tracker, read);
                applier.stage(read);
                rows += read.size();
                context.progress(rows, 0, OptionalLong.empty());
                batch.done(null);
                if (whole) {
                    return tracker.place();
                }
            }
        } catch (Engine.StoppedException e) {
            throw database.explain(e.getCause() == null ? e : e.getCause(), Optional.empty())
                    .at(connector.spec().position());
        }
    }

    /** Whether the tables have been read whole with this batch. */
    private boolean collect(Engine.Batch batch, Tracker tracker, List<Change> read) {
        for (ChangeEvent<SourceRecord, SourceRecord> event : batch.events()) {
            SourceRecord record = event.value();
            if (record == null) {
                continue;
            }
            tracker.pass(record);
            if (!Records.isSnapshot(record)) {
                return true;
            }
            Records.change(record, database).ifPresent(read::add);
            if (Records.isLastOfSnapshot(record)) {
                return true;
            }
        }
        return false;
    }

    /** Follows the tables that were followed before up to the place of the rows that were read. */
    private ConnectorFlow follow(CdcState known, List<TableId> kept, Tracker.Place end, Optional<SchemaHistoryLog> log)
            throws InterruptedException {
        Engine engine = engine(kept, known.offset(), database.waitingProperties(), log);
        ConnectorFlow flow = new ConnectorFlow(connector, session, applier, engine, known, kept, log);
        flow.until(end);
        try {
            boolean asked = false;
            while (!flow.reachedLimit() && !(asked && flow.caughtUp())) {
                if (!asked && flow.heard()) {
                    String token = UUID.randomUUID().toString();
                    flow.expect(token, database.mark(token));
                    asked = true;
                }
                flow.next(WAIT);
                if (context.cancelled()) {
                    throw cancelled();
                }
            }
        } finally {
            flow.stop();
        }
        return flow;
    }

    private CdcState joined(ConnectorFlow flow, Tracker.Place read, List<TableId> all) {
        CdcState followed = flow.state();
        boolean here = flow.isPartial();
        return new CdcState(
                        CdcState.STREAMING,
                        followed.slot(),
                        followed.tables(),
                        here ? followed.offset() : read.offset(),
                        here ? followed.applied() : read.applied(),
                        applier.sequence(),
                        here ? followed.position() : read.position(),
                        followed.changedAt(),
                        null,
                        followed.left())
                .withTables(ConnectorFlow.names(all));
    }
}
