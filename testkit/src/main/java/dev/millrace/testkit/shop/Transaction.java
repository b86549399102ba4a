package dev.millrace.testkit.shop;

import java.sql.Connection;
import java.sql.SQLException;

/** Runs work in one transaction, and leaves the connection as it was. */
final class Transaction {
    private Transaction() {}

    interface Work<T> {
        T run() throws SQLException;
    }

    static <T> T run(Connection connection, Work<T> work) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            T result = work.run();
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(autoCommit);
        }
    }
}
