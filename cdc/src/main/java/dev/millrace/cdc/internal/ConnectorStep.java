package dev.millrace.cdc.internal;

import dev.millrace.cdc.internal.apply.Applier;
import dev.millrace.cdc.internal.apply.CdcState;
import dev.millrace.cdc.internal.apply.Destination;
import dev.millrace.cdc.internal.apply.RereadException;
import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.cdc.internal.engine.Engine;
import dev.millrace.cdc.internal.engine.EngineSettings;
import dev.millrace.cdc.internal.engine.SchemaHistoryLog;
import dev.millrace.cdc.internal.source.SourceDatabase;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.StateStore;
import dev.millrace.warehouse.Warehouse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** Captures the changes of a connector: all that are there now, or as they come. */
final class ConnectorStep implements ContinuousStep {
    private static final Duration WAIT = Duration.ofMillis(200);

    /** Schemas and the state's table are made by one step at a time: two at once would conflict. */
    private static final Object PREPARATION = new Object();

    private final Connector connector;
    /** Whether the tables are still to be read anew. */
    private final AtomicBoolean refresh;

    ConnectorStep(Connector connector, boolean fullRefresh) {
        this.connector = connector;
        this.refresh = new AtomicBoolean(fullRefresh);
    }

    @Override
    public StepResult run(StepContext context) throws InterruptedException {
        try {
            if (nothingNew()) {
                return StepResult.success("nothing new", 0);
            }
            while (true) {
                try (ConnectorFlow flow = open(context, false)) {
                    return catchUp(context, flow);
                } catch (RereadException e) {
                    readAnew(context, e);
                }
            }
        } catch (MillraceException e) {
            throw e.at(connector.spec().position());
        }
    }

    private StepResult catchUp(StepContext context, ConnectorFlow flow) throws InterruptedException {
        SourceDatabase database = connector.database();
        long rows = 0;
        String mark = null;
        StepResult last = StepResult.success("nothing new", 0);
        while (mark == null || !flow.caughtUp()) {
            if (mark == null && flow.heard()) {
                String token = UUID.randomUUID().toString();
                mark = database.mark(token);
                flow.expect(token, mark);
            }
            last = flow.next(WAIT);
            rows += last.rows().orElse(0);
            if (last.rows().orElse(0) > 0) {
                context.progress(rows, 0, OptionalLong.empty());
            }
            if (context.cancelled()) {
                throw new MillraceException(ErrorCode.CANCELLED, "cancelled; what was read is safe");
            }
        }
        flow.remember(mark);
        StepResult result = StepResult.success(rows + (rows == 1 ? " change" : " changes"), rows);
        for (Map.Entry<String, Object> detail : last.details().entrySet()) {
            result = result.with(detail.getKey(), detail.getValue());
        }
        return result;
    }

    /** Whether the source says for certain that nothing was written to its log since the last run. */
    private boolean nothingNew() {
        Warehouse warehouse = connector.warehouses().warehouse(connector.target());
        Optional<CdcState> state;
        try (Session session = warehouse.open()) {
            state = CdcState.read(session, connector.stateKey());
        }
        if (refresh.get()
                || state.isEmpty()
                || !state.get().streaming()
                || state.get().mark() == null) {
            return false;
        }
        if (!state.get().tables().containsAll(ConnectorFlow.names(connector.tables()))) {
            return false;
        }
        connector.database().checkResumable(state.get());
        return connector.database().unchangedSince(String.valueOf(state.get().mark()));
    }

    @Override
    public Flow open(StepContext context) {
        return new Following(context, openAny(context));
    }

    private ConnectorFlow openAny(StepContext context) {
        try {
            while (true) {
                try {
                    return open(context, true);
                } catch (RereadException e) {
                    readAnew(context, e);
                }
            }
        } catch (MillraceException e) {
            throw e.at(connector.spec().position());
        }
    }

    /** A flow that is opened anew when a table has to be read anew. Used by one thread. */
    private final class Following implements Flow {
        private final StepContext context;
        private ConnectorFlow flow;

        Following(StepContext context, ConnectorFlow flow) {
            this.context = context;
            this.flow = flow;
        }

        @Override
        public StepResult next(Duration wait) throws InterruptedException {
            try {
                return flow.next(wait);
            } catch (RereadException e) {
                flow.close();
                readAnew(context, e);
                flow = openAny(context);
                return StepResult.success("read " + e.table() + " anew", 0);
            }
        }

        @Override
        public void close() {
            flow.close();
        }
    }

