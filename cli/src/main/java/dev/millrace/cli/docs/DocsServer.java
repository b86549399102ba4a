package dev.millrace.cli.docs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves the documentation page and dbt's artifacts of a target folder; reads them anew for every request. */
public final class DocsServer implements AutoCloseable {
    private static final Set<String> ARTIFACTS =
            Set.of("/manifest.json", "/catalog.json", "/run_results.json", "/sources.json");

    private final HttpServer server;
    private final ExecutorService threads;

    private DocsServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * @param port 0 for any that is free
     * @param target where the artifacts are
     */
    public static DocsServer start(String host, int port, Path target) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
            ExecutorService threads = Executors.newFixedThreadPool(4, work -> {
                Thread thread = new Thread(work, "docs");
                thread.setDaemon(true);
                return thread;
            });
            server.setExecutor(threads);
            server.createContext("/", exchange -> answer(exchange, target));
            server.start();
            return new DocsServer(server, threads);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "cannot listen on " + host + ":" + port + ": " + e.getMessage(),
                    null,
                    "Choose another one with --port.",
                    e);
        }
    }

    /** Where it listens. */
    public String url() {
        InetSocketAddress address = server.getAddress();
        return "http://" + address.getHostString() + ":" + address.getPort();
    }

    private static void answer(HttpExchange exchange, Path target) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/") || path.equals("/index.html")) {
                send(exchange, 200, "text/html; charset=utf-8", StaticDocs.page());
            } else if (ARTIFACTS.contains(path)) {
                try {
                    send(exchange, 200, "application/json", Files.readAllBytes(target.resolve(path.substring(1))));
                } catch (NoSuchFileException e) {
                    send(exchange, 404, "application/json", new byte[] {'{', '}'});
                }
            } else {
                send(exchange, 404, "text/plain", new byte[0]);
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
