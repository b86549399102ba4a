package dev.millrace.orchestrate.internal.store;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;

/**
 * The SQLite file of the store. One connection, used by one thread at a time: statements take microseconds, so waiting
 * is short. Other processes may use the file as well. Thread-safe.
 */
public final class Database implements AutoCloseable {
    private static final int BUSY_MILLIS = 5_000;

    private final Path file;
    private final Connection connection;
    private boolean inTransaction;

    private Database(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens the file, creates it if need be, and brings its tables to the present form.
     *
     * @throws MillraceException RUN_STORE_FAILED
     */
    public static Database open(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                Files.writeString(folder.resolve(".gitignore"), "*\n");
            }
            // Asked directly: the driver manager would load every driver there is.
            Connection connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
            try (Statement statement = connection.createStatement()) {
                statement.execute("pragma busy_timeout = " + BUSY_MILLIS);
                statement.execute("pragma journal_mode = wal");
                statement.execute("pragma synchronous = normal");
            }
            Database database = new Database(file, connection);
            database.migrate();
            return database;
        } catch (SQLException | IOException e) {
            throw failed(file, e);
        }
    }

    private void migrate() {
        if (version() == Schema.VERSIONS.size()) {
            return;
        }
        transaction(() -> {
            int version = version();
            if (version > Schema.VERSIONS.size()) {
                throw new MillraceException(
                        ErrorCode.RUN_STORE_FAILED,
                        file + " was written by a newer version of Millrace",
                        null,
                        "Update Millrace, or move the file away: only the history of runs is in it.",
                        null);
            }
            try (Statement statement = connection.createStatement()) {
                for (String script : Schema.VERSIONS.subList(version, Schema.VERSIONS.size())) {
                    for (String sql : script.split(";\n")) {
                        statement.execute(sql);
                    }
                }
                statement.execute("pragma user_version = " + Schema.VERSIONS.size());
            }
            return true;
        });
    }

    private int version() {
        return first(row -> row.getInt(1), "pragma user_version").orElse(0);
    }

    /** @return rows changed */
    public synchronized int update(String sql, @Nullable Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    public synchronized <T> List<T> query(Row<T> row, String sql, @Nullable Object... parameters) {
        try (PreparedStatement statement = prepare(sql, parameters);
                ResultSet answer = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (answer.next()) {
                rows.add(row.read(answer));
            }
            return rows;
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    public <T> Optional<T> first(Row<T> row, String sql, @Nullable Object... parameters) {
        return query(row, sql, parameters).stream().findFirst();
    }

    /** Runs {@code work} in one transaction that holds off other writers from its beginning; joins an open one. */
    public synchronized <T> T transaction(Work<T> work) {
        try {
            if (inTransaction) {
                return work.run();
            }
            run("begin immediate");
            inTransaction = true;
            boolean done = false;
            try {
                T result = work.run();
                run("commit");
                done = true;
                return result;
            } finally {
                inTransaction = false;
                if (!done) {
                    run("rollback");
                }
            }
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private PreparedStatement prepare(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    private static MillraceException failed(Path file, Exception e) {
        return new MillraceException(
                ErrorCode.RUN_STORE_FAILED,
                "the history of runs in " + file + " cannot be used: " + e.getMessage(),
                null,
                "If the file is damaged move it away: only the history of runs is in it.",
                e);
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(file, e);
        }
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws SQLException;
    }
}
