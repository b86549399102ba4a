package dev.millrace.events.internal.land;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Field;
import dev.millrace.warehouse.DataType.Simple;
import dev.millrace.warehouse.Dialect;
import dev.millrace.warehouse.Load;
import dev.millrace.warehouse.RelationType;
import dev.millrace.warehouse.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The table of a topic. Everything happens in the session's transaction. */
final class TopicTable {
    private static final long EXACT_DOUBLE = 1L << 53;

    private final Session session;
    private final TopicPlan plan;
    private final Dialect dialect;

    TopicTable(Session session, TopicPlan plan) {
        this.session = session;
        this.plan = plan;
        this.dialect = session.dialect();
    }

    boolean exists() {
        return session.relationType(plan.relation()).equals(Optional.of(RelationType.TABLE));
    }

    void drop() {
        for (RelationName name : List.of(plan.relation(), plan.rejected())) {
            session.relationType(name)
                    .ifPresent(type -> session.execute(
                            "drop " + (type == RelationType.VIEW ? "view " : "table ") + dialect.quote(name)));
        }
    }

    /** The columns that the project declares. */
    List<TopicColumn> declared() {
        ColumnNames names = new ColumnNames(List.of());
        List<TopicColumn> declared = new ArrayList<>();
        plan.columns().forEach((field, type) -> declared.add(new TopicColumn(field, names.column(field), type, true)));
        return declared;
    }

    /** @param varied fields whose texts hardly ever come twice */
    void create(List<TopicColumn> columns, Set<String> varied) {
        List<String> definitions = new ArrayList<>();
        columns.forEach(column -> definitions.add(definition(column, varied.contains(column.field()))));
        List<Field> meta = new ArrayList<>(MetaColumns.fields(plan.key()));
        constants(Instant.EPOCH, 0).forEach(constant -> meta.add(new Field(constant.name(), constant.type())));
        meta.forEach(field -> definitions.add(dialect.quote(field.name()) + " " + dialect.typeName(field.type())));
        session.execute("create table " + sql() + " (" + String.join(", ", definitions) + ")");
    }

    /** Makes the table fit what stands in the project and the state, should either have changed since. */
    List<TopicColumn> reconcile(List<TopicColumn> known) {
        Set<String> there = new HashSet<>();
        for (Column column : session.columns(plan.relation())) {
            there.add(column.name().toLowerCase(Locale.ROOT));
        }
        List<TopicColumn> columns = new ArrayList<>();
        for (TopicColumn column : known) {
            DataType wanted = plan.columns().getOrDefault(column.field(), column.type());
            TopicColumn now = column.as(wanted);
            if (!there.contains(column.column().toLowerCase(Locale.ROOT))) {
                add(now, false);
            } else if (!wanted.equals(column.type())) {
                declareAnew(column, now);
            }
            columns.add(now);
        }
        ColumnNames names = new ColumnNames(columns);
        Set<String> fields =
                new HashSet<>(known.stream().map(TopicColumn::field).toList());
        plan.columns().forEach((field, type) -> {
            if (!fields.contains(field)) {
                TopicColumn column = new TopicColumn(field, names.column(field), type, true);
                add(column, false);
                columns.add(column);
            }
        });
        return columns;
    }

    private String definition(TopicColumn column, boolean varied) {
        String type = dialect.quote(column.column()) + " " + dialect.typeName(column.type());
        return varied ? type + session.storageOfVariedTexts(plan.relation()) : type;
    }

    private void declareAnew(TopicColumn before, TopicColumn now) {
        try {
            session.execute("set session TimeZone = 'UTC'");
            if (isText(before.type()) && !isText(now.type())) {
                // How its texts are stored may be laid down in the column, and no other type be stored like that.
                rewrite(now);
            } else {
                alter(now, "");
            }
        } catch (MillraceException e) {
            throw new MillraceException(
                    ErrorCode.SCHEMA_CHANGED,
                    "column '" + now.column() + "' of " + plan.relation() + " is " + TypeNames.name(before.type())
                            + " and does not become " + TypeNames.name(now.type()) + ": " + e.text(),
                    null,
                    "Mend the declared type, or read the topic anew with --full-refresh.",
                    e);
        }
    }

    private static boolean isText(DataType type) {
        return type == Simple.TEXT || type == Simple.JSON;
    }

    /** The table with the same rows and columns, but that one has another type. */
    private void rewrite(TopicColumn changed) {
        RelationName fresh = plan.relation().withIdentifier(plan.relation().identifier() + "__rewritten");
        List<String> columns = new ArrayList<>();
        for (Column column : session.columns(plan.relation())) {
            String name = dialect.quote(column.name());
            boolean same = !column.name().equalsIgnoreCase(changed.column());
            columns.add(same ? name : "cast(" + name + " as " + dialect.typeName(changed.type()) + ") as " + name);
        }
        session.execute(
                "create table " + dialect.quote(fresh) + " as select " + String.join(", ", columns) + " from " + sql());
        session.execute("drop table " + sql());
        session.execute("alter table " + dialect.quote(fresh) + " rename to "
                + dialect.quote(plan.relation().identifier()));
    }

    /** @param varied whether its texts hardly ever come twice */
    void add(TopicColumn column, boolean varied) {
        session.execute("alter table " + sql() + " add column " + definition(column, varied));
    }

    /** Gives a column a type that holds all its values. */
    void widen(TopicColumn column) {
        alter(column, column.type() == Simple.JSON ? " using to_json(" + dialect.quote(column.column()) + ")" : "");
    }

    private void alter(TopicColumn column, String using) {
        session.execute("alter table " + sql() + " alter column " + dialect.quote(column.column()) + " set data type "
                + dialect.typeName(column.type()) + using);
    }

    /** Whether a column of whole numbers has values that no double holds. */
    boolean holdsWideNumbers(TopicColumn column) {
        String name = dialect.quote(column.column());
        return session.query("select count(*) from " + sql() + " where " + name + " > " + EXACT_DOUBLE + " or " + name
                                + " < -" + EXACT_DOUBLE)
                        .singleLong()
                > 0;
    }

    Load load(
            List<TopicColumn> columns,
            Instant loadedAt,
            long batch,
            int threads,
            java.util.function.LongConsumer progress) {
        return new Load(plan.relation(), fields(columns), constants(loadedAt, batch), threads, progress);
    }

    Load rejectedLoad(Instant loadedAt, long batch) {
        return new Load(plan.rejected(), Rejected.FIELDS, constants(loadedAt, batch), 1, rows -> {});
    }

    private List<Load.Constant> constants(Instant loadedAt, long batch) {
        return MetaColumns.constants(dialect, loadedAt, batch);
    }

    private List<Field> fields(List<TopicColumn> columns) {
        List<Field> fields = new ArrayList<>();
        columns.forEach(column -> fields.add(new Field(column.column(), column.type())));
        fields.addAll(MetaColumns.fields(plan.key()));
        return fields;
    }

    private String sql() {
        return dialect.quote(plan.relation());
    }
}
