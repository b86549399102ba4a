package dev.millrace.cdc.internal.apply;

import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.Load;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a first reading on their way into a table. They wait in a table of ours until all of them are there, so
 * that readers see the old rows or all the new ones, and a reading that was killed leaves nothing.
 */
final class SnapshotTable {
    private final Session session;
    private final Destination destination;
    private final RelationName waiting;
    private final List<StagedRow> rows = new ArrayList<>();
    private @Nullable RowSchema schema;

    /** @param waiting name of the table in our own schema */
    SnapshotTable(Session session, Destination destination, String waiting) {
        this.session = session;
        this.destination = destination;
        this.waiting = session.warehouse().relation(StateStore.SCHEMA, waiting);
    }

    /** Forgets what a reading that did not end has left. */
    void clear() {
        if (session.relationType(waiting).isPresent()) {
            session.execute("drop table " + session.dialect().quote(waiting));
        }
    }

    void add(Change change, long sequence) {
        RowSchema known = schema;
        if (known == null || !known.isOf(change.rowSchema())) {
            flush();
            known = new RowSchema(change.rowSchema());
            schema = known;
        }
        if (change.after() != null) {
            rows.add(new StagedRow(
                    known.values(change.after()),
                    "r",
                    change.position(),
                    false,
                    1,
                    change.committedMicros(),
                    sequence,
                    new java.util.BitSet(),
                    List.of()));
        }
    }

    void flush() {
        if (schema != null && !rows.isEmpty()) {
            StageReader reader = new StageReader(schema, List.of(), rows);
            session.load(new Load(waiting, reader.fields(), List.of(), 1, read -> {}), reader);
            rows.clear();
        }
    }

    /** How the source declares the columns of the rows; empty if there was no row. */
    Map<String, String> declared() {
        return schema == null ? Map.of() : schema.declared();
    }

    /**
     * Puts the rows in the place of the table's.
     *
     * @param columns of a table that had no row
     */
    void finish(Supplier<List<DataType.Field>> columns) {
        flush();
        boolean any = session.relationType(waiting).isPresent();
        RawTable current = new RawTable(session, destination.relation(), false);
        current.drop();
        current.create(any ? fields() : columns.get());
        if (!any) {
            return;
        }
        List<String> names = fields().stream().map(DataType.Field::name).toList();
        session.execute(insert(names, current, ""));
        if (destination.options().history()) {
            RelationName name =
                    destination.relation().withIdentifier(destination.relation().identifier() + "__changes");
            RawTable history = new RawTable(session, name, true);
            history.follow(fields());
            session.execute(
                    insert(names, history, " order by " + session.dialect().quote(StageReader.SEQUENCE)));
        }
        clear();
    }

    private String insert(List<String> names, RawTable into, String order) {
        List<String> own = into.own().stream().map(DataType.Field::name).toList();
        StageSql sql = new StageSql(session.dialect(), waiting, into.name(), names);
        return sql.insert(own, order);
    }

    private List<DataType.Field> fields() {
        return session.columns(waiting).stream()
                .filter(column -> !column.name().startsWith("_millrace_"))
                .map(column ->
                        new DataType.Field(column.name(), session.dialect().dataType(column.type())))
                .toList();
    }
}
