package dev.millrace.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * A real HTTP service on 127.0.0.1 that keeps what it is sent. A request whose {@code Idempotency-Key} it has accepted
 * before is answered with 200 and not kept again. Thread-safe.
 */
public final class HttpInbox implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4, task -> {
        Thread thread = new Thread(task, "http-inbox");
        thread.setDaemon(true);
        return thread;
    });

    // Guarded by this.
    private final List<Request> received = new ArrayList<>();
    private final List<Request> accepted = new ArrayList<>();
    private final Set<String> tokens = new HashSet<>();
    private final Deque<Answer> next = new ArrayDeque<>();
    private Function<Request, Answer> rule = request -> Answer.of(200, "");

    /** @param headers by their names in lower case */
    public record Request(String method, String path, Map<String, String> headers, String body) {}

    public record Answer(int status, String body, Map<String, String> headers) {
        public static Answer of(int status, String body) {
            return new Answer(status, body, Map.of());
        }
    }

    private HttpInbox(HttpServer server) {
        this.server = server;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** On a free port. */
    public static HttpInbox start() {
        try {
            return new HttpInbox(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How requests are answered from now on; those answered with 2xx are accepted. */
    public synchronized HttpInbox answering(Function<Request, Answer> newRule) {
        rule = newRule;
        return this;
    }

    /** The next requests are answered so, one each, whatever the rule says. */
    public synchronized HttpInbox next(Answer... answers) {
        next.addAll(List.of(answers));
        return this;
    }

    /** Every request, in the order of arrival. */
    public synchronized List<Request> received() {
        return List.copyOf(received);
    }

    /** The requests that counted. */
    public synchronized List<Request> accepted() {
        return List.copyOf(accepted);
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                headers,
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        Answer answer = answer(request);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        boolean silent = request.method().equals("HEAD") || body.length == 0;
        exchange.sendResponseHeaders(answer.status(), silent ? -1 : body.length);
        if (!silent) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    private synchronized Answer answer(Request request) {
        received.add(request);
        String token = request.headers().getOrDefault("idempotency-key", "");
        if (tokens.contains(token)) {
            return Answer.of(200, "");
        }
        Answer answer = next.isEmpty() ? rule.apply(request) : next.remove();
        if (answer.status() / 100 == 2) {
            accepted.add(request);
            if (!token.isEmpty()) {
                tokens.add(token);
            }
        }
        return answer;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
