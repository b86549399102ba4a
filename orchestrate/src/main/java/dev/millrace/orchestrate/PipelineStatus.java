package dev.millrace.orchestrate;

import dev.millrace.core.Position;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A pipeline as it stands now.
 *
 * @param schedule a cron expression or preset as written; empty when it only runs by hand
 * @param timezone of the schedule
 * @param implicit whether it comes from the {@code schedule:} of a node (a connection, a sync, an asset) rather than
 *     from pipelines.yml
 * @param position where it is written
 * @param steps in the order of the file
 * @param nextRuns when it will next start, soonest first; empty when it is paused
 * @param lastRuns newest first, at most ten
 */
public record PipelineStatus(
        String name,
        String description,
        Optional<String> schedule,
        String timezone,
        boolean implicit,
        boolean paused,
        boolean catchup,
        Position position,
        List<StepStatus> steps,
        List<Instant> nextRuns,
        List<RunRecord> lastRuns) {
    public PipelineStatus {
        steps = List.copyOf(steps);
        nextRuns = List.copyOf(nextRuns);
        lastRuns = List.copyOf(lastRuns);
    }

    public Optional<Instant> nextRun() {
        return nextRuns.stream().findFirst();
    }

    public Optional<RunRecord> lastRun() {
        return lastRuns.stream().findFirst();
    }

    /**
     * One step.
     *
     * @param kind {@code select}, {@code shell} or {@code http}
     * @param what the selection, the command line or the address
     * @param dependsOn names of steps
     */
    public record StepStatus(String name, String kind, String what, List<String> dependsOn) {
        public StepStatus {
            dependsOn = List.copyOf(dependsOn);
        }
    }
}