    /**
     * Forgets that a table has been read, so that it joins those that are followed when the connector is next opened.
     */
    private void readAnew(StepContext context, RereadException why) {
        boolean reads =
                connector.spec().value("snapshot.mode").map("initial"::equals).orElse(true);
        if (!reads) {
            throw why.reason().at(connector.spec().position());
        }
        context.log(LogLevel.WARN, why.reason().getMessage() + "; " + why.table() + " is read anew");
        try (Session session =
                connector.warehouses().warehouse(connector.target()).open()) {
            CdcState known = CdcState.read(session, connector.stateKey()).orElseThrow();
            List<String> others = new ArrayList<>(known.tables());
            others.remove(why.table().toString());
            session.inTransaction(() -> {
                known.withTables(others).withMark(null).write(session, connector.stateKey());
                return null;
            });
        }
    }

    private ConnectorFlow open(StepContext context, boolean continuous) {
        SourceDatabase database = connector.database();
        List<TableId> tables = connector.tables();
        if (tables.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.STREAM_NOT_FOUND,
                    "no table of " + connector.endpoint().system() + " is in the connector's lists",
                    connector.spec().at("table.include.list"),
                    "Check table.include.list: it holds regular expressions over schema.table.",
                    null);
        }
        database.check(tables);
        Warehouse warehouse = connector.warehouses().warehouse(connector.target());
        Session session = warehouse.open();
        try {
            List<Destination> destinations = connector.destinations(tables);
            prepare(session, destinations);
            Optional<CdcState> before = CdcState.read(session, connector.stateKey());
            Optional<CdcState> known = before.filter(state -> state.streaming() && !refresh.get());
            known.ifPresent(database::checkResumable);
            List<TableId> kept = known.map(state -> kept(state, tables)).orElse(List.of());
            List<TableId> fresh =
                    tables.stream().filter(table -> !kept.contains(table)).toList();
            Applier applier = new Applier(
                    session,
                    connector.stateKey(),
                    connector.prefix(),
                    destinations,
                    versions(known.isEmpty() || kept.isEmpty() ? tables : fresh),
                    database,
                    before.map(CdcState::sequence).orElse(0L));
            CdcState state;
            if (known.isEmpty() || kept.isEmpty()) {
                state = begun(context, before, tables, applier);
            } else {
                state = fresh.isEmpty()
                        ? known.get()
                        : new TableJoin(connector, context, session, applier).join(known.get(), kept, fresh, tables);
            }
            Map<String, String> properties =
                    EngineSettings.of(connector.spec(), connector.endpoint(), database, tables, continuous, Map.of());
            Optional<SchemaHistoryLog> schemas = database.keepsSchemaHistory()
                    ? Optional.of(SchemaHistoryLog.open(session, connector.stateKey(), state.streaming()))
                    : Optional.empty();
            schemas.ifPresent(log -> properties.putAll(EngineSettings.history(log)));
            Engine engine = Engine.start(connector.spec().name(), properties, state.offset());
            return new ConnectorFlow(connector, session, applier, engine, state, tables, schemas);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** The tables that have been followed up to here without a gap. */
    private List<TableId> kept(CdcState state, List<TableId> tables) {
        List<TableId> followed = tables.stream()
                .filter(table -> state.tables().contains(table.toString()))
                .toList();
        List<TableId> unsent = connector.database().unsent(followed);
        return followed.stream().filter(table -> !unsent.contains(table)).toList();
    }

    /** Before they are read: what changes later may be seen, or not, and is then taken for not. */
    private Map<TableId, String> versions(List<TableId> reading) {
        Map<TableId, String> versions = new LinkedHashMap<>();
        reading.forEach(table -> versions.put(table, connector.database().version(table)));
        return versions;
    }

    private void prepare(Session session, List<Destination> destinations) {
        synchronized (PREPARATION) {
            StateStore.create(session);
            destinations.stream()
                    .map(one -> one.relation().schema())
                    .distinct()
                    .forEach(schema -> session.createSchema(session.warehouse().database(), schema));
        }
    }

    private CdcState begun(StepContext context, Optional<CdcState> before, List<TableId> tables, Applier applier) {
        SourceDatabase database = connector.database();
        context.log(LogLevel.INFO, "reading " + String.join(", ", ConnectorFlow.names(tables)) + " from the start");
        String slot = database.slot();
        boolean ours =
                slot != null && before.map(CdcState::slot).filter(slot::equals).isPresent();
        List<String> names = ConnectorFlow.names(tables);
        List<String> left = before.map(known -> known.withTables(names).left()).orElse(List.of());
        CdcState state = CdcState.beginning(slot, names, applier.sequence(), left);
        if (ours) {
            // First the state: a slot that is gone while the state counts on it would look lost.
            applier.begin(state);
            database.clear(true);
        } else {
            database.clear(false);
            applier.begin(state);
        }
        refresh.set(false);
        return state;
    }
}
