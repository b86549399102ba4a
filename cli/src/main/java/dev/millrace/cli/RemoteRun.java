package dev.millrace.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunEventReader;
import dev.millrace.core.run.RunResult;
import dev.millrace.orchestrate.RunRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A run that a {@code millrace up} carries out and this process shows. */
final class RemoteRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final String DATA = "data:";

    private final RunningServer server;
    private final RunRequest request;
    private final Events events;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private volatile @Nullable String runId;

    RemoteRun(RunningServer server, RunRequest request, Events events) {
        this.server = server;
        this.request = request;
        this.events = events;
    }

    /** Starts the run and hands on its events until it has ended. */
    RunResult follow() {
        JsonNode answer = post("/api/v1/runs", body());
        String id = answer.path("id").asText();
        runId = id;
        return listen(id);
    }

    /** Asks the server to stop the run. */
    void cancel() {
        String id = runId;
        if (id != null) {
            post("/api/v1/runs/" + id + "/cancel", JSON.createObjectNode());
        }
    }

    private ObjectNode body() {
        ObjectNode body = JSON.createObjectNode();
        body.put("command", request.command());
        request.select().forEach(body.putArray("select")::add);
        request.exclude().forEach(body.putArray("exclude")::add);
        body.set("vars", JSON.valueToTree(request.vars()));
        body.put("full_refresh", request.fullRefresh());
        request.threads().ifPresent(threads -> body.put("threads", threads));
        return body;
    }

    private RunResult listen(String id) {
        HttpRequest listening = request("/api/v1/runs/" + id + "/events")
                .header("Accept", "text/event-stream")
                .build();
        RunEventReader reader = new RunEventReader();
        try (Stream<String> lines =
                http.send(listening, HttpResponse.BodyHandlers.ofLines()).body()) {
            Iterator<String> all = lines.iterator();
            while (all.hasNext()) {
                String line = all.next();
                if (!line.startsWith(DATA)) {
                    continue;
                }
                Optional<RunEvent> event =
                        reader.read(line.substring(DATA.length()).strip());
                event.ifPresent(events::emit);
                if (event.isPresent() && event.get() instanceof RunEvent.RunFinished finished) {
                    return finished.result();
                }
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            throw lost(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException(ErrorCode.CANCELLED, "cancelled", e);
        }
        throw ended(id);
    }

    /** The events are over but the run has said no end: it could not be begun. */
    private MillraceException ended(String id) {
        JsonNode run = send(request("/api/v1/runs/" + id).build());
        String why = run.path("error").isTextual() ? run.path("error").asText() : "its events ended too soon";
        return new MillraceException(
                ErrorCode.USAGE,
                "the run " + id + " could not be done: " + why,
                null,
                "See " + server.url() + ".",
                null);
    }

    private JsonNode post(String path, ObjectNode body) {
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

    private MillraceException lost(Exception cause) {
        return new MillraceException(
                ErrorCode.CONNECTION_LOST,
                "'millrace up' at " + server.url() + " does not answer: " + cause.getMessage(),
                null,
                "Look at its output; or stop it (process " + server.pid() + ") and run the command again.",
                cause);
    }
}
