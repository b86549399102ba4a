package dev.millrace.stream.internal.run;

import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.StateStore;

/** The tables in the schema {@code _millrace} that streaming models share; each row says whose it is. */
final class StreamTables {
    private StreamTables() {}

    /** Makes what is missing, outside any transaction. */
    static void create(Session session) {
        StateStore.create(session);
        createIfMissing(
                session,
                "late_events",
                "(node varchar not null, window_start timestamptz not null, event_time timestamptz not null, position varchar, "
                        + "\"partition\" varchar, \"offset\" bigint, recorded_at timestamptz not null)");
        createIfMissing(
                session,
                "stream_windows",
                "(node varchar not null, window_us bigint not null, first_position varchar)");
    }

    private static void createIfMissing(Session session, String name, String columns) {
        RelationName table = session.warehouse().relation(StateStore.SCHEMA, name);
        if (session.relationType(table).isEmpty()) {
            session.execute("create table if not exists " + session.dialect().quote(table) + " " + columns);
        }
    }

    /** Events that came after their window had closed. */
    static String lateEvents(Session session) {
        return session.dialect().quote(session.warehouse().relation(StateStore.SCHEMA, "late_events"));
    }

    /** Windows that may still change, and before which position of the input none of their rows stands. */
    static String windows(Session session) {
        return session.dialect().quote(session.warehouse().relation(StateStore.SCHEMA, "stream_windows"));
    }
}
