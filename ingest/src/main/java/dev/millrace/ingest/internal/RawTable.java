package dev.millrace.ingest.internal;

import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.Dialect;
import dev.millrace.warehouse.Load;
import dev.millrace.warehouse.RelationType;
import dev.millrace.warehouse.Session;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A table of raw data in the warehouse. Everything happens in the session's transaction. */
final class RawTable {
    static final String LOADED_AT = "_millrace_loaded_at";
    static final String BATCH_ID = "_millrace_batch_id";

    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Session session;
    private final RelationName name;
    private final Dialect dialect;

    RawTable(Session session, RelationName name) {
        this.session = session;
        this.name = name;
        this.dialect = session.dialect();
    }

    RelationName name() {
        return name;
    }

    /** In quotes, for statements. */
    String sql() {
        return dialect.quote(name);
    }

    boolean isTable() {
        return session.relationType(name).equals(Optional.of(RelationType.TABLE));
    }

    /** The columns of the source's rows, without those that are ours. */
    List<Column> columns() {
        return session.columns(name).stream()
                .filter(column -> !Set.of(LOADED_AT, BATCH_ID).contains(column.name()))
                .toList();
    }

    void create(List<DataType.Field> fields, List<Load.Constant> constants) {
        List<String> columns = new ArrayList<>();
        fields.forEach(field -> columns.add(dialect.quote(field.name()) + " " + dialect.typeName(field.type())));
        constants.forEach(one -> columns.add(dialect.quote(one.name()) + " " + dialect.typeName(one.type())));
        session.execute("create table " + sql() + " (" + String.join(", ", columns) + ")");
    }

    void drop() {
        Optional<RelationType> type = session.relationType(name);
        if (type.isPresent()) {
            session.execute("drop " + (type.get() == RelationType.VIEW ? "view " : "table ") + sql());
        }
    }

    /** The columns every raw table has, with their values for one batch. */
    List<Load.Constant> batch(Instant loadedAt, String batchId) {
        String time = dialect.literal(INSTANT.format(loadedAt) + "+00");
        return List.of(
                new Load.Constant(
                        LOADED_AT,
                        DataType.Simple.TIMESTAMPTZ,
                        "cast(" + time + " as " + dialect.typeName(DataType.Simple.TIMESTAMPTZ) + ")"),
                new Load.Constant(BATCH_ID, DataType.Simple.TEXT, dialect.literal(batchId)));
    }

    /** Adds columns, and widens those that hold too little. */
    void follow(SchemaDrift drift) {
        for (DataType.Field field : drift.added()) {
            session.execute("alter table " + sql() + " add column " + dialect.quote(field.name()) + " "
                    + dialect.typeName(field.type()));
        }
        for (DataType.Field field : drift.widened()) {
            session.execute("alter table " + sql() + " alter column " + dialect.quote(field.name()) + " set data type "
                    + dialect.typeName(field.type()));
        }
    }

    /** Appends a part of another table, with the columns of this batch. */
    long insert(List<String> columns, List<Load.Constant> constants, String rows) {
        List<String> names = new ArrayList<>(columns);
        List<String> values =
                new ArrayList<>(columns.stream().map(dialect::quote).toList());
        for (Load.Constant constant : constants) {
            names.add(constant.name());
            values.add(constant.sql());
        }
        return session.execute("insert into " + sql() + " ("
                + String.join(", ", names.stream().map(dialect::quote).toList())
                + ") select " + String.join(", ", values) + " from " + rows);
    }
}
