package dev.millrace.core.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Ended;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.Status;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs the step of one node: tries, retries, time limit, and what came of it. Never throws. */
final class StepExecution {
    private final String runId;
    private final Events events;
    private final Clock clock;
    private final Cancellation run;
    private final Plan plan;
    private final List<Ended> ended;

    StepExecution(String runId, Plan plan, List<Ended> ended, Events events, Clock clock, Cancellation run) {
        this.runId = runId;
        this.plan = plan;
        this.ended = ended;
        this.events = events;
        this.clock = clock;
        this.run = run;
    }

    NodeResult execute(Node node) {
        Instant begin = clock.instant();
        int attempts = node.policy().retries() + 1;
        Duration delay = node.policy().retryDelay();
        for (int attempt = 1; ; attempt++) {
            try {
                StepResult result = tryOnce(node, attempt);
                return new NodeResult(
                        node,
                        result.status(),
                        result.message(),
                        begin,
                        clock.instant(),
                        Thread.currentThread().getName(),
                        attempt,
                        result.rows(),
                        result.failures(),
                        result.details(),
                        null);
            } catch (MillraceException e) {
                boolean again = e.code().mayPass() && attempt < attempts && !run.cancelled();
                if (!again) {
                    return failed(node, begin, attempt, e);
                }
                events.emit(new RunEvent.NodeRetrying(clock.instant(), node, attempt, attempts, e, delay));
                pause(delay);
                delay = delay.multipliedBy(2);
            }
        }
    }

    private StepResult tryOnce(Node node, int attempt) {
        Cancellation own = new Cancellation();
        Thread thread = Thread.currentThread();
        Optional<Duration> limit = node.policy().timeout();
        ScheduledExecutorService timer = limit.isPresent() ? new ScheduledThreadPoolExecutor(1) : null;
        try (var ignored = run.register(own::cancel);
                var interrupting = own.register(thread::interrupt)) {
            if (timer != null) {
                var unused = timer.schedule(own::cancel, limit.orElseThrow().toMillis(), TimeUnit.MILLISECONDS);
            }
            return node.step().orElseThrow().run(new Context(node, attempt, own));
        } catch (Exception | StackOverflowError | OutOfMemoryError | LinkageError e) {
            if (run.cancelled()) {
                throw new MillraceException(ErrorCode.CANCELLED, "cancelled", e);
            }
            if (own.cancelled()) {
                throw new MillraceException(
                        ErrorCode.TIMEOUT, "took longer than its limit of " + limit.orElseThrow(), e);
            }
            throw e instanceof MillraceException known ? known : unexpected(e);
        } finally {
            if (timer != null) {
                timer.shutdownNow();
            }
            Thread.interrupted();
        }
    }

    private static MillraceException unexpected(Throwable e) {
        return new MillraceException(
                ErrorCode.INTERNAL,
                e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage()),
                null,
                "This is a defect of Millrace: run again with --debug and report the stack trace.",
                e);
    }

    private NodeResult failed(Node node, Instant begin, int attempt, MillraceException error) {
        boolean cancelled = error.code() == ErrorCode.CANCELLED;
        return new NodeResult(
                node,
                cancelled ? Status.SKIPPED : Status.ERROR,
                error.text(),
                begin,
                clock.instant(),
                Thread.currentThread().getName(),
                attempt,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Map.of(),
                error);
    }

    private void pause(Duration delay) {
        CountDownLatch stop = new CountDownLatch(1);
        try (var ignored = run.register(stop::countDown)) {
            stop.await(delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The step's view of its run. */
    private final class Context implements StepContext {
        private final Node node;
        private final int attempt;
        private final Cancellation own;

        Context(Node node, int attempt, Cancellation own) {
            this.node = node;
            this.attempt = attempt;
            this.own = own;
        }

        @Override
        public String runId() {
            return runId;
        }

        @Override
        public Node node() {
            return node;
        }

        @Override
        public List<Node> peers() {
            return plan.peers(node);
        }

        @Override
        public List<Ended> ended() {
            return ended;
        }

        @Override
        public int attempt() {
            return attempt;
        }

        @Override
        public void progress(long rows, long bytes, OptionalLong totalRows) {
            events.emit(new RunEvent.NodeProgressed(clock.instant(), node, rows, bytes, totalRows));
        }

        @Override
        public void log(LogLevel level, String message) {
            events.emit(new RunEvent.Logged(clock.instant(), level, Optional.of(node), message));
        }

        @Override
        public Registration onCancel(Runnable stop) {
            return own.register(stop);
        }

        @Override
        public boolean cancelled() {
            return own.cancelled();
        }
    }
}
