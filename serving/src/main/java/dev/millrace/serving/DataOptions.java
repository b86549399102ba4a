package dev.millrace.serving;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Limits of what is served.
 *
 * @param maxRows of one answer: a larger {@code limit} is refused, and an answer without one ends there
 * @param timeout how long one answer may take
 * @param temporary a folder of ours for files that are written before they are sent; made when it is needed
 */
public record DataOptions(long maxRows, Duration timeout, Path temporary) {
    /** No limit of rows, ten minutes. */
    public static DataOptions in(Path temporary) {
        return new DataOptions(Long.MAX_VALUE, Duration.ofMinutes(10), temporary);
    }

    public DataOptions withMaxRows(long rows) {
        return new DataOptions(rows, timeout, temporary);
    }

    public DataOptions withTimeout(Duration duration) {
        return new DataOptions(maxRows, duration, temporary);
    }
}
