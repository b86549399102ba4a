package dev.millrace.cli;

import dev.millrace.cli.console.Amounts;
import dev.millrace.cli.console.Columns;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.orchestrate.NodeRun;
import dev.millrace.orchestrate.OrchestratorOptions;
import dev.millrace.orchestrate.RunFilter;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.Runs;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The history of runs. */
@Command(name = "runs", description = "The history of runs (ls); show one, retry what failed in it, cancel it.")
final class RunsCommand implements Callable<Integer> {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int SHORT_ID = 8;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ACTION",
            description = "ls (default), show, retry or cancel.")
    private String action = "ls";

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "The run, or the beginning of its id.")
    @Nullable
    private String id;

    @Option(names = "--limit", paramLabel = "N", order = 1, description = "For ls: at most this many (default: 20).")
    private int limit = 20;

    private final Millrace millrace;

    RunsCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (PipelineRuns runs = PipelineRuns.open(millrace, OrchestratorOptions.standard())) {
            Runs all = runs.orchestrator().runs();
            switch (action) {
                case "ls", "list" -> all.recent(RunFilter.newest(limit)).forEach(this::line);
                case "show" -> show(all, runs.named(required()));
                case "cancel" -> all.cancel(runs.named(required()).id());
                case "retry" -> {
                    RunRecord run = all.retry(runs.named(required()).id());
                    runs.work();
                    return new FollowedRun(millrace, runs.workspace().project(), all).show(run, "the retry");
                }
                default ->
                    throw new MillraceException(
                            ErrorCode.USAGE,
                            "'" + action + "' is nothing that can be done with runs",
                            null,
                            "Use ls, show, retry or cancel.",
                            null);
            }
            return ExitCode.OK;
        }
    }

    private String required() {
        if (id == null) {
            throw new MillraceException(
                    ErrorCode.USAGE, "which run?", null, "Name it: millrace runs " + action + " ID.", null);
        }
        return id;
    }

    private void line(RunRecord run) {
        Instant now = millrace.surroundings().clock().instant();
        String what = run.request()
                .pipeline()
                .map(name -> "pipeline " + name)
                .orElseGet(() -> (run.request().command() + " "
                                + String.join(" ", run.request().select()))
                        .strip());
        out().println(run.id().substring(0, Math.min(SHORT_ID, run.id().length())) + "  "
                + MOMENT.format(run.startedAt().orElse(run.queuedAt()).atZone(ZoneId.systemDefault())) + "  "
                + Columns.pad(run.state().key(), 9) + "  "
                + String.format("%8s", Amounts.elapsed(run.elapsed(now))) + "  "
                + run.request().cause().key() + "  " + what);
    }

    private void show(Runs all, RunRecord run) {
        line(run);
        run.request()
                .interval()
                .ifPresent(interval -> out().println("  for " + interval.start() + " to " + interval.end()));
        run.error().ifPresent(error -> out().println("  " + error));
        Instant now = millrace.surroundings().clock().instant();
        for (NodeRun node : all.nodes(run.id())) {
            String message = node.message().lines().findFirst().orElse("");
            out().println(("  "
                            + Columns.pad(
                                    node.status().map(status -> status.key()).orElse("running"), 8)
                            + String.format("%8s", Amounts.elapsed(node.elapsed(now))) + "  " + node.nodeId() + "  "
                            + message)
                    .stripTrailing());
        }
    }

    private PrintStream out() {
        return millrace.surroundings().out();
    }
}
