package dev.millrace.cdc.internal.source;

import dev.millrace.cdc.internal.config.TableId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Which tables' changes PostgreSQL sends (PostgreSQL manual, 29.1). */
record PostgresPublication(Connection connection, String name) {
    private static final String DUPLICATE_OBJECT = "42710";

    /** A partitioned table is listed as its partitions, unless their changes are published as its own. */
    private static final String HAS = """
            select 1 from pg_publication_tables where pubname = ? and schemaname = ? and tablename = ?
            union all
            select 1 from pg_publication p join pg_publication_rel r on r.prpubid = p.oid join pg_class c on c.oid = r.prrelid
            join pg_namespace n on n.oid = c.relnamespace where p.pubname = ? and n.nspname = ? and c.relname = ?""";

    boolean exists() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from pg_publication where pubname = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Whether it has the table, itself or with all others. */
    boolean has(TableId table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HAS)) {
            for (int i = 0; i < 2; i++) {
                statement.setString(3 * i + 1, name);
                statement.setString(3 * i + 2, table.schema());
                statement.setString(3 * i + 3, table.table());
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    void add(TableId table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("alter publication " + statement.enquoteIdentifier(name, true) + " add table "
                    + statement.enquoteIdentifier(table.schema(), true) + "."
                    + statement.enquoteIdentifier(table.table(), true));
        } catch (SQLException e) {
            // Somebody has been faster.
            if (!DUPLICATE_OBJECT.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
