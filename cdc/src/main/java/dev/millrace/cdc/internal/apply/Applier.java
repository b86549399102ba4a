package dev.millrace.cdc.internal.apply;

import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Brings changes and the state that describes them into the warehouse, in one transaction each time. */
public final class Applier {
    private final Session session;
    private final String stateKey;
    private final Map<TableId, TableWriter> writers = new LinkedHashMap<>();
    private final Map<TableId, SnapshotTable> snapshots = new LinkedHashMap<>();
    private final Map<TableId, String> reading;
    private final Shapes shapes;
    private Consumer<Session> companion = session -> {};
    private long sequence;

    /**
     * @param sequence number of the last change that has been applied
     * @param prefix of our own tables for this connector
     * @param reading those that are to be read, all at once, before they are followed, with their versions
     *     ({@link Shape})
     */
    public Applier(
            Session session,
            String stateKey,
            String prefix,
            List<Destination> destinations,
            Map<TableId, String> reading,
            ColumnChanges columnChanges,
            long sequence) {
        this.session = session;
        this.stateKey = stateKey;
        this.sequence = sequence;
        this.reading = Map.copyOf(reading);
        this.shapes = Shapes.read(session, stateKey);
        for (Destination one : destinations) {
            writers.put(
                    one.table(),
                    new TableWriter(session, one.table(), one.relation(), one.options(), columnChanges, shapes));
            if (reading.containsKey(one.table())) {
                snapshots.put(one.table(), new SnapshotTable(session, one, prefix + "_" + one.table()));
            }
        }
    }

    /** Number of the last change that has been applied. */
    public long sequence() {
        return sequence;
    }

    /** What else is to be written with each state. */
    public void with(Consumer<Session> more) {
        companion = more;
    }

    /** Begins a first reading. */
    public void begin(CdcState state) {
        session.inTransaction(() -> {
            snapshots.values().forEach(SnapshotTable::clear);
            state.write(session, stateKey);
            return null;
        });
    }

    /** Forgets what a first reading that did not end has left. */
    public void clear() {
        session.inTransaction(() -> {
            snapshots.values().forEach(SnapshotTable::clear);
            return null;
        });
    }

    /** Takes rows of a first reading; nobody sees them yet. */
    public void stage(List<Change> rows) {
        session.inTransaction(() -> {
            for (Change row : rows) {
                find(snapshots, row.table()).add(row, ++sequence);
            }
            snapshots.values().forEach(SnapshotTable::flush);
            return null;
        });
    }

    /**
     * Ends the first reading.
     *
     * @param columns of tables without rows
     */
    public void finish(Function<TableId, List<DataType.Field>> columns, CdcState state) {
        session.inTransaction(() -> {
            snapshots.forEach((table, snapshot) -> {
                shapes.put(table, new Shape(reading.getOrDefault(table, ""), snapshot.declared()));
                snapshot.finish(() -> columns.apply(table));
            });
            shapes.write(session);
            companion.accept(session);
            state.write(session, stateKey);
            return null;
        });
    }

    /** Applies changes in their order, and remembers {@code state} with the new {@link #sequence}. */
    public void apply(List<Change> changes, Function<Long, CdcState> state) {
        session.inTransaction(() -> {
            for (Change change : changes) {
                find(writers, change.table()).add(change, ++sequence);
            }
            writers.values().forEach(TableWriter::flush);
            shapes.write(session);
            companion.accept(session);
            state.apply(sequence).write(session, stateKey);
            return null;
        });
    }

    private static <T> T find(Map<TableId, T> all, TableId table) {
        T found = all.get(table);
        if (found == null) {
            throw new MillraceException(
                    ErrorCode.CDC_SNAPSHOT_NEEDED,
                    "table " + table + " has come into the connector's lists since it was first read",
                    null,
                    "Run with --full-refresh to read all tables anew.",
                    null);
        }
        return found;
    }
}
