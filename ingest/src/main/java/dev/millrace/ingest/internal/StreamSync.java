package dev.millrace.ingest.internal;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.Status;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.ingest.source.CursorRange;
import dev.millrace.ingest.source.CursorValue;
import dev.millrace.ingest.source.ReadRequest;
import dev.millrace.ingest.source.Source;
import dev.millrace.ingest.source.StreamReader;
import dev.millrace.ingest.source.Types;
import dev.millrace.warehouse.DataType.Field;
import dev.millrace.warehouse.Load;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.StateStore;
import dev.millrace.warehouse.Table;
import java.time.Clock;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One reading of one stream. Everything it does to the warehouse is one transaction: whoever reads the table sees what
 * was there before until all of it is in place, and a reading that fails leaves no trace. Used once, by one thread.
 */
final class StreamSync {
    private final StreamPlan plan;
    private final Source source;
    private final Session session;
    private final StepContext context;
    private final int threads;
    private final boolean startOver;
    private final String key;
    private final RawTable table;
    private final List<Load.Constant> batch;

    /** How the rows that are read come into the table. */
    private enum Way {
        /** The table is made anew. */
        REPLACE,
        /** Everything is added. */
        APPEND,
        /** What the table does not have yet is added. */
        APPEND_MISSING,
        /** Rows take the place of those with the same key. */
        MERGE
    }

    StreamSync(
            StreamPlan plan,
            Source source,
            Session session,
            StepContext context,
            Clock clock,
            int threads,
            boolean startOver) {
        this.plan = plan;
        this.source = source;
        this.session = session;
        this.context = context;
        this.threads = threads;
        this.startOver = startOver;
        this.key = context.node().id().toString();
        this.table = new RawTable(session, plan.relation());
        this.batch = table.batch(clock.instant(), context.runId());
    }

    StepResult run() {
        Optional<SyncState> state = state();
        boolean exists = table.isTable();
        Way way = way(exists, state.isPresent());
        Optional<String> from = way == Way.MERGE || way == Way.APPEND_MISSING
                ? state.flatMap(known -> known.from(plan.lookback()))
                : Optional.empty();
        try (StreamReader reader = open(from)) {
            Optional<Field> cursor = cursor(reader.fields());
            boolean sameType = state.isEmpty()
                    || cursor.isEmpty()
                    || state.get().type().equals(Types.name(cursor.get().type()));
            if (from.isPresent() && !sameType) {
                // The value cannot be compared with the column as it is now.
                reader.close();
                try (StreamReader all = open(Optional.empty())) {
                    return transfer(all, way, exists, state, Optional.empty());
                }
            }
            return transfer(reader, way, exists, state, from);
        }
    }

    private Optional<SyncState> state() {
        if (startOver || plan.syncMode() == SyncMode.FULL_REFRESH) {
            return Optional.empty();
        }
        return SyncState.read(session, key)
                .filter(state -> plan.cursor().equals(Optional.of(state.cursorField())))
                .filter(state -> plan.destinationMode() == DestinationMode.APPEND
                        || (state.mode().equals(plan.destinationMode().key())
                                && state.primaryKey().equals(plan.primaryKey())));
    }

    private Way way(boolean exists, boolean hasState) {
        if (startOver || !exists) {
            return Way.REPLACE;
        }
        return switch (plan.destinationMode()) {
            case OVERWRITE -> Way.REPLACE;
            case APPEND -> plan.syncMode() == SyncMode.INCREMENTAL ? Way.APPEND_MISSING : Way.APPEND;
            case APPEND_DEDUP -> hasState && hasKey() ? Way.MERGE : Way.REPLACE;
        };
    }

    private boolean hasKey() {
        List<String> columns = table.columns().stream()
                .map(column -> column.name().toLowerCase(Locale.ROOT))
                .toList();
        return plan.primaryKey().stream().allMatch(name -> columns.contains(name.toLowerCase(Locale.ROOT)));
    }

