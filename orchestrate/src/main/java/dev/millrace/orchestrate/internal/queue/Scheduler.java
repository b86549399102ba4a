package dev.millrace.orchestrate.internal.queue;

import dev.millrace.orchestrate.Cause;
import dev.millrace.orchestrate.DataInterval;
import dev.millrace.orchestrate.RunFilter;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunRequest;
import dev.millrace.orchestrate.RunState;
import dev.millrace.orchestrate.internal.config.Pipeline;
import dev.millrace.orchestrate.internal.config.PipelineCatalog;
import dev.millrace.orchestrate.internal.schedule.Schedule;
import dev.millrace.orchestrate.internal.store.PipelineTable;
import dev.millrace.orchestrate.internal.store.RunTables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Queues the runs that are due. An interval is due when it is over. With {@code catchup} every interval gets its run,
 * oldest first; without it only the last one does, however many were missed. No more than {@code max_active_runs} of a
 * pipeline wait or run at once. Used by one thread at a time; its memory is the store.
 */
public final class Scheduler {
    static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);

    private final Supplier<PipelineCatalog> catalog;
    private final StoredRuns runs;
    private final RunTables tables;
    private final PipelineTable pipelines;

    public Scheduler(Supplier<PipelineCatalog> catalog, StoredRuns runs, RunTables tables) {
        this.catalog = catalog;
        this.runs = runs;
        this.tables = tables;
        this.pipelines = new PipelineTable(tables.database());
    }

    /**
     * Queues what is due at {@code now}.
     *
     * @return when to look again at the latest
     */
    public Instant tick(Instant now) {
        Instant next = now.plus(LONGEST_WAIT);
        Set<String> paused = pipelines.paused();
        for (Pipeline pipeline : catalog.get().all()) {
            if (!paused.contains(pipeline.name())) {
                Optional<Instant> due = schedule(pipeline, now);
                next = due.filter(next::isAfter).orElse(next);
            }
        }
        return next;
    }

    private Optional<Instant> schedule(Pipeline pipeline, Instant now) {
        Schedule schedule = pipeline.schedule();
        if (schedule instanceof Schedule.Ticks ticks) {
            return Optional.of(ticks(pipeline, ticks, now));
        }
        if (schedule instanceof Schedule.Once) {
            Instant start = pipeline.start().orElse(now);
            boolean due = pipelines.scheduledUntil(pipeline.name()).isEmpty() && !start.isAfter(now);
            if (due) {
                queue(pipeline, List.of(new DataInterval(start, start)));
            }
            return Optional.of(start).filter(now::isBefore);
        }
        if (schedule instanceof Schedule.Continuous) {
            return Optional.of(continuous(pipeline, now));
        }
        return Optional.empty();
    }

    private Instant ticks(Pipeline pipeline, Schedule.Ticks ticks, Instant now) {
        Optional<Instant> known = pipelines.scheduledUntil(pipeline.name());
        Instant from = known.map(until -> later(until, pipeline.start()))
                .or(pipeline::start)
                .orElseGet(() -> ticks.atOrBefore(now));
        if (known.isEmpty()) {
            pipelines.scheduledUntil(pipeline.name(), from);
        }
        Instant begin = ticks.atOrAfter(from);
        int room = pipeline.maxActiveRuns() - tables.active(pipeline.name());
        List<DataInterval> due = new ArrayList<>();
        if (room > 0 && pipeline.catchup()) {
            Instant end = ticks.after(begin);
            while (!end.isAfter(now) && due.size() < room && before(begin, pipeline.end())) {
                due.add(new DataInterval(begin, end));
                begin = end;
                end = ticks.after(begin);
            }
        } else if (room > 0) {
            Instant end = ticks.atOrBefore(now);
            Instant last = ticks.atOrBefore(end.minusMillis(1));
            if (!last.isBefore(begin) && before(last, pipeline.end())) {
                due.add(new DataInterval(last, end));
                begin = end;
            }
        }
        queue(pipeline, due);
        Instant next = ticks.after(begin);
        return next.isAfter(now) ? next : now.plus(LONGEST_WAIT);
    }

    private Instant continuous(Pipeline pipeline, Instant now) {
        if (tables.active(pipeline.name()) > 0) {
            return now.plus(LONGEST_WAIT);
        }
        Optional<RunRecord> last = tables.recent(RunFilter.newest(1).ofPipeline(pipeline.name())).stream()
                .findFirst();
        Duration pause = last.filter(run -> run.state() == RunState.FAILED).isPresent() ? PAUSE_AFTER_FAILURE : PAUSE;
        Instant due =
                last.flatMap(RunRecord::finishedAt).map(end -> end.plus(pause)).orElse(now);
        if (due.isAfter(now)) {
            return due;
        }
        Instant from = pipelines.scheduledUntil(pipeline.name()).orElse(now);
        queue(pipeline, List.of(new DataInterval(from.isAfter(now) ? now : from, now)));
        return now.plus(LONGEST_WAIT);
    }

    /** The run and how far the schedule has come are written together. */
    private void queue(Pipeline pipeline, List<DataInterval> intervals) {
        if (intervals.isEmpty()) {
            return;
        }
        List<RunRecord> queued = new ArrayList<>();
        tables.database().transaction(() -> {
            for (DataInterval interval : intervals) {
                RunRequest request = RunRequest.ofPipeline(pipeline.name(), Optional.of(interval), Cause.SCHEDULE);
                runs.submitScheduled(request, pipeline).ifPresent(queued::add);
                pipelines.scheduledUntil(pipeline.name(), interval.end());
            }
            return true;
        });
        queued.forEach(runs::queued);
    }

    private static Instant later(Instant one, Optional<Instant> other) {
        return other.filter(one::isBefore).orElse(one);
    }

    private static boolean before(Instant instant, Optional<Instant> end) {
        return end.isEmpty() || instant.isBefore(end.get());
    }
}
