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

    boolean has(TableId table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select 1 from pg_publication_tables where pubname = ? and schemaname = ? and tablename = ?")) {
            statement.setString(1, name);
            statement.setString(2, table.schema());
            statement.setString(3, table.table());
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
            // A partitioned table is listed as its partitions.
            if (!DUPLICATE_OBJECT.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
