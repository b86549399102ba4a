package dev.millrace.stream.internal.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The watermark of an input of several partitions: the least of their greatest event times, less a delay. A partition
 * that has been silent for a while, as seen by this object since it was made, does not hold it back. It never falls.
 * Owned by one thread.
 */
final class Watermark {
    private final long delayMicros;
    private final Duration idleTimeout;
    private final Clock clock;
    private final Instant since;
    private final Map<String, Instant> heard = new HashMap<>();

    Watermark(long delayMicros, Duration idleTimeout, Clock clock) {
        this.delayMicros = delayMicros;
        this.idleTimeout = idleTimeout;
        this.clock = clock;
        this.since = clock.instant();
    }

    /**
     * @param maxima the greatest event time of each partition so far
     * @param active the partitions that had events now
     * @param before the watermark until now
     */
    @Nullable
    Long advance(Map<String, Long> maxima, Set<String> active, @Nullable Long before) {
        Instant now = clock.instant();
        active.forEach(partition -> heard.put(partition, now));
        Instant silent = now.minus(idleTimeout);
        long least = Long.MAX_VALUE;
        for (Map.Entry<String, Long> partition : maxima.entrySet()) {
            if (!heard.getOrDefault(partition.getKey(), since).isBefore(silent)) {
                least = Math.min(least, partition.getValue());
            }
        }
        if (least == Long.MAX_VALUE) {
            return before;
        }
        long mark = least - delayMicros;
        return before == null ? mark : Math.max(before, mark);
    }
}
