package dev.millrace.transform.internal.batch;

import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * Which batches of microbatch models a run builds.
 *
 * @param asked of {@code --event-time-start} and {@code --event-time-end}, or of {@code --sample}
 * @param now up to when models are built that were not asked for a span
 * @param before by model id, how the batches of the run ended that is retried: only the failed ones are built again
 */
public record BatchOptions(Optional<TimeSpan> asked, LocalDateTime now, Map<String, BatchResults> before) {
    public BatchOptions {
        before = Map.copyOf(before);
    }

    /** The same span for a run that goes on with what is left of an earlier one. */
    public BatchOptions after(LocalDateTime start, Map<String, BatchResults> results) {
        return new BatchOptions(asked, start, results);
    }
}
