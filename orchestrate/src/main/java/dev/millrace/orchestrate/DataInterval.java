package dev.millrace.orchestrate;

import java.time.Instant;

/**
 * The span of time whose data a scheduled run is about, as Airflow has it: a run of {@code @daily} for 1 May covers 1
 * May 00:00 to 2 May 00:00 and starts when that span is over.
 *
 * @param start the run's logical date
 * @param end exclusive; not before {@code start}
 */
public record DataInterval(Instant start, Instant end) {
    public DataInterval {
        if (end.isBefore(start)) {
            throw new IllegalArgumentException(start + " to " + end);
        }
    }
}
