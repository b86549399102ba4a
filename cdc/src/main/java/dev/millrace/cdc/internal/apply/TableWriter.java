package dev.millrace.cdc.internal.apply;

import dev.millrace.cdc.internal.config.DeletePolicy;
import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.cdc.internal.config.TableOptions;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.Load;
import dev.millrace.warehouse.Session;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Applies the changes of one table, in their order: collects them, and brings them over when {@link #flush} is called
 * or when the columns change. Within the session's transaction. Used by one thread.
 */
final class TableWriter {
    private final Session session;
    private final TableId table;
    private final TableOptions options;
    private final RawTable current;
    private final RawTable history;
    private final ColumnChanges columnChanges;
    private final Shapes shapes;
    private final RelationName stage;
    private final List<StagedRow> changes = new ArrayList<>();
    private final List<StagedRow> unkeyed = new ArrayList<>();
    private final PendingRows keyed;
    private @Nullable RowSchema schema;
    private List<String> key = List.of();
    /** Whether the tables have the columns of {@link #schema}. */
    private boolean followed;

    TableWriter(
            Session session,
            TableId table,
            RelationName target,
            TableOptions options,
            ColumnChanges columnChanges,
            Shapes shapes) {
        this.session = session;
        this.table = table;
        this.options = options;
        this.columnChanges = columnChanges;
        this.shapes = shapes;
        this.current = new RawTable(session, target, false);
        this.history = new RawTable(session, target.withIdentifier(target.identifier() + "__changes"), true);
        this.stage = new RelationName(target.warehouse(), "temp", "main", "_millrace_stage");
        this.keyed = new PendingRows(options.deletes());
    }

    void add(Change change, long sequence) {
        if (change.truncate()) {
            flush();
            truncate(change, sequence);
            return;
        }
        RowSchema rows = follow(change);
        boolean delete = change.delete();
        List<@Nullable Object> after = rows.values(rowOf(change));
        StagedRow row = new StagedRow(
                after,
                change.op(),
                change.position(),
                delete,
                delete ? -1 : 1,
                change.committedMicros(),
                sequence,
                delete ? new BitSet() : rows.unavailable(after),
                List.of());
        if (change.key() == null) {
            addUnkeyed(rows, change, row);
        } else {
            row = keyed.add(change, row);
            if (options.history()) {
                changes.add(row);
            }
        }
    }

    private static org.apache.kafka.connect.data.Struct rowOf(Change change) {
        org.apache.kafka.connect.data.Struct row = change.delete() ? change.before() : change.after();
        if (row == null) {
            throw new MillraceException(
                    ErrorCode.INTERNAL, "a change '" + change.op() + "' of " + change.table() + " holds no row");
        }
        return row;
    }

    private void addUnkeyed(RowSchema rows, Change change, StagedRow row) {
        if (change.op().equals("u")) {
            if (change.before() == null) {
                throw new MillraceException(
                        ErrorCode.CDC_NOT_READY,
                        "an update of " + table + " does not say which row it changed",
                        null,
                        "Give the table a primary key, or run on the source: ALTER TABLE " + table
                                + " REPLICA IDENTITY FULL. Then run with --full-refresh.",
                        null);
            }
            unkeyed.add(new StagedRow(
                    rows.values(change.before()),
                    "u",
                    row.position(),
                    false,
                    -1,
                    row.committedMicros(),
                    row.sequence(),
                    new BitSet(),
                    List.of()));
        }
        unkeyed.add(row);
        if (options.history()) {
            changes.add(row);
        }
    }

    private RowSchema follow(Change change) {
        RowSchema known = schema;
        List<String> names =
                change.key() == null ? List.of() : names(change.key().schema());
        if (known != null && known.isOf(change.rowSchema()) && names.equals(key)) {
            return known;
        }
        flush();
        RowSchema fresh = new RowSchema(change.rowSchema());
        schema = fresh;
        key = names;
        followed = false;
        return fresh;
    }

    private static List<String> names(Schema schema) {
        return schema.fields().stream()
                .map(org.apache.kafka.connect.data.Field::name)
                .toList();
    }

    /** Brings over what has been collected. */
    void flush() {
        RowSchema rows = schema;
        if (rows == null || (changes.isEmpty() && unkeyed.isEmpty() && keyed.isEmpty())) {
            return;
        }
        if (!followed) {
            followColumns(rows);
            followed = true;
        }
        List<StagedRow> pending = keyed.take();
        if (options.history() && !changes.isEmpty()) {
            StageSql sql = stage(rows, changes, history);
            session.execute(sql.insert(names(history), sql.ordered()));
            dropStage();
            changes.clear();
        }
        if (!unkeyed.isEmpty()) {
            applyUnkeyed(stage(rows, unkeyed, current));
            dropStage();
            unkeyed.clear();
        }
        if (!pending.isEmpty()) {
            applyKeyed(stage(rows, pending, current), pending);
            dropStage();
        }
    }

    private static List<String> names(RawTable table) {
        return table.own().stream().map(DataType.Field::name).toList();
    }

    /** Gives the tables the columns that the source's now has. */
    private void followColumns(RowSchema rows) {
        Shape before = shapes.of(table);
        Shape now = new Shape(before.version(), rows.declared());
        if (isInDoubt(before, now)) {
            throw new RereadException(
                    table,
                    new MillraceException(
                            ErrorCode.SCHEMA_CHANGED,
                            "columns of " + table + " were " + before.columns() + " and are now " + now.columns()
                                    + ": rows may have got new values, which are in no log",
                            null,
                            "Run with --full-refresh to take the tables anew.",
                            null));
        }
        try {
            List<DataType.Field> added = current.follow(rows.fields());
            fill(added, rows, before);
        } catch (MillraceException e) {
            throw e.code() == ErrorCode.SCHEMA_CHANGED ? new RereadException(table, e) : e;
        }
        if (options.history()) {
            history.follow(rows.fields());
        }
        shapes.put(table, now);
    }

    private boolean isInDoubt(Shape before, Shape now) {
        if (before.columns().isEmpty() || before.isSame(now)) {
            return false;
        }
        boolean moved = !before.common(now).equals(now.common(before));
        return moved || columnChanges.mayHaveChangedRows(table, before, now);
    }

    /** What the rows that were there have in new columns. */
    private void fill(List<DataType.Field> added, RowSchema rows, Shape shape) {
        if (added.isEmpty()) {
            return;
        }
        List<String> fresh = added.stream().map(DataType.Field::name).toList();
        List<String> names = rows.names();
        List<String> before = shape.columns().isEmpty() ? columnsOfTable() : shape.names();
        List<String> gone = before.stream()
                .filter(name -> !names.contains(name) && !fresh.contains(name))
                .toList();
        List<String> stayed =
                names.stream().filter(name -> !fresh.contains(name)).toList();
        for (DataType.Field field : added) {
            ColumnChanges.Origin origin = columnChanges.origin(table, field.name(), gone, stayed);
            String type = session.dialect().typeName(field.type());
            Optional<String> value = origin.renamed()
                    .map(session.dialect()::quote)
                    .or(() -> origin.constant().map(session.dialect()::literal))
                    .map(text -> "cast(" + text + " as " + type + ")");
            value.ifPresent(text -> session.execute(
                    "update " + current.sql() + " set " + session.dialect().quote(field.name()) + " = " + text));
        }
    }

    private List<String> columnsOfTable() {
        return session.columns(current.name()).stream()
                .map(dev.millrace.warehouse.Column::name)
                .filter(name -> !name.startsWith("_millrace_"))
                .toList();
    }

    private StageSql stage(RowSchema rows, List<StagedRow> staged, RawTable target) {
        BitSet kept = new BitSet();
        staged.forEach(row -> kept.or(row.kept()));
        List<ColumnMapping> base = kept.isEmpty()
                ? List.of()
                : key.stream()
                        .map(name -> rows.columns().get(rows.names().indexOf(name)))
                        .toList();
        StageReader reader = new StageReader(rows, base, staged);
        session.load(new Load(stage, reader.fields(), List.of(), 1, read -> {}), reader);
        StageSql fromCurrent = new StageSql(session.dialect(), stage, current.name(), rows.names());
        kept.stream().forEach(column -> session.execute(fromCurrent.keep(column, key)));
        return new StageSql(session.dialect(), stage, target.name(), rows.names());
    }

    private void dropStage() {
        session.execute("drop table " + session.dialect().quote(stage));
    }

    private void applyKeyed(StageSql sql, List<StagedRow> pending) {
        if (options.deletes() == DeletePolicy.SOFT) {
            if (pending.stream().anyMatch(row -> row.sign() < 0)) {
                session.execute(sql.mark(key));
            }
            session.execute(sql.remove(key, " and fresh." + session.dialect().quote(StageReader.SIGN) + " > 0"));
        } else {
            session.execute(sql.remove(key, ""));
        }
        session.execute(sql.insert(names(current), sql.present()));
    }

    private void applyUnkeyed(StageSql sql) {
        String net = "_millrace_net";
        session.execute(sql.net(net));
        long loss = session.query(sql.loss(net)).singleLong();
        if (loss > 0) {
            long taken =
                    session.execute(options.deletes() == DeletePolicy.SOFT ? sql.markTaken(net) : sql.takeAway(net));
            if (taken != loss) {
                throw new MillraceException(
                        ErrorCode.SCHEMA_CHANGED,
                        (loss - taken) + " rows that " + table + " lost in the source are not in " + current.name(),
                        null,
                        "The table has no primary key, so its rows are found by all their columns. Run with"
                                + " --full-refresh.",
                        null);
            }
        }
        session.execute(sql.addNet(net));
        session.execute("drop table " + session.dialect().quote(net));
    }

    private void truncate(Change change, long sequence) {
        RowSchema rows = schema == null ? new RowSchema(change.rowSchema()) : schema;
        if (!current.exists()) {
            current.create(rows.fields());
        } else if (options.deletes() == DeletePolicy.SOFT) {
            session.execute(
                    "update " + current.sql() + " set " + session.dialect().quote(StageReader.DELETED)
                            + " = true, " + session.dialect().quote(StageReader.OP) + " = 't', "
                            + session.dialect().quote(StageReader.POSITION) + " = "
                            + session.dialect().literal(change.position()) + ", "
                            + session.dialect().quote(RawTable.LOADED_AT) + " = current_timestamp where not "
                            + session.dialect().quote(StageReader.DELETED));
        } else {
            session.execute("delete from " + current.sql());
        }
        if (options.history()) {
            history.follow(rows.fields());
            StagedRow row = new StagedRow(
                    rows.nothing(),
                    "t",
                    change.position(),
                    true,
                    -1,
                    change.committedMicros(),
                    sequence,
                    new BitSet(),
                    List.of());
            StageSql sql = stage(rows, List.of(row), history);
            session.execute(sql.insert(names(history), ""));
            dropStage();
        }
    }
}
