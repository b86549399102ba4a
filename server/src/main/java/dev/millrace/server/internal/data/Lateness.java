package dev.millrace.server.internal.data;

import dev.millrace.orchestrate.DataInterval;
import dev.millrace.orchestrate.PipelineStatus;
import dev.millrace.orchestrate.Pipelines;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds pipelines whose schedule has passed without a run. */
public final class Lateness {
    private static final Duration GRACE = Duration.ofMinutes(2);

    private Lateness() {}

    /** When a pipeline should have started, if it has not: its last runs are all older, or the newest still waits. */
    public static Optional<Instant> since(PipelineStatus pipeline, Pipelines pipelines, Instant now) {
        List<Instant> next = pipeline.nextRuns();
        if (pipeline.paused()
                || pipeline.schedule().isEmpty()
                || next.size() < 2
                || pipeline.lastRuns().isEmpty()) {
            return Optional.empty();
        }
        Duration period = Duration.between(next.get(0), next.get(1));
        Instant from = next.get(0).minus(period.multipliedBy(3));
        List<DataInterval> intervals = pipelines.intervals(pipeline.name(), from, now);
        for (int i = intervals.size() - 1; i >= 0; i--) {
            DataInterval interval = intervals.get(i);
            Instant due = interval.end();
            if (!due.isAfter(now.minus(GRACE))) {
                boolean begun = pipeline.lastRuns().stream().anyMatch(run -> covers(run, interval));
                return begun ? Optional.empty() : Optional.of(due);
            }
        }
        return Optional.empty();
    }

    private static boolean covers(RunRecord run, DataInterval due) {
        boolean about = run.request().interval().map(due::equals).orElse(false)
                || !run.queuedAt().isBefore(due.end());
        return about && run.state() != RunState.QUEUED;
    }
}
