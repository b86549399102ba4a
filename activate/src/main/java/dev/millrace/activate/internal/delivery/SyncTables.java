package dev.millrace.activate.internal.delivery;

import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.DataType.Field;
import dev.millrace.warehouse.DataType.Simple;
import dev.millrace.warehouse.Dialect;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.StateStore;
import dev.millrace.warehouse.Warehouse;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The two tables a sync keeps in the schema {@code _millrace} of the warehouse its model is in.
 *
 * @param delivered one row per record the destination holds as the model had it: key, hash of the values, the
 *     destination's id
 * @param rejected one row per record that could not be delivered in the last run, with the reason
 */
record SyncTables(RelationName delivered, RelationName rejected) {
    static final List<Field> DELIVERED = List.of(
            new Field("key", Simple.TEXT),
            new Field("hash", Simple.TEXT),
            new Field("destination_id", Simple.TEXT),
            new Field("delivered_at", Simple.TIMESTAMPTZ));
    static final List<Field> REJECTED = List.of(
            new Field("key", Simple.TEXT),
            new Field("record", Simple.TEXT),
            new Field("code", Simple.TEXT),
            new Field("message", Simple.TEXT),
            new Field("fields", Simple.TEXT),
            new Field("first_attempt_at", Simple.TIMESTAMPTZ),
            new Field("last_attempt_at", Simple.TIMESTAMPTZ),
            new Field("attempts", Simple.INT64));

    static SyncTables of(Warehouse warehouse, String sync) {
        return new SyncTables(
                warehouse.relation(StateStore.SCHEMA, "delivered_" + sync),
                warehouse.relation(StateStore.SCHEMA, "rejected_" + sync));
    }

    void create(Session session) {
        create(session, delivered, DELIVERED);
        create(session, rejected, REJECTED);
    }

    private static void create(Session session, RelationName table, List<Field> fields) {
        if (session.relationType(table).isEmpty()) {
            session.createSchema(table.database(), table.schema());
            session.execute("create table if not exists " + session.dialect().quote(table) + " ("
                    + columns(session.dialect(), fields) + ")");
        }
    }

    /** An empty stand-in for a table that does not exist yet, so that a dry run has something to compare with. */
    static String emptyOf(Dialect dialect, List<Field> fields) {
        return "(select "
                + fields.stream()
                        .map(field -> "cast(null as " + dialect.typeName(field.type()) + ") as " + field.name())
                        .collect(Collectors.joining(", "))
                + " where 1 = 0)";
    }

    private static String columns(Dialect dialect, List<Field> fields) {
        return fields.stream()
                .map(field -> dialect.quote(field.name()) + " " + dialect.typeName(field.type()))
                .collect(Collectors.joining(", "));
    }
}