    private StreamReader open(Optional<String> from) {
        boolean unique =
                keyIsUnique(plan.stream().map(stream -> stream.primaryKey()).orElse(List.of()));
        boolean withNulls = unique || plan.destinationMode() == DestinationMode.APPEND;
        return source.open(
                new ReadRequest(
                        plan.namespace(),
                        plan.name(),
                        plan.columns(),
                        plan.types(),
                        plan.cursor().map(cursor -> new CursorRange(cursor, from, withNulls))),
                context);
    }

    private Optional<Field> cursor(List<Field> fields) {
        if (plan.cursor().isEmpty()) {
            return Optional.empty();
        }
        String name = plan.cursor().get();
        Field field = fields.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.SCHEMA_CHANGED,
                        plan.qualifiedName() + " no longer has its cursor column '" + name + "'",
                        null,
                        "Name another 'cursor_field', or read the stream with 'sync_mode: full_refresh'.",
                        null));
        if (!CursorValue.isPossible(field.type())) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "column '" + name + "' of " + plan.qualifiedName() + " is of type " + Types.name(field.type())
                            + " and cannot be a cursor",
                    null,
                    "A cursor is a column of numbers, dates, timestamps or texts that grows.",
                    null);
        }
        if (plan.lookback()
                .filter(back -> !CursorValue.canMove(field.type(), back))
                .isPresent()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'lookback' does not suit column '" + name + "' of type " + Types.name(field.type()),
                    null,
                    "Dates and timestamps take a time such as '5 minutes', numbers take a number.",
                    null);
        }
        return Optional.of(field);
    }

    private boolean keyIsUnique(List<String> guaranteed) {
        return !guaranteed.isEmpty() && new HashSet<>(plan.primaryKey()).containsAll(guaranteed);
    }

    private StepResult transfer(
            StreamReader reader, Way way, boolean exists, Optional<SyncState> state, Optional<String> from) {
        SchemaDrift drift = exists
                ? SchemaDrift.between(table.columns(), reader.fields(), session.dialect())
                : new SchemaDrift(List.of(), List.of(), List.of(), List.of());
        Optional<StepResult> halt = check(drift, way);
        if (halt.isPresent()) {
            return halt.get();
        }
        try (var ignoredReading = context.onCancel(reader::cancel);
                var ignoredWriting = context.onCancel(session::cancel)) {
            return session.inTransaction(() -> {
                if (exists && way != Way.REPLACE) {
                    table.follow(drift);
                }
                return write(reader, way, state, from);
            });
        }
    }

    /** Whether the connection's policy lets this reading go on. */
    private Optional<StepResult> check(SchemaDrift drift, Way way) {
        if (startOver || drift.isEmpty()) {
            return Optional.empty();
        }
        String changes = plan.qualifiedName() + " has changed: " + drift.describe();
        return switch (plan.connection().schemaPolicy()) {
            case EVOLVE -> {
                if (way != Way.REPLACE && !drift.incompatible().isEmpty()) {
                    throw changed(changes, "Run with --full-refresh to make the table anew.");
                }
                yield Optional.empty();
            }
            case FREEZE ->
                throw changed(
                        changes,
                        "The connection says 'on_schema_change: freeze'. Accept the change with --full-refresh, or list the"
                                + " columns to read under 'columns:'.");
            case PAUSE ->
                Optional.of(new StepResult(
                        Status.WARN,
                        "paused, not read: " + changes + "; accept it with --full-refresh",
                        OptionalLong.of(0),
                        OptionalLong.empty(),
                        Map.of()));
        };
    }

    private static MillraceException changed(String message, String hint) {
        return new MillraceException(ErrorCode.SCHEMA_CHANGED, message, null, hint, null);
    }

    private StepResult write(StreamReader reader, Way way, Optional<SyncState> state, Optional<String> from) {
        Optional<Field> cursor = cursor(reader.fields());
        boolean unique = keyIsUnique(reader.primaryKey());
        boolean oneRowPerKey = plan.destinationMode() == DestinationMode.APPEND_DEDUP;
        boolean staged = way == Way.MERGE || way == Way.APPEND_MISSING || (oneRowPerKey && !unique);
        List<String> columns = reader.fields().stream().map(Field::name).toList();
        RawTable staging = new RawTable(session, staging());
        MergeSql sql = new MergeSql(session.dialect(), table.sql(), staging.sql(), columns);
        if (way == Way.REPLACE) {
            table.drop();
            table.create(reader.fields(), batch);
        }
        RawTable loaded = staged ? staging : table;
        staging.drop();
        if (staged) {
            staging.create(reader.fields(), List.of());
        }
        long rows = session.load(
                new Load(
                        loaded.name(),
                        reader.fields(),
                        staged ? List.of() : batch,
                        threads,
                        new Progress(context, reader.estimatedRows())),
                reader);
        Optional<String> greatest =
                cursor.flatMap(field -> value(session.query(sql.greatest(loaded.sql(), field.name(), field.type()))));
        if (staged) {
            if (oneRowPerKey && !unique) {
                session.execute(
                        sql.keepLatest(plan.primaryKey(), cursor.orElseThrow().name()));
            }
            rows = unstage(way, sql, staging, cursor, columns, unique, from);
            staging.drop();
        }
        remember(cursor, greatest, reader.settledUntil(), state, rows, columns);
        return result(rows, from);
    }

    private long unstage(
            Way way,
            MergeSql sql,
            RawTable staging,
            Optional<Field> cursor,
            List<String> columns,
            boolean unique,
            Optional<String> from) {
        if (way == Way.MERGE) {
            session.execute(sql.removeUnchanged(plan.primaryKey(), unique));
            session.execute(sql.removeReplaced(plan.primaryKey(), unique));
        }
        if (way == Way.APPEND_MISSING) {
            Field field = cursor.orElseThrow();
            return table.insert(columns, batch, sql.missing(field.name(), field.type(), from));
        }
        return table.insert(columns, batch, staging.sql());
    }

    private static Optional<String> value(Table answer) {
        Object value = answer.single();
        return value == null ? Optional.empty() : Optional.of(CursorValue.of(value));
    }

    private void remember(
            Optional<Field> cursor,
            Optional<String> greatest,
            Optional<String> settledUntil,
            Optional<SyncState> before,
            long rows,
            List<String> columns) {
        if (cursor.isEmpty()) {
            StateStore.remove(session, key);
            return;
        }
        Field field = cursor.get();
        String type = Types.name(field.type());
        Optional<String> last =
                before.filter(state -> state.type().equals(type)).flatMap(state -> Optional.ofNullable(state.value()));
        Optional<String> value = greatest.isPresent() && last.isPresent()
                ? Optional.of(CursorValue.later(greatest.get(), last.get(), field.type()))
                : greatest.or(() -> last);
        SyncState after = new SyncState(
                field.name(),
                type,
                value.orElse(null),
                settledUntil.orElse(null),
                plan.destinationMode().key(),
                plan.primaryKey(),
                columns);
        boolean nothingNew = rows == 0
                && before.isPresent()
                && before.get().from(Optional.empty()).equals(after.from(Optional.empty()))
                && before.get().columns().equals(columns);
        if (!nothingNew) {
            after.write(session, key);
        }
    }

    private StepResult result(long rows, Optional<String> from) {
        StringBuilder message = new StringBuilder(String.format(Locale.ROOT, "%,d rows", rows));
        if (plan.syncMode() == SyncMode.INCREMENTAL) {
            message.append(from.map(value -> ", incremental from " + value).orElse(", incremental from the beginning"));
        } else {
            message.append(", full refresh");
        }
        if (!plan.notes().isEmpty()) {
            message.append(" (").append(String.join("; ", plan.notes())).append(')');
        }
        return StepResult.success(message.toString(), rows).with("batch_id", context.runId());
    }

    /** Only ever seen by this transaction. */
    private RelationName staging() {
        String name = "stage_" + HexFormat.of().toHexDigits(key.hashCode()) + "_"
                + plan.relation().identifier();
        return session.warehouse().relation(StateStore.SCHEMA, name);
    }
}
