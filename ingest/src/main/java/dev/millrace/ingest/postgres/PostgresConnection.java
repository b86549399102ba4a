package dev.millrace.ingest.postgres;

import dev.millrace.core.MillraceException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.PGConnection;

/** One connection to the source, with the session settings that the type mapping counts on. */
final class PostgresConnection implements AutoCloseable {
    private static final String SESSION = """
            set standard_conforming_strings = on;
            set datestyle = 'ISO, YMD';
            set intervalstyle = 'iso_8601';
            set timezone = 'UTC';
            set bytea_output = 'hex';
            set extra_float_digits = 1;
            set xmloption = 'content';
            set lock_timeout = '60s';
            set statement_timeout = 0;
            """;

    /** How long a server may take to hear that it should stop. */
    private static final String CANCEL_SECONDS = "2";

    private final PostgresSettings settings;
    private final Connection connection;

    private PostgresConnection(PostgresSettings settings, Connection connection) {
        this.settings = settings;
        this.connection = connection;
    }

    static PostgresConnection open(PostgresSettings settings, Duration patience) {
        Properties properties = settings.properties();
        long seconds = Math.max(1, patience.toSeconds());
        properties.putIfAbsent("connectTimeout", Long.toString(seconds));
        // With a time limit the driver connects on a thread of its own, and an interrupt ends the wait for it.
        properties.putIfAbsent("loginTimeout", Long.toString(seconds * 2));
        properties.putIfAbsent("cancelSignalTimeout", CANCEL_SECONDS);
        try {
            Connection jdbc = DriverManager.getConnection(settings.jdbcUrl(), properties);
            PostgresConnection opened = new PostgresConnection(settings, jdbc);
            try (Statement statement = jdbc.createStatement()) {
                statement.execute(SESSION);
                return opened;
            } catch (SQLException e) {
                opened.close();
                throw e;
            }
        } catch (SQLException e) {
            throw PostgresErrors.of(e, settings, "while connecting");
        }
    }

    Connection jdbc() {
        return connection;
    }

    MillraceException failure(SQLException e, String attempt) {
        return PostgresErrors.of(e, settings, attempt);
    }

    /** Stops the running statement and drops the connection. May be called from any thread. */
    void cancel() {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException unreachable) {
            // A server that cannot be told finds out when it next sends: the connection ends here in any case.
            drop();
            return;
        }
        drop();
    }

    private void drop() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            throw failure(e, "while closing");
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failure(e, "while closing");
        }
    }
}
