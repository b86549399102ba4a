package dev.millrace.server.internal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.orchestrate.PipelineStatus;
import dev.millrace.orchestrate.Pipelines;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.server.internal.http.HttpProblem;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.List;

/** Pipelines and their schedules. Thread-safe. */
public final class PipelinesApi {
    private final Pipelines pipelines;
    private final Clock clock;

    public PipelinesApi(Pipelines pipelines, Clock clock) {
        this.pipelines = pipelines;
        this.clock = clock;
    }

    public void list(Context ctx) {
        ObjectNode answer = Json.object();
        ArrayNode all = answer.putArray("pipelines");
        pipelines.list().forEach(pipeline -> all.add(json(pipeline)));
        Json.answer(ctx, answer);
    }

    public void one(Context ctx) {
        Json.answer(ctx, json(require(ctx)));
    }

    public void trigger(Context ctx) {
        JsonNode body = Json.body(ctx);
        Json.allowOnly(body, List.of("logical_date", "vars"));
        RunRecord run = pipelines.trigger(
                require(ctx).name(),
                Parameters.instant(
                        "logical_date", Parameters.text(body, "logical_date").orElse(null)),
                Parameters.map(body, "vars"));
        ctx.status(202);
        Json.answer(ctx, RunJson.of(run, clock.instant()));
    }

    public void pause(Context ctx) {
        pipelines.pause(require(ctx).name());
        one(ctx);
    }

    public void resume(Context ctx) {
        pipelines.resume(require(ctx).name());
        one(ctx);
    }

    private PipelineStatus require(Context ctx) {
        String name = ctx.pathParam("name");
        return pipelines
                .find(name)
                .orElseThrow(
                        () -> new HttpProblem(404, "PIPELINE_NOT_FOUND", "there is no pipeline '" + name + "'", null));
    }

    private ObjectNode json(PipelineStatus pipeline) {
        ObjectNode json = Json.object();
        json.put("name", pipeline.name());
        json.put("description", pipeline.description());
        json.put("schedule", pipeline.schedule().orElse(null));
        json.put("timezone", pipeline.timezone());
        json.put("implicit", pipeline.implicit());
        json.put("paused", pipeline.paused());
        json.put("catchup", pipeline.catchup());
        json.put("position", pipeline.position().toString());
        ArrayNode steps = json.putArray("steps");
        for (PipelineStatus.StepStatus step : pipeline.steps()) {
            ObjectNode item = steps.addObject();
            item.put("name", step.name());
            item.put("kind", step.kind());
            item.put("what", step.what());
            item.set("depends_on", Json.texts(step.dependsOn()));
        }
        json.set("next_runs", Json.texts(pipeline.nextRuns()));
        ArrayNode last = json.putArray("last_runs");
        pipeline.lastRuns().forEach(run -> last.add(RunJson.of(run, clock.instant())));
        return json;
    }
}
