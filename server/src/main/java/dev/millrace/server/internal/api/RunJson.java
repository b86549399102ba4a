package dev.millrace.server.internal.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.orchestrate.NodeRun;
import dev.millrace.orchestrate.RunFlag;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunRequest;
import java.time.Instant;

/** Runs as the API tells them. */
final class RunJson {
    private RunJson() {}

    static ObjectNode of(RunRecord run, Instant now) {
        RunRequest request = run.request();
        ObjectNode json = Json.object();
        json.put("id", run.id());
        json.put("state", run.state().key());
        json.put("command", request.command());
        json.set("select", Json.texts(request.select()));
        json.set("exclude", Json.texts(request.exclude()));
        for (RunFlag flag : RunFlag.values()) {
            json.put(flag.key(), request.is(flag));
        }
        json.put("cause", request.cause().key());
        json.put("pipeline", request.pipeline().orElse(null));
        request.interval().ifPresent(interval -> {
            json.put("interval_start", interval.start().toString());
            json.put("interval_end", interval.end().toString());
        });
        json.put("attempt", run.attempt());
        json.put("retry_of", run.retryOf().orElse(null));
        json.put("queued_at", run.queuedAt().toString());
        json.put("started_at", run.startedAt().map(Instant::toString).orElse(null));
        json.put("finished_at", run.finishedAt().map(Instant::toString).orElse(null));
        json.put("elapsed_ms", run.elapsed(now).toMillis());
        json.put("error", run.error().orElse(null));
        json.put("total", run.total());
        ObjectNode counts = json.putObject("counts");
        run.counts().forEach((status, count) -> counts.put(status.key(), count));
        return json;
    }

    static ObjectNode of(NodeRun node, Instant now) {
        ObjectNode json = Json.object();
        json.put("run_id", node.runId());
        json.put("node_id", node.nodeId());
        json.put("kind", node.kind());
        json.put("status", node.status().map(status -> status.key()).orElse("running"));
        json.put("index", node.index());
        json.put("started_at", node.startedAt().toString());
        json.put("finished_at", node.finishedAt().map(Instant::toString).orElse(null));
        json.put("elapsed_ms", node.elapsed(now).toMillis());
        node.rows().ifPresent(rows -> json.put("rows", rows));
        node.failures().ifPresent(failures -> json.put("failures", failures));
        json.put("message", node.message());
        json.put("attempts", node.attempts());
        return json;
    }
}
