package dev.millrace.orchestrate.internal.queue;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.orchestrate.Cause;
import dev.millrace.orchestrate.DataInterval;
import dev.millrace.orchestrate.PipelineStatus;
import dev.millrace.orchestrate.Pipelines;
import dev.millrace.orchestrate.RunFilter;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunRequest;
import dev.millrace.orchestrate.RunState;
import dev.millrace.orchestrate.internal.config.Pipeline;
import dev.millrace.orchestrate.internal.config.PipelineCatalog;
import dev.millrace.orchestrate.internal.schedule.Schedule;
import dev.millrace.orchestrate.internal.store.PipelineTable;
import dev.millrace.orchestrate.internal.store.RunTables;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pipelines of the project with what the store knows of them. */
public final class StoredPipelines implements Pipelines {
    private static final int NEXT = 5;
    private static final int LAST = 10;
    private static final int MOST_INTERVALS = 100_000;

    private final Supplier<PipelineCatalog> catalog;
    private final StoredRuns runs;
    private final RunTables tables;
    private final PipelineTable table;
    private final Runnable wake;
    private final Clock clock;

    /** @param wake tells the scheduler that something may be due */
    public StoredPipelines(
            Supplier<PipelineCatalog> catalog, StoredRuns runs, RunTables tables, Runnable wake, Clock clock) {
        this.catalog = catalog;
        this.runs = runs;
        this.tables = tables;
        this.table = new PipelineTable(tables.database());
        this.wake = wake;
        this.clock = clock;
    }

    @Override
    public List<PipelineStatus> list() {
        Set<String> paused = table.paused();
        return catalog.get().all().stream()
                .map(pipeline -> status(pipeline, paused))
                .toList();
    }

    @Override
    public Optional<PipelineStatus> find(String name) {
        return catalog.get().find(name).map(pipeline -> status(pipeline, table.paused()));
    }

    private PipelineStatus status(Pipeline pipeline, Set<String> allPaused) {
        boolean paused = allPaused.contains(pipeline.name());
        Schedule schedule = pipeline.schedule();
        return new PipelineStatus(
                pipeline.name(),
                pipeline.description(),
                schedule instanceof Schedule.Manual ? Optional.empty() : Optional.of(schedule.text()),
                schedule.zone().getId(),
                pipeline.implicit(),
                paused,
                pipeline.catchup(),
                pipeline.position(),
                pipeline.steps().stream()
                        .map(step -> new PipelineStatus.StepStatus(
                                step.name(), step.work().kind(), step.work().text(), step.dependsOn()))
                        .toList(),
                paused ? List.of() : next(pipeline),
                tables.recent(RunFilter.newest(LAST).ofPipeline(pipeline.name())));
    }

    private List<Instant> next(Pipeline pipeline) {
        if (!(pipeline.schedule() instanceof Schedule.Ticks ticks)) {
            return List.of();
        }
        List<Instant> next = new ArrayList<>();
        Instant now = clock.instant();
        Instant from =
                pipeline.start().filter(now::isBefore).map(ticks::atOrAfter).orElse(now);
        for (int i = 0; i < NEXT; i++) {
            Instant begin = ticks.atOrBefore(from);
            if (pipeline.end().filter(end -> !begin.isBefore(end)).isPresent()) {
                return next;
            }
            from = ticks.after(from);
            next.add(from);
        }
        return next;
    }

    @Override
    public RunRecord trigger(String name, Optional<Instant> logicalDate, Map<String, @Nullable Object> vars) {
        Pipeline pipeline = catalog.get().require(name);
        DataInterval interval = interval(pipeline.schedule(), logicalDate);
        RunRequest request =
                RunRequest.ofPipeline(name, Optional.of(interval), Cause.MANUAL).withVars(vars);
        return runs.submit(request);
    }

    private DataInterval interval(Schedule schedule, Optional<Instant> logicalDate) {
        Instant now = clock.instant();
        if (!(schedule instanceof Schedule.Ticks ticks)) {
            Instant at = logicalDate.orElse(now);
            return new DataInterval(at, at);
        }
        if (logicalDate.isPresent()) {
            Instant begin = ticks.atOrBefore(logicalDate.get());
            return new DataInterval(begin, ticks.after(begin));
        }
        Instant end = ticks.atOrBefore(now);
        return new DataInterval(ticks.atOrBefore(end.minusMillis(1)), end);
    }

    @Override
    public void pause(String name) {
        table.pause(catalog.get().require(name).name(), true);
    }

    @Override
    public void resume(String name) {
        table.pause(catalog.get().require(name).name(), false);
        wake.run();
    }

    @Override
    public List<DataInterval> intervals(String name, Instant from, Instant to) {
        Pipeline pipeline = catalog.get().require(name);
        if (!(pipeline.schedule() instanceof Schedule.Ticks ticks)) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "pipeline '" + name + "' has no schedule that says where its intervals begin",
                    pipeline.position(),
                    "Give it a schedule such as @daily, or run it with 'millrace pipeline run'.",
                    null);
        }
        List<DataInterval> intervals = new ArrayList<>();
        for (Instant begin = ticks.atOrAfter(from); begin.isBefore(to); begin = ticks.after(begin)) {
            intervals.add(new DataInterval(begin, ticks.after(begin)));
            if (intervals.size() > MOST_INTERVALS) {
                throw new MillraceException(
                        ErrorCode.USAGE, "there are more than " + MOST_INTERVALS + " intervals in that span");
            }
        }
        return intervals;
    }

    @Override
    public List<RunRecord> backfill(String name, Instant from, Instant to, int parallel, boolean again) {
        List<DataInterval> intervals = intervals(name, from, to);
        List<RunRecord> queued = new ArrayList<>();
        tables.database().transaction(() -> {
            Set<DataInterval> covered = new HashSet<>(again ? List.of() : covered(name));
            for (DataInterval interval : intervals) {
                if (!covered.contains(interval)) {
                    RunRequest request = RunRequest.ofPipeline(name, Optional.of(interval), Cause.BACKFILL);
                    queued.add(runs.insert(request, null, parallel).orElseThrow());
                }
            }
            return true;
        });
        queued.forEach(runs::queued);
        return queued;
    }

    private List<DataInterval> covered(String name) {
        RunFilter alive = RunFilter.newest(Integer.MAX_VALUE)
                .ofPipeline(name)
                .in(RunState.QUEUED, RunState.RUNNING, RunState.SUCCEEDED);
        return tables.recent(alive).stream()
                .flatMap(run -> run.request().interval().stream())
                .toList();
    }
}
