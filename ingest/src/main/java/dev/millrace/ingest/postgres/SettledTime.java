package dev.millrace.ingest.postgres;

import dev.millrace.warehouse.DataType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * The time before which every transaction has ended. Rows that are not visible to a snapshot taken afterwards were, or
 * will be, written by transactions that began later, so a column set to {@code now()} holds a later value in them. Read
 * it before the snapshot is taken.
 *
 * @param instant as {@code YYYY-MM-DD HH24:MI:SS.US+00}
 * @param local the same in the server's own time zone, without the zone
 */
record SettledTime(String instant, String local) {
    private static final String SQL = """
            select to_char(settled, 'YYYY-MM-DD HH24:MI:SS.US+00'),
                to_char(settled at time zone current_setting('log_timezone'), 'YYYY-MM-DD HH24:MI:SS.US')
            from (
                select least(clock_timestamp(), min(xact_start)) as settled
                from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()
                    and backend_type <> 'autovacuum worker'
            ) as activity
            """;

    static SettledTime read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SQL)) {
            row.next();
            return new SettledTime(row.getString(1), row.getString(2));
        }
    }

    /** As a value of a cursor of the type, if that is a time. */
    Optional<String> in(DataType type) {
        if (type == DataType.Simple.TIMESTAMPTZ) {
            return Optional.of(instant);
        }
        if (type == DataType.Simple.TIMESTAMP) {
            return Optional.of(local);
        }
        return type == DataType.Simple.DATE ? Optional.of(local.substring(0, 10)) : Optional.empty();
    }
}
