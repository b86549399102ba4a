package dev.millrace.server.internal.openlineage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.StepResult;
import dev.millrace.core.live.FlowListener;
import dev.millrace.server.internal.openlineage.EventJson.Processing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The events of nodes that are kept running, as streaming jobs: START when one is opened, RUNNING with its first rows
 * and then at most once a minute while rows come, FAIL, or COMPLETE when it is stopped. Thread-safe.
 */
public final class FlowLineage implements FlowListener {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final EventJson json;
    private final EventSender sender;
    private final Map<String, Progress> runs = new ConcurrentHashMap<>();

    public FlowLineage(EventJson json, EventSender sender) {
        this.json = json;
        this.sender = sender;
    }

    /** How far a run has come. Owned by the flow's thread. */
    private static final class Progress {
        private long rows;
        private @Nullable Instant told;
    }

    @Override
    public void started(Node node, String run, Instant at) {
        runs.put(run, new Progress());
        ObjectNode event = event("START", at, run, node);
        sender.send(() -> {
            json.inputs(event, node);
            json.outputs(event, node);
            return event.toString();
        });
    }

    @Override
    public void called(Node node, String run, StepResult result, Instant at) {
        Progress progress = runs.get(run);
        long rows = result.rows().orElse(0);
        if (progress == null || rows == 0) {
            return;
        }
        progress.rows += rows;
        if (progress.told == null || !at.isBefore(progress.told.plus(PAUSE))) {
            progress.told = at;
            written(event("RUNNING", at, run, node), node, progress.rows);
        }
    }

    @Override
    public void failed(Node node, String run, MillraceException error, Instant at) {
        runs.remove(run);
        ObjectNode event = event("FAIL", at, run, node);
        json.error(event, error.text());
        sender.send(() -> {
            json.inputs(event, node);
            json.outputs(event, node);
            return event.toString();
        });
    }

    @Override
    public void stopped(Node node, String run, Instant at) {
        Progress progress = runs.remove(run);
        written(event("COMPLETE", at, run, node), node, progress == null ? 0 : progress.rows);
    }

    private void written(ObjectNode event, Node node, long rows) {
        sender.send(() -> {
            json.inputs(event, node);
            json.written(event, node, OptionalLong.of(rows));
            return event.toString();
        });
    }

    private ObjectNode event(String type, Instant at, String run, Node node) {
        return json.event(type, at, UUID.fromString(run), node, Processing.STREAMING);
    }
}
