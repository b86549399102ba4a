package dev.millrace.server.internal.openlineage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.graph.Node;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunListener;
import dev.millrace.core.run.RunResult;
import dev.millrace.server.internal.openlineage.EventJson.Processing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The events of one run: START and COMPLETE, FAIL or ABORT of the run and of each node that was started. A node's run
 * names the whole run as its parent. Owned by one run.
 */
public final class LineageEvents implements RunListener {
    private final String project;
    private final EventJson json;
    private final EventSender sender;
    private UUID runId = new UUID(0, 0);
    private String command = "";

    public LineageEvents(String project, EventJson json, EventSender sender) {
        this.project = project;
        this.json = json;
        this.sender = sender;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            runId = uuid(started.runId());
            command = started.command();
            run("START", started.at());
        } else if (event instanceof RunEvent.NodeStarted started) {
            node("START", started.at(), started.node(), null);
        } else if (event instanceof RunEvent.NodeFinished finished) {
            NodeResult result = finished.result();
            if (result.attempts() > 0) {
                node(type(result), finished.at(), result.node(), result);
            }
        } else if (event instanceof RunEvent.RunFinished finished) {
            RunResult result = finished.result();
            run(result.cancelled() ? "ABORT" : result.ok() ? "COMPLETE" : "FAIL", finished.at());
        }
    }

    private static String type(NodeResult result) {
        return switch (result.status()) {
            case SUCCESS, PASS, WARN -> "COMPLETE";
            case FAIL, ERROR -> "FAIL";
            case SKIPPED -> "ABORT";
        };
    }

    private void run(String type, Instant at) {
        ObjectNode event = json.event(type, at, runId, job(), Processing.BATCH, "RUN");
        sender.send(event::toString);
    }

    private void node(String type, Instant at, Node node, @Nullable NodeResult result) {
        UUID id = UUID.nameUUIDFromBytes((runId + "/" + node.id()).getBytes(StandardCharsets.UTF_8));
        ObjectNode event = json.event(type, at, id, node, Processing.BATCH);
        json.parent(event, runId, job());
        if (result != null && type.equals("FAIL")) {
            json.error(event, result.message());
        }
        // What stands in the warehouse is looked at when the event is sent, not while the run waits.
        sender.send(() -> {
            json.inputs(event, node);
            if (result != null && type.equals("COMPLETE")) {
                json.written(event, node, result.rows());
            } else {
                json.outputs(event, node);
            }
            return event.toString();
        });
    }

    private String job() {
        return project + "." + command;
    }

    private static UUID uuid(String runId) {
        try {
            return UUID.fromString(runId);
        } catch (IllegalArgumentException e) {
            return UUID.nameUUIDFromBytes(runId.getBytes(StandardCharsets.UTF_8));
        }
    }
}
