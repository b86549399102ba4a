package dev.millrace.cdc.internal.apply;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Field;
import dev.millrace.warehouse.DataType.Simple;
import dev.millrace.warehouse.Dialect;
import dev.millrace.warehouse.RelationType;
import dev.millrace.warehouse.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A table of the warehouse that holds rows of the source, or changes of them. In the session's transaction. */
final class RawTable {
    static final String LOADED_AT = "_millrace_loaded_at";

    private final Session session;
    private final RelationName name;
    private final boolean history;

    /** @param history whether it holds changes rather than current rows */
    RawTable(Session session, RelationName name, boolean history) {
        this.session = session;
        this.name = name;
        this.history = history;
    }

    RelationName name() {
        return name;
    }

    String sql() {
        return session.dialect().quote(name);
    }

    boolean exists() {
        return session.relationType(name).isPresent();
    }

    /** Our columns, in the order of the stage's columns of the same names. */
    List<Field> own() {
        List<Field> own = new ArrayList<>(List.of(
                new Field(StageReader.OP, Simple.TEXT),
                new Field(StageReader.POSITION, Simple.TEXT),
                new Field(StageReader.DELETED, Simple.BOOL)));
        if (history) {
            own.add(new Field(StageReader.COMMITTED_AT, Simple.TIMESTAMPTZ));
            own.add(new Field(StageReader.SEQUENCE, Simple.INT64));
        }
        return own;
    }

    void create(List<Field> fields) {
        Dialect dialect = session.dialect();
        List<Field> all = new ArrayList<>(fields);
        all.addAll(own());
        all.add(new Field(LOADED_AT, Simple.TIMESTAMPTZ));
        session.execute("create table " + sql() + " ("
                + String.join(
                        ", ",
                        all.stream()
                                .map(field -> dialect.quote(field.name()) + " " + dialect.typeName(field.type()))
                                .toList())
                + ")");
    }

    void drop() {
        session.relationType(name)
                .ifPresent(type -> session.execute("drop " + (type == RelationType.VIEW ? "view " : "table ") + sql()));
    }

    /**
     * Creates the table, or lets its columns follow those of the source.
     *
     * @return the columns that were added to a table that was there
     * @throws MillraceException SCHEMA_CHANGED if a column's new type cannot hold what is there
     */
    List<Field> follow(List<Field> fields) {
        if (!exists()) {
            create(fields);
            return List.of();
        }
        Dialect dialect = session.dialect();
        Map<String, Column> known = new HashMap<>();
        session.columns(name).forEach(column -> known.put(column.name().toLowerCase(Locale.ROOT), column));
        List<Field> added = new ArrayList<>();
        for (Field field : fields) {
            Column column = known.get(field.name().toLowerCase(Locale.ROOT));
            if (column == null) {
                session.execute("alter table " + sql() + " add column " + dialect.quote(field.name()) + " "
                        + dialect.typeName(field.type()));
                added.add(field);
                continue;
            }
            DataType before = dialect.dataType(column.type());
            if (before.equals(field.type())) {
                continue;
            }
            if (Widening.fits(before, field.type())) {
                session.execute("alter table " + sql() + " alter column " + dialect.quote(field.name())
                        + " set data type " + dialect.typeName(field.type()));
            } else if (history) {
                // Old changes keep what they said, and new ones may be of another kind.
                if (before != Simple.TEXT) {
                    session.execute("alter table " + sql() + " alter column " + dialect.quote(field.name())
                            + " set data type " + dialect.typeName(Simple.TEXT));
                }
            } else if (!Widening.holds(before, field.type())) {
                throw new MillraceException(
                        ErrorCode.SCHEMA_CHANGED,
                        "column " + field.name() + " of " + name + " was " + dialect.typeName(before) + " and is now "
                                + dialect.typeName(field.type()) + " in the source",
                        null,
                        "Run with --full-refresh to take the tables anew.",
                        null);
            }
        }
        return added;
    }
}
