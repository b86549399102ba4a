package dev.millrace.warehouse;

import dev.millrace.core.graph.RelationName;
import java.util.Optional;

/**
 * What the data plane remembers (cursors, offsets, what was delivered), kept in the warehouse itself in
 * {@code _millrace.state}, so that one commit moves the data and the state that describes it. Stateless.
 */
public final class StateStore {
    /** The schema of everything in a warehouse that is Millrace's own. */
    public static final String SCHEMA = "_millrace";

    private StateStore() {}

    /** The JSON text last written under {@code key}. */
    public static Optional<String> read(Session session, String key) {
        RelationName table = table(session);
        if (session.relationType(table).isEmpty()) {
            return Optional.empty();
        }
        return current(session, key);
    }

    /** The same where {@link #create} is known to have been called: it asks for no table, which takes its time. */
    public static Optional<String> current(Session session, String key) {
        RelationName table = table(session);
        Table answer = session.query("select value from " + session.dialect().quote(table) + " where key = ?", key);
        return answer.rows().isEmpty()
                ? Optional.empty()
                : Optional.of(String.valueOf(answer.rows().get(0).get(0)));
    }

    /** Writes the state in the session's current transaction. */
    public static void write(Session session, String key, String json) {
        create(session);
        update(session, key, json);
    }

    /** The same where {@link #create} is known to have been called: it asks for no table, which takes its time. */
    public static void update(Session session, String key, String json) {
        session.inTransaction(() -> {
            String table = session.dialect().quote(table(session));
            session.execute("delete from " + table + " where key = ?", key);
            session.execute(
                    "insert into " + table + " (key, value, updated_at) values (?, ?, current_timestamp)", key, json);
            return null;
        });
    }

    /** Forgets the state in the session's current transaction. */
    public static void remove(Session session, String key) {
        RelationName table = table(session);
        if (session.relationType(table).isPresent()) {
            session.execute("delete from " + session.dialect().quote(table) + " where key = ?", key);
        }
    }

    /**
     * Makes the schema and the table if they are missing. Two transactions that do so at once conflict, so a caller
     * that will write from several sessions calls this first, outside any transaction.
     */
    public static void create(Session session) {
        RelationName table = table(session);
        if (session.relationType(table).isEmpty()) {
            Dialect dialect = session.dialect();
            session.createSchema(table.database(), SCHEMA);
            session.execute("create table if not exists " + dialect.quote(table) + " (key "
                    + dialect.typeName(DataType.Simple.TEXT) + " not null, value "
                    + dialect.typeName(DataType.Simple.TEXT) + " not null, updated_at "
                    + dialect.typeName(DataType.Simple.TIMESTAMPTZ) + " not null)");
        }
    }

    private static RelationName table(Session session) {
        return session.warehouse().relation(SCHEMA, "state");
    }
}
