package dev.millrace.server.internal.pages;

import dev.millrace.orchestrate.PipelineStatus;
import dev.millrace.orchestrate.RunFilter;
import dev.millrace.server.Platform;
import dev.millrace.server.internal.data.Lateness;
import dev.millrace.server.internal.http.HttpProblem;
import dev.millrace.server.internal.layout.Drawing;
import dev.millrace.server.internal.layout.LayeredLayout;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pipelines with their next runs, and one pipeline. */
public final class PipelinePages {
    private static final LayeredLayout.Spacing SPACING = new LayeredLayout.Spacing(200, 44, 56, 16);

    private final Platform platform;
    private final Pages pages;
    private final Clock clock;

    public PipelinePages(Platform platform, Pages pages, Clock clock) {
        this.platform = platform;
        this.pages = pages;
        this.clock = clock;
    }

    /** A pipeline as the list shows it. */
    public record Row(PipelineStatus pipeline, Optional<Instant> lateSince) {}

    public void list(Context ctx) {
        Map<String, Object> model = new HashMap<>();
        Instant now = clock.instant();
        model.put(
                "rows",
                platform.pipelines().list().stream()
                        .map(one -> new Row(one, Lateness.since(one, platform.pipelines(), now)))
                        .toList());
        model.put("now", now);
        pages.page(ctx, "pipelines.jte", "Pipelines", "pipelines", model);
    }

    public void one(Context ctx) {
        PipelineStatus pipeline = require(ctx);
        Map<String, Object> model = new HashMap<>();
        model.put("pipeline", pipeline);
        model.put("steps", steps(pipeline));
        model.put("runs", platform.runs().recent(RunFilter.newest(25).ofPipeline(pipeline.name())));
        model.put("lateSince", Lateness.since(pipeline, platform.pipelines(), clock.instant()));
        model.put("now", clock.instant());
        pages.page(ctx, "pipeline.jte", pipeline.name(), "pipelines", model);
    }

    public void trigger(Context ctx) {
        String run = platform.pipelines()
                .trigger(require(ctx).name(), Optional.empty(), Map.of())
                .id();
        RunPages.lead(ctx, "/runs/" + run);
    }

    public void pause(Context ctx) {
        platform.pipelines().pause(require(ctx).name());
        back(ctx);
    }

    public void resume(Context ctx) {
        platform.pipelines().resume(require(ctx).name());
        back(ctx);
    }

    private static void back(Context ctx) {
        RunPages.lead(
                ctx,
                "one".equals(ctx.formParam("from")) ? "/pipelines/" + Ui.encode(ctx.pathParam("name")) : "/pipelines");
    }

    private static Drawing<PipelineStatus.StepStatus> steps(PipelineStatus pipeline) {
        Map<String, PipelineStatus.StepStatus> byName = new HashMap<>();
        List<PipelineStatus.StepStatus> ordered = new ArrayList<>();
        pipeline.steps().forEach(step -> byName.put(step.name(), step));
        pipeline.steps().forEach(step -> visit(step, byName, ordered));
        List<LayeredLayout.Edge<PipelineStatus.StepStatus>> edges = new ArrayList<>();
        for (PipelineStatus.StepStatus step : ordered) {
            for (String input : step.dependsOn()) {
                PipelineStatus.StepStatus from = byName.get(input);
                if (from != null) {
                    edges.add(new LayeredLayout.Edge<>(from, step));
                }
            }
        }
        return LayeredLayout.draw(ordered, edges, SPACING);
    }

    private static void visit(
            PipelineStatus.StepStatus step,
            Map<String, PipelineStatus.StepStatus> byName,
            List<PipelineStatus.StepStatus> ordered) {
        if (!ordered.contains(step)) {
            for (String input : step.dependsOn()) {
                PipelineStatus.StepStatus from = byName.get(input);
                if (from != null) {
                    visit(from, byName, ordered);
                }
            }
            ordered.add(step);
        }
    }

    private PipelineStatus require(Context ctx) {
        String name = ctx.pathParam("name");
        return platform.pipelines()
                .find(name)
                .orElseThrow(() -> HttpProblem.notFound("there is no pipeline '" + name + "'"));
    }
}
