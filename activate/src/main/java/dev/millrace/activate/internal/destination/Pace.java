package dev.millrace.activate.internal.destination;

import java.util.concurrent.TimeUnit;

/**
 * Spaces requests out evenly, so that no more than so many begin in a second. Thread-safe: all who go to one
 * destination share one pace.
 */
public final class Pace {
    /** As fast as the destination takes them. */
    public static final Pace FREE = new Pace(0);

    private final long nanosBetween;
    // Guarded by this.
    private long next = System.nanoTime();

    private Pace(long nanosBetween) {
        this.nanosBetween = nanosBetween;
    }

    static Pace of(double perSecond) {
        return new Pace((long) (TimeUnit.SECONDS.toNanos(1) / perSecond));
    }

    /** Waits for the turn of the next request. */
    public void await() throws InterruptedException {
        long wait = turn(System.nanoTime());
        if (wait > 0) {
            TimeUnit.NANOSECONDS.sleep(wait);
        }
    }

    /** How long who asks at {@code now} has to wait, in nanoseconds. */
    synchronized long turn(long now) {
        if (nanosBetween == 0) {
            return 0;
        }
        long turn = Math.max(now, next);
        next = turn + nanosBetween;
        return turn - now;
    }
}
