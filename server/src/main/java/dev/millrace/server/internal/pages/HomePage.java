package dev.millrace.server.internal.pages;

import dev.millrace.core.live.FlowState;
import dev.millrace.core.live.FlowStatus;
import dev.millrace.orchestrate.NodeRun;
import dev.millrace.orchestrate.PipelineStatus;
import dev.millrace.orchestrate.RunFilter;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunState;
import dev.millrace.server.Platform;
import dev.millrace.server.internal.data.Check;
import dev.millrace.server.internal.data.Checks;
import dev.millrace.server.internal.data.Lateness;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What failed, what is late, what runs. */
public final class HomePage {
    private static final int RECENT = 200;
    private static final int SHOWN = 8;
    private static final Duration DAY = Duration.ofDays(1);

    private final Platform platform;
    private final Pages pages;
    private final Checks checks;
    private final Clock clock;

    public HomePage(Platform platform, Pages pages, Checks checks, Clock clock) {
        this.platform = platform;
        this.pages = pages;
        this.checks = checks;
        this.clock = clock;
    }

    /** A pipeline and when it starts next. */
    public record Upcoming(String name, Instant at) {}

    public void serve(Context ctx) {
        Instant now = clock.instant();
        List<RunRecord> recent = platform.runs().recent(RunFilter.newest(RECENT));
        List<RunRecord> running = platform.runs().recent(RunFilter.newest(50).in(RunState.RUNNING, RunState.QUEUED));
        List<PipelineStatus> pipelines = platform.pipelines().list();
        List<Check> all = checks.all();
        List<FlowStatus> flows = platform.flows();
        List<Attention> late = late(pipelines, now);
        List<Attention> attention = new ArrayList<>(failedRuns(recent));
        attention.addAll(late);
        attention.addAll(stuck(flows));
        attention.addAll(failing(all));
        attention.sort(Comparator.comparing(Attention::at).reversed());

        Map<String, Object> model = new HashMap<>();
        model.put(
                "failedRuns",
                recent.stream()
                        .filter(run ->
                                run.state() == RunState.FAILED && run.queuedAt().isAfter(now.minus(DAY)))
                        .count());
        model.put("late", (long) late.size());
        model.put("running", running);
        model.put("attention", attention.size() > 12 ? attention.subList(0, 12) : attention);
        model.put("checks", (long) all.size());
        model.put("failingChecks", (long) Checks.failing(all).size());
        model.put("flows", flows);
        model.put("recent", recent.size() > SHOWN ? recent.subList(0, SHOWN) : recent);
        model.put("upcoming", upcoming(pipelines));
        model.put("nodes", platform.graph().nodes().size());
        model.put("now", now);
        pages.page(ctx, "home.jte", "Home", "home", model);
    }

    /** The newest run of each subject, where that failed: a later success makes good an earlier failure. */
    private List<Attention> failedRuns(List<RunRecord> recent) {
        List<Attention> failed = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (RunRecord run : recent) {
            boolean newest = run.state().ended() && run.state() != RunState.CANCELLED && seen.add(Ui.subject(run));
            if (newest && run.state() == RunState.FAILED && failed.size() < SHOWN) {
                failed.add(new Attention(
                        "bad",
                        "Run failed",
                        Ui.subject(run),
                        "/runs/" + run.id(),
                        why(run),
                        run.finishedAt().orElse(run.queuedAt()),
                        Optional.of(run.id())));
            }
        }
        return failed;
    }

    private String why(RunRecord run) {
        if (run.error().isPresent()) {
            return run.error().get();
        }
        List<NodeRun> failed = platform.runs().nodes(run.id()).stream()
                .filter(node -> Ui.tone(Ui.status(node)).equals("bad"))
                .toList();
        if (failed.isEmpty()) {
            return "";
        }
        String more = failed.size() > 1 ? " (and " + (failed.size() - 1) + " more)" : "";
        return failed.get(0).nodeId() + ": " + failed.get(0).message() + more;
    }

    private List<Attention> late(List<PipelineStatus> pipelines, Instant now) {
        List<Attention> late = new ArrayList<>();
        for (PipelineStatus pipeline : pipelines) {
            Lateness.since(pipeline, platform.pipelines(), now)
                    .ifPresent(due -> late.add(new Attention(
                            "warn",
                            "Late",
                            pipeline.name(),
                            "/pipelines/" + Ui.encode(pipeline.name()),
                            "should have started by its schedule "
                                    + pipeline.schedule().orElse(""),
                            due,
                            Optional.empty())));
        }
        return late;
    }

    private static List<Attention> stuck(List<FlowStatus> flows) {
        List<Attention> stuck = new ArrayList<>();
        for (FlowStatus flow : flows) {
            if (flow.state() == FlowState.BACKING_OFF) {
                stuck.add(new Attention(
                        "bad",
                        "Stream",
                        flow.node().name(),
                        "/nodes/" + Ui.encode(flow.node().toString()),
                        flow.error().map(error -> error.text()).orElse("it is tried again"),
                        flow.since(),
                        Optional.empty()));
            }
        }
        return stuck;
    }

    private static List<Attention> failing(List<Check> checks) {
        List<Attention> failing = new ArrayList<>();
        for (Check check : Checks.failing(checks)) {
            boolean failed = check.last()
                    .map(Ui::status)
                    .filter(status -> !status.equals("skipped"))
                    .isPresent();
            if (failed && failing.size() < SHOWN) {
                failing.add(new Attention(
                        "bad",
                        "Check",
                        check.node().name(),
                        "/nodes/" + Ui.encode(check.node().id().toString()),
                        check.last().map(NodeRun::message).orElse(""),
                        check.last().map(NodeRun::startedAt).orElse(Instant.EPOCH),
                        Optional.empty()));
            }
        }
        return failing;
    }

    private static List<Upcoming> upcoming(List<PipelineStatus> pipelines) {
        return pipelines.stream()
                .flatMap(pipeline -> pipeline.nextRun().map(at -> new Upcoming(pipeline.name(), at)).stream())
                .sorted(Comparator.comparing(Upcoming::at))
                .limit(6)
                .toList();
    }
}
