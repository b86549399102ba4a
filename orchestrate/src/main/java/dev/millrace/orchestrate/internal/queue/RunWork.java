package dev.millrace.orchestrate.internal.queue;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.run.RunResult;
import dev.millrace.orchestrate.RunExecutor;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunRequest;
import dev.millrace.orchestrate.RunState;
import dev.millrace.orchestrate.internal.config.Pipeline;
import dev.millrace.orchestrate.internal.config.PipelineCatalog;
import dev.millrace.orchestrate.internal.step.RunEnvironment;
import dev.millrace.orchestrate.internal.store.RunTables;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out runs of the queue by the executor. Thread-safe. */
public final class RunWork implements AutoCloseable {
    private final RunTables tables;
    private final RunExecutor executor;
    private final Journal journal;
    private final Supplier<PipelineCatalog> catalog;
    private final Consumer<RunRecord> ended;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "run limits");
        thread.setDaemon(true);
        return thread;
    });

    /** @param ended hears of each run that ended, once */
    public RunWork(
            RunTables tables,
            RunExecutor executor,
            Journal journal,
            Supplier<PipelineCatalog> catalog,
            Consumer<RunRecord> ended,
            Clock clock) {
        this.tables = tables;
        this.executor = executor;
        this.journal = journal;
        this.catalog = catalog;
        this.ended = ended;
        this.clock = clock;
    }

    void ended(RunRecord run) {
        ended.accept(run);
    }

    ActiveRun.Outcome carryOut(ActiveRun active) {
        RunRecord run = active.run();
        Future<?> limit = null;
        Optional<Duration> timeout = Optional.empty();
        try {
            Optional<Pipeline> pipeline = run.request().pipeline().map(catalog.get()::require);
            timeout = pipeline.flatMap(Pipeline::timeout);
            if (timeout.isPresent()) {
                limit = timer.schedule(
                        () -> active.stop(ActiveRun.Reason.TIMEOUT),
                        timeout.get().toMillis(),
                        TimeUnit.MILLISECONDS);
            }
            boolean again = run.attempt() > 1 || run.retryOf().isPresent();
            Set<NodeId> done = again ? tables.done(run.id()) : Set.of();
            RunResult result = executor.execute(
                    request(run, pipeline), run.id(), done, journal.listener(run.id()), active::cancelWith);
            return outcome(active, result, timeout);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
            return failed(run, e);
        } finally {
            if (limit != null) {
                limit.cancel(false);
            }
            journal.flush();
        }
    }

    private static RunRequest request(RunRecord run, Optional<Pipeline> pipeline) {
        RunRequest request = run.request();
        Map<String, @Nullable Object> own = pipeline.map(Pipeline::vars).orElse(Map.of());
        return request.withVars(RunEnvironment.vars(request.interval(), own, request.vars()));
    }

    private static ActiveRun.Outcome outcome(ActiveRun active, RunResult result, Optional<Duration> timeout) {
        if (!result.cancelled()) {
            return ended(result.ok() ? RunState.SUCCEEDED : RunState.FAILED, Optional.empty());
        }
        Optional<ActiveRun.Reason> reason = active.reason();
        if (reason.isEmpty()) {
            return ended(RunState.CANCELLED, Optional.empty());
        }
        return switch (reason.get()) {
            case CANCELLED -> ended(RunState.CANCELLED, Optional.empty());
            case TIMEOUT ->
                ended(
                        RunState.FAILED,
                        timeout.map(limit -> "the run took longer than its limit of " + limit.toSeconds() + " s"));
            case SHUTDOWN -> new ActiveRun.Outcome(RunState.QUEUED, Optional.empty(), true);
        };
    }

    private static ActiveRun.Outcome ended(RunState state, Optional<String> error) {
        return new ActiveRun.Outcome(state, error, false);
    }

    private ActiveRun.Outcome failed(RunRecord run, Throwable e) {
        MillraceException problem = Unexpected.of(e);
        journal.problem(run.id(), problem, clock.instant());
        String place = problem.position().map(at -> at + ": ").orElse("");
        return ended(RunState.FAILED, Optional.of(place + problem.text()));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
