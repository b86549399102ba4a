package dev.millrace.server;

import dev.millrace.server.internal.WebServer;
import java.net.URI;
import java.time.Clock;

/**
 * The HTTP API and the pages of a running Millrace.
 *
 * <pre>{@code
 * try (MillraceServer server = MillraceServer.start(platform, ServerSettings.of(project), version)) {
 *     // server.uri() answers
 * }
 * }</pre>
 *
 * Thread-safe.
 */
public final class MillraceServer implements AutoCloseable {
    private final WebServer web;
    private final ServerSettings settings;

    private MillraceServer(WebServer web, ServerSettings settings) {
        this.web = web;
        this.settings = settings;
    }

    /**
     * Starts the server; it answers when this returns.
     *
     * @param version of Millrace, for people
     * @throws dev.millrace.core.MillraceException CONFIG_INVALID if the address can be reached by others and there are
     *     no tokens, or if it cannot be listened on
     */
    public static MillraceServer start(Platform platform, ServerSettings settings, String version) {
        settings.requireTokens(null);
        return new MillraceServer(WebServer.start(platform, settings, version, Clock.systemUTC()), settings);
    }

    /** The port it listens on, also when any free one was asked for. */
    public int port() {
        return web.port();
    }

    /** Where a browser of this machine finds it. */
    public URI uri() {
        String host = settings.host().equals("0.0.0.0") || settings.host().equals("::") ? "127.0.0.1" : settings.host();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port());
    }

    /** Answers what has been asked, ends streams of events, and stops listening. */
    @Override
    public void close() {
        web.close();
    }
}
