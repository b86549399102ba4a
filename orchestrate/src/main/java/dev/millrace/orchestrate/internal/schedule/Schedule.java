package dev.millrace.orchestrate.internal.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/**
 * When a pipeline is due.
 *
 * <p>{@link Ticks} follow the clock: each tick ends the interval that began with the tick before it.
 */
public sealed interface Schedule {
    /** As it was written, such as {@code 0 6 * * *} or {@code @daily}. */
    String text();

    /** The zone it is meant in. */
    ZoneId zone();

    /** Only by hand. */
    record Manual(String text, ZoneId zone) implements Schedule {}

    /** One time, ever. */
    record Once(String text, ZoneId zone) implements Schedule {}

    /** Again as soon as the last run has ended. */
    record Continuous(String text, ZoneId zone) implements Schedule {}

    /** At instants that can be computed. */
    sealed interface Ticks extends Schedule {
        /** The first tick after {@code instant}. */
        Instant after(Instant instant);

        /** The last tick at or before {@code instant}. */
        Instant atOrBefore(Instant instant);

        /** The first tick at or after {@code instant}. */
        default Instant atOrAfter(Instant instant) {
            Instant before = atOrBefore(instant);
            return before.equals(instant) ? instant : after(instant);
        }
    }

    /** Every so often, counted from 1970. */
    record Every(String text, ZoneId zone, Duration period) implements Ticks {
        @Override
        public Instant after(Instant instant) {
            return atOrBefore(instant).plus(period);
        }

        @Override
        public Instant atOrBefore(Instant instant) {
            long millis = period.toMillis();
            return Instant.ofEpochMilli(Math.floorDiv(instant.toEpochMilli(), millis) * millis);
        }
    }

    /** By a cron expression. */
    record Cron(String text, ZoneId zone, CronTicks ticks) implements Ticks {
        @Override
        public Instant after(Instant instant) {
            return ticks.after(instant);
        }

        @Override
        public Instant atOrBefore(Instant instant) {
            return ticks.atOrBefore(instant);
        }
    }
}
