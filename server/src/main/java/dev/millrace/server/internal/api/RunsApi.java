package dev.millrace.server.internal.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.select.IndirectSelection;
import dev.millrace.core.select.Selector;
import dev.millrace.orchestrate.Cause;
import dev.millrace.orchestrate.RunFilter;
import dev.millrace.orchestrate.RunFlag;
import dev.millrace.orchestrate.RunLog;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunRequest;
import dev.millrace.orchestrate.RunState;
import dev.millrace.server.Platform;
import dev.millrace.server.internal.http.HttpProblem;
import io.javalin.http.Context;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Runs: asked for, stopped, tried again, and what came of them. Thread-safe. */
public final class RunsApi {
    /** What a run may do; what else the command line offers needs no server. */
    public static final List<String> COMMANDS = List.of("build", "run", "test", "seed", "snapshot", "ingest", "sync");

    private static final int MOST = 500;

    private final Platform platform;
    private final Clock clock;

    public RunsApi(Platform platform, Clock clock) {
        this.platform = platform;
        this.clock = clock;
    }

    public void list(Context ctx) {
        RunFilter filter = filter(ctx, 50);
        ObjectNode answer = Json.object();
        ArrayNode runs = answer.putArray("runs");
        platform.runs().recent(filter).forEach(run -> runs.add(RunJson.of(run, clock.instant())));
        Json.answer(ctx, answer);
    }

    /** Which runs a request asks for: {@code state}, {@code pipeline}, {@code node}, {@code before}, {@code limit}. */
    public static RunFilter filter(Context ctx, int limit) {
        Set<RunState> states = new LinkedHashSet<>();
        for (String text : ctx.queryParams("state")) {
            if (!text.isBlank()) {
                states.add(state(text));
            }
        }
        return new RunFilter(
                states,
                Optional.ofNullable(ctx.queryParam("pipeline")).filter(text -> !text.isBlank()),
                Optional.ofNullable(ctx.queryParam("node")).filter(text -> !text.isBlank()),
                Parameters.instant("before", ctx.queryParam("before")),
                Parameters.number(ctx, "limit", limit, 1, MOST));
    }

    public void one(Context ctx) {
        RunRecord run = require(ctx.pathParam("id"));
        ObjectNode answer = RunJson.of(run, clock.instant());
        ArrayNode nodes = answer.putArray("nodes");
        platform.runs().nodes(run.id()).forEach(node -> nodes.add(RunJson.of(node, clock.instant())));
        Json.answer(ctx, answer);
    }

    /** The kept events as a list, for programs that do not stream. */
    public void events(Context ctx) {
        RunRecord run = require(ctx.pathParam("id"));
        long after = Parameters.number(ctx, "after", 0L, 0, Long.MAX_VALUE);
        int limit = Parameters.number(ctx, "limit", MOST, 1, 5_000);
        ObjectNode answer = Json.object();
        answer.put("ended", run.state().ended());
        ArrayNode events = answer.putArray("events");
        for (RunLog entry : platform.runs().events(run.id(), after, limit)) {
            ObjectNode event = events.addObject();
            event.put("sequence", entry.sequence());
            event.put("name", entry.name());
            event.set("event", Json.parse(entry.json()));
        }
        Json.answer(ctx, answer);
    }

    public void submit(Context ctx) {
        RunRecord run = platform.runs().submit(request(Json.body(ctx)));
        ctx.status(202);
        Json.answer(ctx, RunJson.of(run, clock.instant()));
    }

    public void cancel(Context ctx) {
        RunRecord run = require(ctx.pathParam("id"));
        boolean stopped = platform.runs().cancel(run.id());
        ObjectNode answer = Json.object();
        answer.put("id", run.id());
        answer.put("cancelled", stopped);
        ctx.status(stopped ? 202 : 200);
        Json.answer(ctx, answer);
    }

    public void retry(Context ctx) {
        RunRecord run = platform.runs().retry(ctx.pathParam("id"));
        ctx.status(202);
        Json.answer(ctx, RunJson.of(run, clock.instant()));
    }

    private RunRequest request(JsonNode body) {
        List<String> known = new ArrayList<>(List.of("command", "select", "exclude", "vars", "threads"));
        Set<RunFlag> flags = EnumSet.noneOf(RunFlag.class);
        for (RunFlag flag : RunFlag.values()) {
            known.add(flag.key());
            if (Parameters.flag(body, flag.key())) {
                flags.add(flag);
            }
        }
        Json.allowOnly(body, known);
        JsonNode threads = body.path("threads");
        if (!threads.isMissingNode() && !threads.isNull() && (!threads.isInt() || threads.asInt() < 1)) {
            throw HttpProblem.badRequest("'threads' must be a whole number of at least 1", null);
        }
        return request(
                platform,
                Parameters.text(body, "command").orElse("build"),
                Parameters.texts(body, "select"),
                Parameters.texts(body, "exclude"),
                Parameters.map(body, "vars"),
                flags,
                threads.isInt() ? Optional.of(threads.asInt()) : Optional.empty());
    }

    /** A run as somebody asks for it, checked before it is queued. */
    public static RunRequest request(
            Platform platform,
            String command,
            List<String> select,
            List<String> exclude,
            java.util.Map<String, @org.jspecify.annotations.Nullable Object> vars,
            Set<RunFlag> flags,
            Optional<Integer> threads) {
        if (!COMMANDS.contains(command)) {
            throw HttpProblem.badRequest(
                    "unknown command '" + command + "'", "Known are: " + String.join(", ", COMMANDS) + ".");
        }
        if (flags.contains(RunFlag.DRY_RUN) && !command.equals("sync")) {
            throw HttpProblem.badRequest("'dry_run' is for the command 'sync', not for '" + command + "'", null);
        }
        // A selection that cannot be read is refused here, not when the run's turn has come.
        new Selector(platform.graph(), platform.project().name(), IndirectSelection.EAGER, nothing -> {})
                .select(select, exclude);
        return new RunRequest(
                command, select, exclude, vars, flags, threads, Optional.empty(), Optional.empty(), Cause.MANUAL);
    }

    private RunRecord require(String id) {
        return platform.runs()
                .find(id)
                .orElseThrow(() -> new HttpProblem(404, "RUN_NOT_FOUND", "there is no run " + id, null));
    }

    private static RunState state(String text) {
        for (RunState state : RunState.values()) {
            if (state.key().equals(text.toLowerCase(Locale.ROOT))) {
                return state;
            }
        }
        throw HttpProblem.badRequest(
                "'" + text + "' is no state of a run", "Known are: queued, running, succeeded, failed, cancelled.");
    }
}
