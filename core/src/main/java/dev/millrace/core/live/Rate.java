package dev.millrace.core.live;

import java.time.Duration;
import java.time.Instant;

/** Rows per second, the older the less they count. Not thread-safe. */
final class Rate {
    private static final double HALF_LIFE_SECONDS = 5;

    private Instant at;
    private double perSecond;

    Rate(Instant begin) {
        at = begin;
    }

    void add(long rows, Instant now) {
        decay(now);
        perSecond += rows * Math.log(2) / HALF_LIFE_SECONDS;
    }

    double perSecond(Instant now) {
        decay(now);
        return perSecond < 0.005 ? 0 : perSecond;
    }

    private void decay(Instant now) {
        double seconds = Math.max(0, Duration.between(at, now).toNanos() / 1e9);
        perSecond *= Math.pow(0.5, seconds / HALF_LIFE_SECONDS);
        at = now;
    }
}
