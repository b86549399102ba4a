package dev.millrace.cdc.internal.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A replication slot as pg_replication_slots shows it (PostgreSQL manual, 53.20).
 *
 * @param pid of the server process that reads it; 0 if none does
 * @param confirmed everything before this has been taken
 * @param status {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
 * @param invalidated why it can no longer be used; empty while it can
 * @param retainedBytes of log that the server keeps for it
 */
record PostgresSlot(
        String database,
        boolean active,
        int pid,
        long confirmed,
        String status,
        String invalidated,
        long retainedBytes) {
    static Optional<PostgresSlot> find(Connection connection, String name) throws SQLException {
        boolean tells = connection.getMetaData().getDatabaseMajorVersion() >= 17;
        String reason = tells ? "invalidation_reason" : "null";
        try (PreparedStatement statement = connection.prepareStatement("select database, active, active_pid,"
                + " confirmed_flush_lsn, wal_status, " + reason
                + ", pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)::int8"
                + " from pg_replication_slots where slot_name = ?")) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                String confirmed = rows.getString(4);
                return Optional.of(new PostgresSlot(
                        text(rows.getString(1)),
                        rows.getBoolean(2),
                        rows.getInt(3),
                        confirmed == null ? 0 : Lsn.parse(confirmed),
                        text(rows.getString(5)),
                        text(rows.getString(6)),
                        rows.getLong(7)));
            }
        }
    }

    /** Why changes after {@code place} can no longer be had from it. */
    Optional<String> lost(String name, long place) {
        if (!invalidated.isEmpty() || status.equals("lost")) {
            return Optional.of("the server has invalidated replication slot '" + name + "' ("
                    + (invalidated.isEmpty() ? status : invalidated) + ")");
        }
        if (confirmed > place) {
            return Optional.of("replication slot '" + name + "' stands at " + Lsn.text(confirmed)
                    + ", after what was read here last, " + Lsn.text(place));
        }
        return Optional.empty();
    }

    private static String text(@org.jspecify.annotations.Nullable String value) {
        return value == null ? "" : value;
    }
}
