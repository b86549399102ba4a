package dev.millrace.orchestrate;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pipelines of a project: those of pipelines.yml, then those that nodes imply by their schedule. Thread-safe. */
public interface Pipelines {
    List<PipelineStatus> list();

    Optional<PipelineStatus> find(String name);

    /**
     * Queues a run by hand.
     *
     * @param logicalDate the day or hour it is about: the interval of the schedule that holds it. Empty means the last
     *     complete interval, or the present moment for a pipeline without a schedule
     * @param vars beside those of the pipeline
     * @throws dev.millrace.core.MillraceException PIPELINE_NOT_FOUND
     */
    RunRecord trigger(String name, Optional<Instant> logicalDate, Map<String, @Nullable Object> vars);

    /** Stops its schedule until {@link #resume}; runs by hand still work. Remembered in the run store. */
    void pause(String name);

    void resume(String name);

    /**
     * The intervals of the schedule that start in {@code from} (inclusive) to {@code to} (exclusive).
     *
     * @throws dev.millrace.core.MillraceException PIPELINE_NOT_FOUND; USAGE if the pipeline has no schedule
     */
    List<DataInterval> intervals(String name, Instant from, Instant to);

    /**
     * Queues a run for each of those intervals, oldest first, but for those that a run has already covered well or that
     * wait or run now.
     *
     * @param parallel how many of them may run at once
     * @param again whether intervals that are already covered run once more
     */
    List<RunRecord> backfill(String name, Instant from, Instant to, int parallel, boolean again);
}
