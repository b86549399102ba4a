package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;

/** Talks to a {@code millrace up} of this machine. Thread-safe. */
final class ServerClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(10);

    private final RunningServer server;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    ServerClient(RunningServer server) {
        this.server = server;
    }

    JsonNode get(String path) {
        return send(request(path).timeout(ANSWER_LIMIT).build());
    }

    /** The lines of an answer as they come. Close the stream. */
    Stream<String> lines(String path) {
        HttpRequest request =
                request(path).header("Accept", "text/event-stream").build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofLines()).body();
        } catch (IOException e) {
            throw lost(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "cancelled", e);
        }
    }

    JsonNode post(String path, ObjectNode body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .timeout(ANSWER_LIMIT)
                .build());
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode json = JSON.readTree(answer.body());
            if (answer.statusCode() >= 300) {
                throw new MillraceException(
                        ErrorCode.USAGE,
                        "'millrace up' refuses: " + json.path("message").asText("HTTP status " + answer.statusCode()),
                        null,
                        json.path("hint").asText(null),
                        null);
            }
            return json;
        } catch (IOException e) {
            throw lost(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "cancelled", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path));
        return server.token().isEmpty() ? request : request.header("Authorization", "Bearer " + server.token());
    }

    MillraceException lost(Exception cause) {
        return new MillraceException(
                ErrorCode.CONNECTION_LOST,
                "'millrace up' at " + server.url() + " does not answer: " + cause.getMessage(),
                null,
                "Look at its output; or stop it (process " + server.pid() + ") and run the command again.",
                cause);
    }
}
