package dev.millrace.core.live;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.Status;
import dev.millrace.core.graph.StepResult;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Counts what a flow does. Thread-safe. */
final class FlowMeter {
    private final NodeId node;
    private final Clock clock;
    private final Rate rate;
    private FlowState state = FlowState.STARTING;
    private Instant since;
    private long rows;
    private long calls;
    private long lastIdleCall;
    private long failures;
    private OptionalLong lag = OptionalLong.empty();
    private OptionalLong lagMillis = OptionalLong.empty();
    private Optional<Instant> watermark = Optional.empty();
    private String position = "";
    private @Nullable MillraceException error;
    private @Nullable Instant lastArrival;
    private @Nullable StepResult waiting;

    FlowMeter(NodeId node, Clock clock) {
        this.node = node;
        this.clock = clock;
        this.since = clock.instant();
        this.rate = new Rate(since);
    }

    synchronized void enter(FlowState next) {
        if (state != next) {
            state = next;
            since = clock.instant();
        }
    }

    /** Another call begins. */
    synchronized void called() {
        calls++;
    }

    synchronized long calls() {
        return calls;
    }

    /** The number of the last call that found nothing to process; 0 if there was none. */
    synchronized long lastIdleCall() {
        return lastIdleCall;
    }

    synchronized void processed(StepResult result) {
        long more = result.rows().orElse(0);
        lastIdleCall = more == 0 ? calls : lastIdleCall;
        Instant now = clock.instant();
        rows += more;
        rate.add(more, now);
        if (more > 0) {
            lastArrival = now;
        }
        waiting = result.status() == Status.SKIPPED ? result : null;
        lag = number(result, "lag");
        lagMillis = number(result, "lag_ms");
        watermark = instant(result.details().get("watermark")).or(() -> watermark);
        Object at = result.details().get("position");
        position = at == null ? position : at.toString();
        error = null;
        enter(more > 0 ? FlowState.RUNNING : FlowState.IDLE);
    }

    /** What the last call said, if what the flow works on is yet to come. */
    synchronized Optional<StepResult> waiting() {
        return Optional.ofNullable(waiting);
    }

    /** How often the flow has failed. */
    synchronized long failures() {
        return failures;
    }

    synchronized void failed(MillraceException problem) {
        failures++;
        error = problem;
        enter(FlowState.BACKING_OFF);
    }

    synchronized long rows() {
        return rows;
    }

    synchronized FlowStatus status() {
        return new FlowStatus(
                node,
                state,
                rows,
                rate.perSecond(clock.instant()),
                lag,
                lagMillis,
                watermark,
                position,
                Optional.ofNullable(error),
                since,
                Optional.ofNullable(lastArrival));
    }

    private static OptionalLong number(StepResult result, String key) {
        return result.details().get(key) instanceof Number number
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    private static Optional<Instant> instant(@Nullable Object value) {
        try {
            return value == null ? Optional.empty() : Optional.of(Instant.parse(value.toString()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
