package dev.millrace.testkit.internal.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Takes a request off the wire and puts its answer on it. */
public final class Wire {
    private static final String TOKEN_PATH = "/services/oauth2/token";
    private static final String DATA_PATH = "/services/data";
    private static final int COMPRESSED_FROM_BYTES = 1_024;

    private final RestApi api;
    private final TokenEndpoint tokens;
    private final String instanceUrl;

    public Wire(RestApi api, TokenEndpoint tokens, String instanceUrl) {
        this.api = api;
        this.tokens = tokens;
        this.instanceUrl = instanceUrl;
    }

    public static boolean isToken(HttpExchange exchange) {
        return path(exchange).equals(TOKEN_PATH);
    }

    public static String path(HttpExchange exchange) {
        return exchange.getRequestURI().getRawPath();
    }

    /** The query of a request to the query resource. */
    public static Optional<String> soql(HttpExchange exchange) {
        return Optional.ofNullable(parameters(exchange).get("q"));
    }

    /** Carries out the request; the answer is not sent yet. */
    public Reply answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        String path = path(exchange);
        if (path.equals(TOKEN_PATH)) {
            if (!exchange.getRequestMethod().equals("POST")) {
                return new Reply(
                        400,
                        Json.object().put("error", "invalid_request").put("error_description", "must use HTTP POST"),
                        0);
            }
            return tokens.handle(instanceUrl, Call.form(body), header(exchange, "Authorization"));
        }
        if (path.equals(DATA_PATH) || path.startsWith(DATA_PATH + "/")) {
            return api.handle(
                    exchange.getRequestMethod(), path, parameters(exchange), name -> header(exchange, name), body);
        }
        return error(404, "NOT_FOUND", "The requested resource does not exist");
    }

    /** An answer that is an error. */
    public static Reply error(int status, String code, String message) {
        return new Reply(status, new ApiException(status, code, message).body(), 0);
    }

    public void send(HttpExchange exchange, Reply reply) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json;charset=UTF-8");
        if (!isToken(exchange)) {
            exchange.getResponseHeaders().set("Sforce-Limit-Info", api.limitInfo());
        }
        if (reply.body() == null) {
            exchange.sendResponseHeaders(reply.status(), -1);
            exchange.close();
            return;
        }
        byte[] bytes = Json.bytes(reply.body());
        if (bytes.length > COMPRESSED_FROM_BYTES
                && header(exchange, "Accept-Encoding").contains("gzip")) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            ByteArrayOutputStream compressed = new ByteArrayOutputStream();
            try (OutputStream gzip = new GZIPOutputStream(compressed)) {
                gzip.write(bytes);
            }
            bytes = compressed.toByteArray();
        }
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        return Call.form(Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""));
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }
}
