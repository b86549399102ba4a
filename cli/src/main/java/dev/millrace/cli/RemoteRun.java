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
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A run that a {@code millrace up} carries out and this process shows. */
final class RemoteRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data:";

    private final RunningServer server;
    private final RunRequest request;
    private final Events events;
    private final ServerClient client;
    private volatile @Nullable String runId;

    RemoteRun(RunningServer server, RunRequest request, Events events) {
        this.server = server;
        this.request = request;
        this.events = events;
        this.client = new ServerClient(server);
    }

    /** Starts the run and hands on its events until it has ended. */
    RunResult follow() {
        JsonNode answer = client.post("/api/v1/runs", body());
        String id = answer.path("id").asText();
        runId = id;
        return listen(id);
    }

    /** Asks the server to stop the run. */
    void cancel() {
        String id = runId;
        if (id != null) {
            client.post("/api/v1/runs/" + id + "/cancel", JSON.createObjectNode());
        }
    }

    private ObjectNode body() {
        ObjectNode body = JSON.createObjectNode();
        body.put("command", request.command());
        request.select().forEach(body.putArray("select")::add);
        request.exclude().forEach(body.putArray("exclude")::add);
        body.set("vars", JSON.valueToTree(request.vars()));
        request.flags().forEach(flag -> body.put(flag.key(), true));
        request.threads().ifPresent(threads -> body.put("threads", threads));
        return body;
    }

    private RunResult listen(String id) {
        RunEventReader reader = new RunEventReader();
        try (Stream<String> lines = client.lines("/api/v1/runs/" + id + "/events")) {
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
        } catch (UncheckedIOException e) {
            throw client.lost(e);
        }
        throw ended(id);
    }

    /** The events are over but the run has said no end: it could not be begun. */
    private MillraceException ended(String id) {
        JsonNode run = client.get("/api/v1/runs/" + id);
        String why = run.path("error").isTextual() ? run.path("error").asText() : "its events ended too soon";
        return new MillraceException(
                ErrorCode.USAGE,
                "the run " + id + " could not be done: " + why,
                null,
                "See " + server.url() + ".",
                null);
    }
}
