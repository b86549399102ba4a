package dev.millrace.stream.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.core.graph.Status;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.stream.internal.query.QueryReader;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.model.Model;
import dev.millrace.warehouse.model.WindowSql;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The step of a streaming model: run once, or kept running. */
public final class StreamStep implements ContinuousStep {
    /** One at a time brings a table up to date: a run beside a flow waits. */
    private static final Map<String, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private final Model model;
    private final StreamConfig config;
    private final QueryReader.Read query;

    public StreamStep(Model model, StreamConfig config, QueryReader.Read query) {
        this.model = model;
        this.config = config;
        this.query = query;
    }

    @Override
    public StepResult run(StepContext context) {
        try (Session session = model.warehouse().open();
                var ignored = context.onCancel(session::cancel)) {
            Refresh refresh = refresh(session, model.fullRefresh());
            Optional<Refresh.Outcome> outcome = locked(refresh, true);
            if (refresh.awaitsMessages()) {
                return awaitsMessages();
            }
            if (outcome.isEmpty() && refresh.waitsForInput()) {
                throw new MillraceException(
                        ErrorCode.SQL_FAILED,
                        "table " + query.input().sql() + " does not exist",
                        model.position(),
                        "Build what writes it first.",
                        null);
            }
            return result(outcome);
        }
    }

    @Override
    public Flow open(StepContext context) {
        Session session = model.warehouse().open();
        StepContext.Registration cancel = context.onCancel(session::cancel);
        Refresh refresh = refresh(session, false);
        return new Flow() {
            private boolean healthy;

            @Override
            public StepResult next(Duration wait) throws InterruptedException {
                healthy = false;
                Optional<Refresh.Outcome> outcome = await(refresh, wait);
                healthy = true;
                return refresh.awaitsMessages() ? awaitsMessages() : result(outcome);
            }

            @Override
            public void close() {
                try {
                    if (healthy && !context.cancelled()) {
                        refresh.mirror(true);
                    }
                } finally {
                    cancel.close();
                    session.close();
                }
            }
        };
    }

    /** What is downstream cannot be built either, which is no failure. */
    private StepResult awaitsMessages() {
        return new StepResult(
                Status.SKIPPED,
                model.id().name() + " waits for the first message of "
                        + Objects.requireNonNull(query.input().relation()),
                OptionalLong.of(0),
                OptionalLong.empty(),
                Map.of());
    }

    private Refresh refresh(Session session, boolean rebuild) {
        long delay = config.watermark().map(WindowSql::micros).orElse(0L);
        Watermark watermark = new Watermark(delay, config.idleTimeout(), Clock.systemUTC());
        return new Refresh(model, config, query, session, watermark, rebuild);
    }

    private Optional<Refresh.Outcome> await(Refresh refresh, Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        long pauseMillis = Math.max(5, Math.min(100, config.trigger().toMillis() / 4));
        while (true) {
            Optional<Refresh.Outcome> outcome = locked(refresh, false);
            if (outcome.isPresent() || System.nanoTime() >= end) {
                return outcome;
            }
            Thread.sleep(pauseMillis);
        }
    }

    private Optional<Refresh.Outcome> locked(Refresh refresh, boolean mirrorNow) {
        ReentrantLock lock = LOCKS.computeIfAbsent(model.relation().key(), missing -> new ReentrantLock());
        lock.lock();
        try {
            Optional<Refresh.Outcome> outcome = refresh.run();
            refresh.mirror(mirrorNow);
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    private static StepResult result(Optional<Refresh.Outcome> outcome) {
        if (outcome.isEmpty()) {
            return StepResult.success("nothing new", 0);
        }
        Refresh.Outcome done = outcome.get();
        StepResult result = StepResult.success(
                        done.rebuilt() ? "REBUILD " + done.rows() : "UPDATE " + done.rows(), done.rows())
                .with("version", done.state().version())
                .with("late_events", done.late())
                .with("events_without_time", done.untimed());
        if (done.state().position() != null) {
            result = result.with("position", done.state().position());
        }
        return done.watermark() == null
                ? result
                : result.with("watermark", done.watermark().toString());
    }
}
