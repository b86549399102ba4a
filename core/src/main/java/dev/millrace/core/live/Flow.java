package dev.millrace.core.live;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.core.run.Cancellation;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.RunEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One node that is kept running, and its thread. */
final class Flow {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** How long a source is listened to before the flow looks whether it should stop. */
    private static final Duration LISTEN = Duration.ofMillis(500);
    /** A node that is fed by others looks for itself this often, should nobody wake it. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Node node;
    private final boolean fed;
    private final Duration trigger;
    private final Events events;
    private final FlowListener listener;
    private final Clock clock;
    private final Consumer<NodeId> onRows;
    private final FlowMeter meter;
    private final Cancellation cancellation = new Cancellation();
    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean stopping;

    Flow(Node node, boolean fed, Events events, FlowListener listener, Clock clock, Consumer<NodeId> onRows) {
        this.node = node;
        this.fed = fed;
        this.trigger = node.trigger().orElse(LISTEN);
        this.events = events;
        this.listener = listener;
        this.clock = clock;
        this.onRows = onRows;
        this.meter = new FlowMeter(node.id(), clock);
        this.thread = new Thread(this::keepRunning, "flow " + node.id());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void wake() {
        wakes.release();
    }

    FlowStatus status() {
        return meter.status();
    }

    /** Waits until everything that is there now has been processed. */
    StepResult catchUp(StepContext context) throws InterruptedException {
        long rows = meter.rows();
        long call = meter.calls();
        long failures = meter.failures();
        wake();
        while (meter.lastIdleCall() <= call) {
            if (stopping || context.cancelled()) {
                throw new MillraceException(ErrorCode.CANCELLED, "cancelled");
            }
            Optional<MillraceException> error = meter.status().error();
            if (error.isPresent() && meter.failures() > failures) {
                throw error.get();
            }
            if (fed) {
                wake();
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return meter.waiting().orElseGet(() -> StepResult.success("kept running", meter.rows() - rows));
    }

    void askToStop() {
        stopping = true;
        wakes.release();
    }

    void awaitStop(Duration limit) {
        try {
            thread.join(Math.max(1, limit.toMillis()));
            if (thread.isAlive()) {
                cancellation.cancel();
                thread.interrupt();
                thread.join(TimeUnit.SECONDS.toMillis(2));
            }
        } catch (InterruptedException e) {
            cancellation.cancel();
            Thread.currentThread().interrupt();
        }
    }

    private void keepRunning() {
        Duration pause = FIRST_PAUSE;
        while (!stopping) {
            meter.enter(FlowState.STARTING);
            long before = meter.rows();
            FlowContext context = new FlowContext(node, events, clock, cancellation);
            listener.started(node, context.runId(), clock.instant());
            try {
                runUntilItFails(context);
                listener.stopped(node, context.runId(), clock.instant());
            } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError e) {
                if (stopping || cancellation.cancelled()) {
                    listener.stopped(node, context.runId(), clock.instant());
                    break;
                }
                MillraceException error = known(e);
                listener.failed(node, context.runId(), error, clock.instant());
                pause = meter.rows() > before ? FIRST_PAUSE : pause;
                backOff(error, pause);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
        meter.enter(FlowState.STOPPED);
    }

    private void runUntilItFails(FlowContext context) throws Exception {
        try (ContinuousStep.Flow open = open(context)) {
            while (!stopping) {
                long begin = System.nanoTime();
                meter.called();
                StepResult result = open.next(fed ? Duration.ZERO : LISTEN);
                long rows = result.rows().orElse(0);
                meter.processed(result);
                listener.called(node, context.runId(), result, clock.instant());
                if (rows > 0) {
                    onRows.accept(node.id());
                }
                rest(rows, begin + trigger.toNanos());
            }
        }
    }

    /** @param due when the next call may begin, as {@link System#nanoTime} tells it */
    private void rest(long rows, long due) throws InterruptedException {
        if (fed) {
            await(LOOK);
            pauseUntil(due);
            wakes.drainPermits();
        } else if (rows > 0) {
            pauseUntil(due);
        }
    }

    private ContinuousStep.Flow open(FlowContext context) throws Exception {
        Step step = node.step().orElseThrow();
        return step instanceof ContinuousStep continuous ? continuous.open(context) : repeated(step, context);
    }

    /** A step that keeps nothing open is run again and again. */
    private ContinuousStep.Flow repeated(Step step, FlowContext context) {
        return new ContinuousStep.Flow() {
            private boolean again;

            @Override
            public StepResult next(Duration wait) throws Exception {
                if (again && !fed) {
                    await(trigger);
                }
                again = true;
                return step.run(context);
            }

            @Override
            public void close() {}
        };
    }

    private void backOff(MillraceException error, Duration pause) {
        meter.failed(error);
        String message = error.text() + "; trying again in " + pause.toSeconds() + " s"
                + error.hint().map(hint -> " (" + hint + ")").orElse("");
        events.emit(new RunEvent.Logged(clock.instant(), LogLevel.WARN, Optional.of(node), message));
        try {
            // What feeds it, or a run that waits for it, may be a reason to try sooner.
            await(pause);
        } catch (InterruptedException e) {
            stopping = true;
        }
    }

    private MillraceException known(Throwable e) {
        return e instanceof MillraceException known
                ? known
                : new MillraceException(
                        ErrorCode.INTERNAL,
                        e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage()),
                        e);
    }

    /** Waits until it is woken. */
    private void await(Duration limit) throws InterruptedException {
        if (!stopping) {
            boolean woken = wakes.tryAcquire(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS);
            if (woken) {
                wakes.drainPermits();
            }
        }
    }

    /** Waits, whatever wakes it but the wish to stop. */
    private void pauseUntil(long end) throws InterruptedException {
        while (!stopping && System.nanoTime() - end < 0) {
            TimeUnit.NANOSECONDS.sleep(Math.min(end - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(100)));
        }
    }
}
