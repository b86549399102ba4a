package dev.millrace.serving.pgwire;

import dev.millrace.core.Secret;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How the SQL endpoint listens.
 *
 * @param host the address to bind to
 * @param port 0 for any that is free
 * @param token the password of every user, proven by SCRAM-SHA-256; without one there is no password, which is refused
 *     unless {@code host} is a loopback address
 * @param tls to encrypt connections that ask for it
 * @param maxConnections at the same time; the next one is refused
 * @param idleTimeout how long a connection may say nothing
 * @param queryTimeout how long one statement may take
 */
public record PgServerOptions(
        String host,
        int port,
        Optional<Secret> token,
        Optional<SSLContext> tls,
        int maxConnections,
        Duration idleTimeout,
        Duration queryTimeout) {
    /** On 127.0.0.1 without a password: 20 connections, an hour idle, ten minutes a statement. */
    public static PgServerOptions onLoopback(int port) {
        return new PgServerOptions(
                "127.0.0.1", port, Optional.empty(), Optional.empty(), 20, Duration.ofHours(1), Duration.ofMinutes(10));
    }

    public PgServerOptions withHost(String address) {
        return new PgServerOptions(address, port, token, tls, maxConnections, idleTimeout, queryTimeout);
    }

    public PgServerOptions withToken(Secret secret) {
        return new PgServerOptions(host, port, Optional.of(secret), tls, maxConnections, idleTimeout, queryTimeout);
    }

    public PgServerOptions withTls(SSLContext context) {
        return new PgServerOptions(host, port, token, Optional.of(context), maxConnections, idleTimeout, queryTimeout);
    }

    public PgServerOptions withMaxConnections(int connections) {
        return new PgServerOptions(host, port, token, tls, connections, idleTimeout, queryTimeout);
    }

    public PgServerOptions withIdleTimeout(Duration duration) {
        return new PgServerOptions(host, port, token, tls, maxConnections, duration, queryTimeout);
    }

    public PgServerOptions withQueryTimeout(Duration duration) {
        return new PgServerOptions(host, port, token, tls, maxConnections, idleTimeout, duration);
    }
}
