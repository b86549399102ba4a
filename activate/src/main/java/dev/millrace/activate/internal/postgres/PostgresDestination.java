package dev.millrace.activate.internal.postgres;

import dev.millrace.activate.internal.config.Sync;
import dev.millrace.activate.internal.destination.Delivery;
import dev.millrace.activate.internal.destination.Destination;
import dev.millrace.activate.internal.destination.Route;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.postgresql.PGConnection;

/** A connection to a PostgreSQL database that is written to. */
final class PostgresDestination implements Destination {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PostgresTarget target;
    private final Route route;
    private final Connection connection;

    private PostgresDestination(PostgresTarget target, Route route, Connection connection) {
        this.target = target;
        this.route = route;
        this.connection = connection;
    }

    static PostgresDestination open(PostgresTarget target, Route route) {
        Duration patience = route.patience().orElse(PATIENCE);
        try {
            Connection connection = DriverManager.getConnection(target.jdbcUrl(), target.properties(patience));
            PostgresDestination opened = new PostgresDestination(target, route, connection);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set lock_timeout = '60s'");
                return opened;
            } catch (SQLException e) {
                opened.close();
                throw e;
            }
        } catch (SQLException e) {
            throw PostgresFailures.failure(e, target, "while connecting");
        }
    }

    @Override
    public Delivery prepare(Sync sync) {
        try {
            TargetTable table = new TargetCatalog(connection, target.schema()).table(sync);
            return new PostgresDelivery(
                    connection, target, table, sync.options().mode(), route.pace());
        } catch (SQLException e) {
            throw PostgresFailures.failure(e, target, "while reading its catalog");
        }
    }

    @Override
    public String probe() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_setting('server_version')")) {
            row.next();
            return "PostgreSQL " + row.getString(1) + " at " + target.address() + ", database " + target.database()
                    + ", user " + target.user();
        } catch (SQLException e) {
            throw PostgresFailures.failure(e, target, "while reading its version");
        }
    }

    @Override
    public void cancel() {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw PostgresFailures.failure(e, target, "while cancelling");
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw PostgresFailures.failure(e, target, "while closing");
        }
    }
}
