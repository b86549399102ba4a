package dev.millrace.serving.pgwire;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.serving.QueryGuard;
import dev.millrace.warehouse.Warehouse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves a DuckDB warehouse over the wire protocol of PostgreSQL, version 3
 * (https://www.postgresql.org/docs/15/protocol.html). Statements only read: each goes through a {@link QueryGuard}.
 * psql, pgjdbc and tools on top of them list schemas, tables and columns. One thread per connection; thread-safe.
 */
public final class PgServer implements AutoCloseable {
    private static final int BACKLOG = 50;
    /** How many more may be on the line to say who they are, or to cancel. */
    private static final int UNKNOWN_CALLERS = 20;

    private final Warehouse warehouse;
    private final QueryGuard guard;
    private final PgServerOptions options;
    private final ServerSocket listener;
    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, PgConnection> connections = new ConcurrentHashMap<>();
    private final Thread acceptor;

    private PgServer(Warehouse warehouse, QueryGuard guard, PgServerOptions options, ServerSocket listener) {
        this.warehouse = warehouse;
        this.guard = guard;
        this.options = options;
        this.listener = listener;
        this.acceptor = new Thread(this::accept, "millrace-sql-accept");
        acceptor.setDaemon(true);
    }

    /**
     * Listens from now on, until it is closed.
     *
     * @throws MillraceException CONFIG_INVALID for an address that others reach without a token, CONNECTION_REFUSED
     *     when the port cannot be had
     */
    public static PgServer start(Warehouse warehouse, QueryGuard guard, PgServerOptions options) {
        try {
            InetAddress address = InetAddress.getByName(options.host());
            if (options.token().isEmpty() && !address.isLoopbackAddress()) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "the SQL endpoint would be open to others at " + options.host() + " without a token",
                        null,
                        "Set a token, or bind to 127.0.0.1.",
                        null);
            }
            ServerSocket listener = new ServerSocket();
            try {
                listener.setReuseAddress(true);
                listener.bind(new InetSocketAddress(address, options.port()), BACKLOG);
            } catch (IOException e) {
                listener.close();
                throw e;
            }
            PgServer server = new PgServer(warehouse, guard, options, listener);
            server.acceptor.start();
            return server;
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.CONNECTION_REFUSED,
                    "the SQL endpoint cannot listen at " + options.host() + ":" + options.port() + ": "
                            + e.getMessage(),
                    null,
                    "Choose another port under server: sql: port.",
                    e);
        }
    }

    /** The port it listens at. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections are open. */
    public int connections() {
        return connections.size();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                serve(listener.accept());
            } catch (IOException e) {
                // The listener is closed, or a caller went away before it was heard.
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        if (connections.size() >= options.maxConnections() + UNKNOWN_CALLERS) {
            socket.close();
            return;
        }
        int id = ids.incrementAndGet();
        PgConnection connection = new PgConnection(this, socket, id, random.nextInt());
        connections.put(id, connection);
        Thread thread = new Thread(connection, "millrace-sql-" + id);
        thread.setDaemon(true);
        thread.start();
    }

    Warehouse warehouse() {
        return warehouse;
    }

    QueryGuard guard() {
        return guard;
    }

    PgServerOptions options() {
        return options;
    }

    void closed(PgConnection connection) {
        connections.remove(connection.id());
    }

    /** Stops what a connection does, if the caller knows its key. */
    void cancel(int id, int key) {
        PgConnection connection = connections.get(id);
        if (connection != null && connection.key() == key) {
            connection.cancel();
        }
    }

    /**
     * Ends every connection and stops listening; waits until they have let go of the warehouse, ten seconds at most.
     */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            // It does not listen any more either way.
        }
        connections.values().forEach(PgConnection::end);
        connections.values().forEach(PgConnection::awaitEnd);
    }
}
