package dev.millrace.cli;

import dev.millrace.cli.console.Columns;
import dev.millrace.cli.console.Style;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.orchestrate.Orchestrator;
import dev.millrace.orchestrate.OrchestratorOptions;
import dev.millrace.orchestrate.PipelineStatus;
import dev.millrace.orchestrate.RunRecord;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists pipelines, runs one now, stops and resumes its schedule. */
@Command(name = "pipeline", description = "List pipelines (ls), run one now, pause and resume its schedule.")
final class PipelineCommand implements Callable<Integer> {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTION", description = "ls (default), run, pause or resume.")
    private String action = "ls";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "The pipeline, for all but ls.")
    @Nullable
    private String name;

    @Option(
            names = "--logical-date",
            paramLabel = "DATE",
            order = 1,
            description = "For run: the day or time it is about (default: the last complete interval).")
    @Nullable
    private String logicalDate;

    private final Millrace millrace;

    PipelineCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() throws InterruptedException {
        OrchestratorOptions options = OrchestratorOptions.standard()
                .withProblems(problem -> millrace.surroundings().err().println("warning: " + problem.text()));
        try (PipelineRuns runs = PipelineRuns.open(millrace, name == null ? options : options.withOnlyPipeline(name))) {
            Orchestrator orchestrator = runs.orchestrator();
            switch (action) {
                case "ls", "list" -> list(orchestrator.pipelines().list());
                case "run" -> {
                    return run(runs, orchestrator);
                }
                case "pause" -> orchestrator.pipelines().pause(required());
                case "resume" -> orchestrator.pipelines().resume(required());
                default ->
                    throw new MillraceException(
                            ErrorCode.USAGE,
                            "'" + action + "' is nothing that a pipeline can do",
                            null,
                            "Use ls, run, pause or resume.",
                            null);
            }
            return ExitCode.OK;
        }
    }

    private int run(PipelineRuns runs, Orchestrator orchestrator) throws InterruptedException {
        String pipeline = required();
        ZoneId zone = orchestrator
                .pipelines()
                .find(pipeline)
                .map(found -> ZoneId.of(found.timezone()))
                .orElse(ZoneOffset.UTC);
        Optional<Instant> date =
                Optional.ofNullable(logicalDate).map(text -> Moments.parse("--logical-date", text, zone));
        RunRecord run = orchestrator.pipelines().trigger(pipeline, date, Map.of());
        runs.work();
        return new FollowedRun(millrace, runs.workspace().project(), orchestrator.runs())
                .show(run, "pipeline " + pipeline);
    }

    private String required() {
        if (name == null) {
            throw new MillraceException(
                    ErrorCode.USAGE, "which pipeline?", null, "Name it: millrace pipeline " + action + " NAME.", null);
        }
        return name;
    }

    private void list(List<PipelineStatus> pipelines) {
        Style style = millrace.settings().style();
        if (pipelines.isEmpty()) {
            millrace.surroundings()
                    .out()
                    .println(
                            "There are no pipelines. Write pipelines.yml, or give a connection, a sync or an asset a schedule.");
        }
        int widest = pipelines.stream()
                .mapToInt(pipeline -> Columns.width(pipeline.name()))
                .max()
                .orElse(0);
        for (PipelineStatus pipeline : pipelines) {
            String schedule = pipeline.schedule()
                    .map(text -> text + (pipeline.timezone().equals("Z") ? "" : " " + pipeline.timezone()))
                    .orElse("by hand");
            String next = pipeline.paused()
                    ? style.yellow("paused")
                    : pipeline.nextRun().map(at -> "next " + local(at)).orElse("");
            String last = pipeline.lastRun()
                    .map(run -> "last " + local(run.startedAt().orElse(run.queuedAt())) + " "
                            + run.state().key())
                    .orElse("");
            millrace.surroundings()
                    .out()
                    .println((style.bold(Columns.pad(pipeline.name(), widest)) + "  " + schedule + "  " + next + "  "
                                    + style.dim(last))
                            .stripTrailing());
        }
    }

    private static String local(Instant at) {
        return MOMENT.format(at.atZone(ZoneId.systemDefault()));
    }
}
