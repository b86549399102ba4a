package dev.millrace.orchestrate;

import dev.millrace.core.MillraceException;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunListener;
import dev.millrace.core.run.RunResult;
import dev.millrace.orchestrate.internal.queue.Journal;
import dev.millrace.orchestrate.internal.queue.Observers;
import dev.millrace.orchestrate.internal.queue.Owner;
import dev.millrace.orchestrate.internal.store.Database;
import dev.millrace.orchestrate.internal.store.QueueTable;
import dev.millrace.orchestrate.internal.store.RunTables;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one run of a command line into the history of runs. The store is opened when the run starts, on another
 * thread; a store that cannot be written spoils the history and nothing else. One per run; close it when the run is
 * over. Thread-safe.
 */
public final class RunHistory implements RunListener, AutoCloseable {
    /** Nobody sends heartbeats for such a run: after this long it counts as abandoned even on another machine. */
    private static final Duration LEASE = Duration.ofDays(1);

    private final Path file;
    private final RunRequest request;
    private final Consumer<MillraceException> problems;
    private final String owner = Owner.here().toString();

    // Owned by the thread that tells the events.
    private @Nullable Journal journal;
    private @Nullable RunListener events;

    // Owned by the journal's thread until it has ended.
    private @Nullable Database database;
    private boolean failed;

    /**
     * @param projectFolder whose history it is
     * @param problems hears, once, why nothing can be written
     */
    public RunHistory(Path projectFolder, RunRequest request, Consumer<MillraceException> problems) {
        this.file = RunStore.file(projectFolder);
        this.request = request;
        this.problems = problems;
    }

    @Override
    public synchronized void on(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            begin(started);
        }
        if (events != null) {
            events.on(event);
        }
        if (event instanceof RunEvent.RunFinished finished && journal != null) {
            RunResult result = finished.result();
            journal.then(
                    open -> new QueueTable(open).finish(result.runId(), owner, state(result), null, finished.at()));
        }
    }

    private void begin(RunEvent.RunStarted started) {
        Journal mine = new Journal(this::open, new Observers(), this::problem);
        Instant at = started.at();
        mine.then(open -> {
            RunTables tables = new RunTables(open);
            new QueueTable(open).reap(at, Owner.here()::knowsDead);
            tables.insertRunning(started.runId(), request, owner, at.plus(LEASE), at);
        });
        journal = mine;
        events = mine.listener(started.runId());
    }

    private Database open() {
        Database opened = Database.open(file);
        database = opened;
        return opened;
    }

    private void problem(MillraceException problem) {
        if (!failed) {
            failed = true;
            problems.accept(problem);
        }
    }

    private static RunState state(RunResult result) {
        if (result.cancelled()) {
            return RunState.CANCELLED;
        }
        return result.ok() ? RunState.SUCCEEDED : RunState.FAILED;
    }

    /** Waits until all is written, for a few seconds at most. */
    @Override
    public synchronized void close() {
        if (journal != null) {
            journal.close();
        }
        if (database != null) {
            database.close();
        }
    }
}
