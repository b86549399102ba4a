package dev.millrace.orchestrate.internal.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.time.ExecutionTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The instants of a cron expression in a time zone. The expression is matched against the clock on the wall, as
 * {@code cron} does it. Where that clock jumps forward, an hour that is named (2:30) runs when the jump is over; where
 * it falls back, it runs once, the first time. An expression of every hour ({@code *} or {@code *}{@code /2}) keeps its
 * pace through both: it runs in both of the doubled hours and has nothing to run in the one that is left out.
 * Thread-safe.
 */
public final class CronTicks {
    private static final Duration LONGEST_SHIFT = Duration.ofHours(3);

    private final ExecutionTime times;
    private final ZoneRules rules;
    private final boolean everyHour;

    /** @param hours the expression's field of hours */
    CronTicks(Cron cron, String hours, ZoneId zone) {
        this.times = ExecutionTime.forCron(cron);
        this.rules = zone.getRules();
        this.everyHour = hours.startsWith("*");
    }

    Instant after(Instant instant) {
        if (calm(instant)) {
            LocalDateTime next = next(local(instant));
            Instant tick = next.toInstant(rules.getOffset(instant));
            if (rules.getOffset(tick).equals(rules.getOffset(instant))
                    && rules.getValidOffsets(next).size() == 1) {
                return tick;
            }
        }
        Instant tick =
                around(next(local(instant).minus(LONGEST_SHIFT)), instant).higher(instant);
        LocalDateTime from = local(instant);
        while (tick == null) {
            from = next(from);
            tick = around(from, instant).higher(instant);
        }
        return tick;
    }

    Instant atOrBefore(Instant instant) {
        LocalDateTime from = local(instant).plus(LONGEST_SHIFT);
        while (true) {
            LocalDateTime before = previous(from);
            NavigableSet<Instant> ticks = around(before.minus(LONGEST_SHIFT.multipliedBy(2)), instant);
            ticks.addAll(instants(before));
            Instant tick = ticks.floor(instant);
            if (tick != null) {
                return tick;
            }
            from = before;
        }
    }

    /** All ticks from a local time on, until they are safely past {@code instant}. */
    private NavigableSet<Instant> around(LocalDateTime from, Instant instant) {
        TreeSet<Instant> ticks = new TreeSet<>();
        LocalDateTime end = local(instant).plus(LONGEST_SHIFT);
        LocalDateTime at = next(from.minusSeconds(1));
        while (true) {
            ticks.addAll(instants(at));
            if (at.isAfter(end)) {
                return ticks;
            }
            at = next(at);
        }
    }

    private NavigableSet<Instant> instants(LocalDateTime local) {
        TreeSet<Instant> instants = new TreeSet<>();
        ZoneOffsetTransition transition = rules.getTransition(local);
        if (transition == null) {
            instants.add(local.toInstant(rules.getOffset(local)));
        } else if (transition.isGap()) {
            if (!everyHour) {
                instants.add(transition.getInstant());
            }
        } else {
            instants.add(local.toInstant(transition.getOffsetBefore()));
            if (everyHour) {
                instants.add(local.toInstant(transition.getOffsetAfter()));
            }
        }
        return instants;
    }

    /** Whether no shift of the clock is near. */
    private boolean calm(Instant instant) {
        ZoneOffset offset = rules.getOffset(instant);
        return offset.equals(rules.getOffset(instant.minus(LONGEST_SHIFT)))
                && offset.equals(rules.getOffset(instant.plus(LONGEST_SHIFT)));
    }

    private LocalDateTime local(Instant instant) {
        return LocalDateTime.ofInstant(instant, rules.getOffset(instant));
    }

    private LocalDateTime next(LocalDateTime local) {
        return found(times.nextExecution(local.atZone(ZoneOffset.UTC)).map(at -> at.toLocalDateTime()));
    }

    private LocalDateTime previous(LocalDateTime local) {
        return found(times.lastExecution(local.atZone(ZoneOffset.UTC)).map(at -> at.toLocalDateTime()));
    }

    private static LocalDateTime found(Optional<LocalDateTime> time) {
        return time.orElseThrow(() -> new IllegalStateException("the expression never matches"));
    }
}
