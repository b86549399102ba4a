package dev.millrace.server.internal.pages;

import dev.millrace.core.graph.Status;
import dev.millrace.orchestrate.NodeRun;
import dev.millrace.orchestrate.RunFilter;
import dev.millrace.orchestrate.RunFlag;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.server.Platform;
import dev.millrace.server.internal.api.RunsApi;
import dev.millrace.server.internal.http.HttpProblem;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The list of runs, and one run with its timeline and log. */
public final class RunPages {
    private static final int PAGE = 50;

    private final Platform platform;
    private final Pages pages;
    private final Clock clock;

    public RunPages(Platform platform, Pages pages, Clock clock) {
        this.platform = platform;
        this.pages = pages;
        this.clock = clock;
    }

    public void list(Context ctx) {
        RunFilter filter = RunsApi.filter(ctx, PAGE);
        List<RunRecord> runs = platform.runs().recent(filter);
        Map<String, Object> model = new HashMap<>();
        model.put("runs", runs);
        model.put("state", Optional.ofNullable(ctx.queryParam("state")).orElse(""));
        model.put("pipeline", Optional.ofNullable(ctx.queryParam("pipeline")).orElse(""));
        model.put(
                "pipelines",
                platform.pipelines().list().stream().map(one -> one.name()).toList());
        model.put(
                "older",
                runs.size() < filter.limit()
                        ? ""
                        : runs.get(runs.size() - 1).queuedAt().toString());
        model.put("now", clock.instant());
        pages.page(ctx, "runs.jte", "Runs", "runs", model);
    }

    public void one(Context ctx) {
        RunRecord run = platform.runs()
                .find(ctx.pathParam("id"))
                .orElseThrow(() -> HttpProblem.notFound("there is no run " + ctx.pathParam("id")));
        Instant now = clock.instant();
        List<NodeRun> nodes = platform.runs().nodes(run.id());
        Map<String, Object> model = new HashMap<>();
        model.put("run", run);
        model.put("timeline", Timeline.of(run, nodes, now));
        model.put(
                "failed",
                nodes.stream()
                        .filter(node -> node.status()
                                .filter(status -> status == Status.ERROR || status == Status.FAIL)
                                .isPresent())
                        .toList());
        model.put("now", now);
        pages.page(ctx, "run.jte", Ui.subject(run), "runs", model);
    }

    /** Starts a run from the page's form and leads to it. */
    public void submit(Context ctx) {
        List<String> select = words(ctx.formParam("select"));
        RunRecord run = platform.runs()
                .submit(RunsApi.request(
                        platform,
                        Objects.requireNonNullElse(ctx.formParam("command"), "build"),
                        select,
                        words(ctx.formParam("exclude")),
                        Map.of(),
                        flags(ctx),
                        Optional.empty()));
        lead(ctx, "/runs/" + run.id());
    }

    private static Set<RunFlag> flags(Context ctx) {
        Set<RunFlag> flags = EnumSet.noneOf(RunFlag.class);
        for (RunFlag flag : RunFlag.values()) {
            if (ctx.formParam(flag.key()) != null) {
                flags.add(flag);
            }
        }
        return flags;
    }

    public void retry(Context ctx) {
        lead(ctx, "/runs/" + platform.runs().retry(ctx.pathParam("id")).id());
    }

    public void cancel(Context ctx) {
        platform.runs().cancel(ctx.pathParam("id"));
        lead(ctx, "/runs/" + ctx.pathParam("id"));
    }

    /** Leads a browser to another page, with htmx or without. */
    static void lead(Context ctx, String address) {
        if (ctx.header("HX-Request") != null) {
            ctx.header("HX-Redirect", address).status(204);
        } else {
            ctx.redirect(address);
        }
    }

    private static List<String> words(@org.jspecify.annotations.Nullable String text) {
        List<String> words = new ArrayList<>();
        if (text != null) {
            for (String word : text.trim().split("\\s+")) {
                if (!word.isEmpty()) {
                    words.add(word);
                }
            }
        }
        return words;
    }

    /** How long a run took, as a part of the longest shown. */
    static double share(Duration part, Duration whole) {
        return whole.isZero() ? 0 : (double) part.toMillis() / whole.toMillis();
    }
}
