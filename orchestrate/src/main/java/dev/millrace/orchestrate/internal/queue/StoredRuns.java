package dev.millrace.orchestrate.internal.queue;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.orchestrate.Cause;
import dev.millrace.orchestrate.NodeRun;
import dev.millrace.orchestrate.RunFilter;
import dev.millrace.orchestrate.RunLog;
import dev.millrace.orchestrate.RunObserver;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunRequest;
import dev.millrace.orchestrate.RunState;
import dev.millrace.orchestrate.Runs;
import dev.millrace.orchestrate.internal.config.Pipeline;
import dev.millrace.orchestrate.internal.config.PipelineCatalog;
import dev.millrace.orchestrate.internal.store.QueueTable;
import dev.millrace.orchestrate.internal.store.RunTables;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The runs of the store and its queue. */
public final class StoredRuns implements Runs {
    private final RunTables tables;
    private final QueueTable table;
    private final RunSignals queue;
    private final Observers observers;
    private final Supplier<PipelineCatalog> catalog;
    private final Clock clock;

    public StoredRuns(
            RunTables tables, RunQueue queue, Observers observers, Supplier<PipelineCatalog> catalog, Clock clock) {
        this(tables, (RunSignals) queue, observers, catalog, clock);
    }

    StoredRuns(
            RunTables tables, RunSignals queue, Observers observers, Supplier<PipelineCatalog> catalog, Clock clock) {
        this.tables = tables;
        this.table = new QueueTable(tables.database());
        this.queue = queue;
        this.observers = observers;
        this.catalog = catalog;
        this.clock = clock;
    }

    @Override
    public RunRecord submit(RunRequest request) {
        int maxActive = request.pipeline()
                .map(name -> catalog.get().require(name).maxActiveRuns())
                .orElse(0);
        return queued(insert(request, null, maxActive).orElseThrow());
    }

    /** For the scheduler: nothing happens if this interval has had its run. */
    Optional<RunRecord> submitScheduled(RunRequest request, Pipeline pipeline) {
        return insert(request, null, pipeline.maxActiveRuns());
    }

    Optional<RunRecord> insert(RunRequest request, @Nullable String retryOf, int maxActive) {
        return tables.insert(UUID.randomUUID().toString(), request, retryOf, maxActive, clock.instant());
    }

    /** Tells everybody that a run waits. */
    RunRecord queued(RunRecord run) {
        observers.changed(run);
        queue.wake();
        return run;
    }

    @Override
    public boolean cancel(String runId) {
        boolean stopped = table.cancel(runId, clock.instant());
        if (stopped) {
            queue.cancel(runId);
            find(runId).ifPresent(observers::changed);
        }
        return stopped;
    }

    @Override
    public RunRecord retry(String runId) {
        RunRecord run = find(runId)
                .orElseThrow(() -> new MillraceException(ErrorCode.RUN_NOT_FOUND, "there is no run '" + runId + "'"));
        if (!run.state().ended() || run.state() == RunState.SUCCEEDED) {
            throw new MillraceException(
                    ErrorCode.RUN_STATE,
                    "run " + runId + " has " + (run.state().ended() ? "succeeded" : "not ended"),
                    null,
                    run.state().ended() ? "Start a new run to do it all again." : "Cancel it first, or wait.",
                    null);
        }
        return queued(insert(run.request().withCause(Cause.RETRY), runId, 0).orElseThrow());
    }

    @Override
    public Optional<RunRecord> find(String runId) {
        return tables.find(runId);
    }

    @Override
    public List<RunRecord> recent(RunFilter filter) {
        return tables.recent(filter);
    }

    @Override
    public List<NodeRun> nodes(String runId) {
        return tables.nodes(runId);
    }

    @Override
    public List<NodeRun> history(String nodeId, int limit) {
        return tables.history(nodeId, limit);
    }

    @Override
    public List<RunLog> events(String runId, long after, int limit) {
        return tables.events(runId, after, limit);
    }

    @Override
    public Subscription subscribe(RunObserver observer) {
        return observers.add(observer);
    }
}
