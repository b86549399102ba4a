package dev.millrace.cli;

import dev.millrace.cli.console.Amounts;
import dev.millrace.cli.console.Style;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Status;
import dev.millrace.orchestrate.Cause;
import dev.millrace.orchestrate.DataInterval;
import dev.millrace.orchestrate.Orchestrator;
import dev.millrace.orchestrate.OrchestratorOptions;
import dev.millrace.orchestrate.PipelineStatus;
import dev.millrace.orchestrate.RunFilter;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunState;
import dev.millrace.orchestrate.Runs;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a pipeline for every interval of a span of time. */
@Command(name = "backfill", description = "Run a pipeline for every interval of a span of time.")
final class BackfillCommand implements Callable<Integer> {
    private static final long POLL_MILLIS = 100;

    @Parameters(index = "0", paramLabel = "PIPELINE", description = "Its name.")
    @Nullable
    private String name;

    @Option(names = "--from", required = true, paramLabel = "DATE", order = 1, description = "The first day or time.")
    private String from = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DATE",
            order = 2,
            description = "The last day or time; it belongs to the span.")
    private String to = "";

    @Option(names = "--parallel", paramLabel = "N", order = 3, description = "How many runs at once (default: 1).")
    private int parallel = 1;

    @Option(names = "--dry-run", order = 4, description = "Only show the intervals.")
    private boolean dryRun;

    @Option(names = "--again", order = 5, description = "Run intervals once more that have succeeded before.")
    private boolean again;

    private final Millrace millrace;

    BackfillCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() throws InterruptedException {
        String pipeline = name == null ? "" : name;
        if (parallel < 1) {
            throw new MillraceException(ErrorCode.USAGE, "--parallel must be at least 1, but is " + parallel);
        }
        OrchestratorOptions options = OrchestratorOptions.standard()
                .withWorkers(parallel)
                .withOnlyPipeline(pipeline)
                .withProblems(problem -> millrace.surroundings().err().println("warning: " + problem.text()));
        try (PipelineRuns runs = PipelineRuns.open(millrace, options)) {
            Orchestrator orchestrator = runs.orchestrator();
            ZoneId zone = ZoneId.of(orchestrator
                    .pipelines()
                    .find(pipeline)
                    .map(PipelineStatus::timezone)
                    .orElse("Z"));
            Instant begin = Moments.parse("--from", from, zone);
            Instant end = Moments.after("--to", to, zone);
            if (dryRun) {
                return show(orchestrator.pipelines().intervals(pipeline, begin, end), zone);
            }
            runs.work();
            Set<String> ids = new LinkedHashSet<>();
            // What an earlier backfill that was killed has left goes on as well.
            orchestrator
                    .runs()
                    .recent(RunFilter.newest(Integer.MAX_VALUE)
                            .ofPipeline(pipeline)
                            .in(RunState.QUEUED, RunState.RUNNING))
                    .stream()
                    .filter(run -> run.request().cause() == Cause.BACKFILL)
                    .forEach(run -> ids.add(run.id()));
            orchestrator
                    .pipelines()
                    .backfill(pipeline, begin, end, parallel, again)
                    .forEach(run -> ids.add(run.id()));
            return await(orchestrator.runs(), ids, zone);
        }
    }

    private int show(List<DataInterval> intervals, ZoneId zone) {
        intervals.forEach(interval -> millrace.surroundings().out().println(text(interval, zone)));
        return ExitCode.OK;
    }

    private int await(Runs runs, Set<String> ids, ZoneId zone) throws InterruptedException {
        if (ids.isEmpty()) {
            millrace.surroundings()
                    .out()
                    .println("Every interval of that span has its run. --again runs them once more.");
        }
        Set<String> open = new LinkedHashSet<>(ids);
        int failed = 0;
        try (Stop stop = Stop.onSignal()) {
            boolean stopping = false;
            while (!open.isEmpty()) {
                for (String id : List.copyOf(open)) {
                    RunRecord run = runs.find(id).orElseThrow();
                    if (run.state().ended()) {
                        open.remove(id);
                        failed += run.state() == RunState.SUCCEEDED ? 0 : 1;
                        say(run, zone);
                    }
                }
                if (stop.asked() && !stopping) {
                    stopping = true;
                    open.forEach(runs::cancel);
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        }
        return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private void say(RunRecord run, ZoneId zone) {
        Style style = millrace.settings().style();
        String state = switch (run.state()) {
            case SUCCEEDED -> style.green("done");
            case FAILED -> style.red("failed");
            case CANCELLED, QUEUED, RUNNING -> style.yellow(run.state().key());
        };
        List<String> counts = new ArrayList<>();
        run.counts()
                .forEach((status, count) -> counts.add(count + " " + (status == Status.SUCCESS ? "ok" : status.key())));
        millrace.surroundings()
                .out()
                .println(run.request()
                                .interval()
                                .map(interval -> text(interval, zone))
                                .orElse(run.id()) + "  " + state
                        + " in "
                        + Amounts.elapsed(
                                run.elapsed(millrace.surroundings().clock().instant())) + ": "
                        + String.join(", ", counts)
                        + run.error().map(error -> "; " + error).orElse(""));
    }

    private static String text(DataInterval interval, ZoneId zone) {
        return interval.start().atZone(zone).toLocalDateTime() + " to "
                + interval.end().atZone(zone).toLocalDateTime();
    }
}
