package dev.millrace.testkit;

import dev.millrace.testkit.internal.postgres.DataDirectory;
import dev.millrace.testkit.internal.postgres.FolderLock;
import dev.millrace.testkit.internal.postgres.Folders;
import dev.millrace.testkit.internal.postgres.PostgresBinaries;
import dev.millrace.testkit.internal.postgres.TemporaryHomes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server on 127.0.0.1, from the binaries on the class path. Works for ordinary users and for root
 * (PostgreSQL refuses root, so that it is then started with fewer rights).
 *
 * <pre>{@code
 * try (PostgresServer server = PostgresServer.builder().setting("wal_level", "logical").start();
 *         Connection connection = server.connect()) { ... }
 * }</pre>
 *
 * <p>Passwords are checked (SCRAM). {@code fsync} is off unless set: data survives the death of any process, but not of
 * the machine. A server left behind by a killed process is stopped by the next start on the same folder. Thread-safe.
 * Everything throws {@link TestkitException} if the server cannot do what is asked.
 */
public final class PostgresServer implements AutoCloseable {
    private static final int START_ATTEMPTS = 5;
    private static final String HOST = "127.0.0.1";

    private final Builder options;
    private final Path home;
    private final boolean temporary;
    private final FolderLock lock;
    private final DataDirectory directory;
    private final Thread shutdownHook = new Thread(this::closeQuietly, "postgres-shutdown");
    private int port;
    private boolean closed;

    private PostgresServer(Builder options) throws IOException {
        PostgresBinaries binaries = PostgresBinaries.unpacked();
        Path wanted = options.directory;
        this.options = options;
        this.temporary = wanted == null;
        this.home = wanted == null
                ? TemporaryHomes.create(binaries)
                : Files.createDirectories(wanted).toRealPath();
        this.port = options.port;
        this.lock = FolderLock.of(home);
        try {
            this.directory = new DataDirectory(binaries, home);
            directory.stop();
            directory.initialise(options.user, options.password);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** A server with the defaults: temporary folder, free port, user, password and database {@code postgres}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Starts it again, on the same port, after {@link #stop} or {@link #kill}; nothing happens if it runs. */
    public synchronized void start() {
        if (closed) {
            throw new TestkitException("this PostgreSQL server is closed; build a new one");
        }
        try {
            if (!directory.isRunning()) {
                startOnPort();
                createDatabase(options.database);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start PostgreSQL on " + home, e);
        }
    }

    /** Stops it in order; open connections are ended. It can be started again. */
    public synchronized void stop() {
        try {
            directory.stop();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop PostgreSQL on " + home, e);
        }
    }

    /** Kills all its processes with SIGKILL, as a crash would. It can be started again. */
    public synchronized void kill() {
        try {
            directory.kill();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot kill PostgreSQL on " + home, e);
        }
    }

    /** Stops it for good; a temporary folder is deleted. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            directory.stop();
            if (temporary) {
                Folders.delete(home);
            }
            lock.close();
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (IllegalStateException e) {
            // The JVM is already going down: this is the hook itself.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop PostgreSQL on " + home, e);
        }
    }

    public String host() {
        return HOST;
    }

    public synchronized int port() {
        return port;
    }

    public String user() {
        return options.user;
    }

    public String password() {
        return options.password;
    }

    public String database() {
        return options.database;
    }

    /** The process id of the running server. */
    public synchronized long pid() {
        try {
            return directory.pid();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the process id of PostgreSQL on " + home, e);
        }
    }

    /** The folder with the data directory and the log. */
    public Path directory() {
        return home;
    }

    /** The server's log. */
    public Path log() {
        return directory.log();
    }

    /** {@code jdbc:postgresql://127.0.0.1:port/database}, without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + HOST + ":" + port() + "/" + database;
    }

    /** {@link #jdbcUrl(String)} of the server's own database. */
    public String jdbcUrl() {
        return jdbcUrl(options.database);
    }

    /** A connection to the server's own database; the caller closes it. */
    public Connection connect() throws SQLException {
        return connect(options.database);
    }

    /** A connection to a database of this server; the caller closes it. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), options.user, options.password);
    }

    /** Makes a database unless it is there. */
    public void createDatabase(String name) {
        try (Connection connection = connect("postgres");
                var exists = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
                var create = connection.createStatement()) {
            exists.setString(1, name);
            if (!exists.executeQuery().next()) {
                create.execute("CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\"");
            }
        } catch (SQLException e) {
            String advice = "28P01".equals(e.getSQLState())
                    ? "; the folder " + home + " was made with another user or password"
                    : "";
            throw new TestkitException("cannot use database " + name + ": " + e.getMessage() + advice, e);
        }
    }

    private void startOnPort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int candidate = port != 0 ? port : freePort();
            try {
                directory.start(settings(candidate));
                port = candidate;
                return;
            } catch (TestkitException e) {
                String reason = String.valueOf(e.getMessage());
                boolean portLost = options.port == 0 && reason.contains("could not bind");
                // The kernel has not yet forgotten the processes of a server that was killed.
                boolean ending = reason.contains("pre-existing shared memory block");
                if (attempt == START_ATTEMPTS || !(portLost || ending)) {
                    throw e;
                }
                port = portLost ? 0 : port;
            }
        }
    }

    private Map<String, String> settings(int candidatePort) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("listen_addresses", HOST);
        settings.put("unix_socket_directories", "");
        settings.put("fsync", "off");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.put("max_wal_size", "2GB");
        settings.putAll(options.settings);
        settings.put("port", Integer.toString(candidatePort));
        return settings;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void closeQuietly() {
        try {
            close();
        } catch (RuntimeException e) {
            System.err.println("PostgreSQL on " + home + " may still be running: " + e.getMessage());
        }
    }

    /** What kind of server; see {@link PostgresServer#builder()}. Not thread-safe. */
    public static final class Builder {
        private @Nullable Path directory;
        private int port;
        private String user = "postgres";
        private String password = "postgres";
        private String database = "postgres";
        private final Map<String, String> settings = new LinkedHashMap<>();

        private Builder() {}

        private Builder(Builder other) {
            this.directory = other.directory;
            this.port = other.port;
            this.user = other.user;
            this.password = other.password;
            this.database = other.database;
            this.settings.putAll(other.settings);
        }

        /** Keeps the data in this folder, and goes on with what is there; else the data is deleted on close. */
        public Builder directory(Path directory) {
            this.directory = directory;
            return this;
        }

        /** The port; 0, the default, is any free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** A line of {@code postgresql.conf}, such as {@code wal_level} and {@code logical}. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** The superuser; of effect only when the folder is new. */
        public Builder user(String user) {
            this.user = user;
            return this;
        }

        /** The superuser's password; of effect only when the folder is new. */
        public Builder password(String password) {
            this.password = password;
            return this;
        }

        /** The database that is made if it is not there. */
        public Builder database(String database) {
            this.database = database;
            return this;
        }

        /** Makes the folder if needed, starts the server, and returns when it takes connections. */
        public PostgresServer start() {
            try {
                PostgresServer server = new PostgresServer(new Builder(this));
                Runtime.getRuntime().addShutdownHook(server.shutdownHook);
                try {
                    server.start();
                    return server;
                } catch (RuntimeException e) {
                    server.close();
                    throw e;
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot start PostgreSQL: " + e.getMessage(), e);
            }
        }
    }
}
