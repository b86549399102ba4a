package dev.millrace.orchestrate.internal.queue;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunEventJson;
import dev.millrace.core.run.RunListener;
import dev.millrace.orchestrate.NodeRun;
import dev.millrace.orchestrate.RunLog;
import dev.millrace.orchestrate.internal.store.Database;
import dev.millrace.orchestrate.internal.store.EventTables;
import dev.millrace.orchestrate.internal.store.QueueTable;
import dev.millrace.orchestrate.internal.store.RunTables;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes what happens in runs to the store on a thread of its own, many events in one transaction, so that no run ever
 * waits for it. What is told is lost if the process dies within a moment; the nodes it was about then run again.
 * Thread-safe.
 */
public final class Journal implements AutoCloseable {
    private static final int BATCH = 500;
    private static final Duration LONGEST_FLUSH = Duration.ofSeconds(10);

    private final Supplier<Database> source;
    private final Observers observers;
    private final Consumer<MillraceException> problems;
    private final BlockingQueue<Runnable> work = new LinkedBlockingQueue<>();
    private final Thread thread;

    // Owned by the journal's thread.
    private @Nullable Database database;
    private @Nullable MillraceException unusable;
    private final List<RunLog> written = new ArrayList<>();
    private final Set<String> changed = new LinkedHashSet<>();
    private final List<Runnable> marks = new ArrayList<>();
    private volatile boolean closed;

    /**
     * @param source opens the store; called once, by the journal's thread
     * @param problems hears what could not be written
     */
    public Journal(Supplier<Database> source, Observers observers, Consumer<MillraceException> problems) {
        this.source = source;
        this.observers = observers;
        this.problems = problems;
        this.thread = new Thread(this::write, "run journal");
        thread.setDaemon(true);
        thread.start();
    }

    /** What writes a run's events down. */
    public RunListener listener(String runId) {
        Progress progress = new Progress(runId);
        return event -> {
            boolean untold = event instanceof RunEvent.NodeProgressed && observers.isEmpty();
            if (!untold) {
                work.add(() -> record(progress, event));
            }
        };
    }

    /** Does something with the store after all that was told before. */
    public void then(Consumer<Database> task) {
        work.add(() -> task.accept(open()));
    }

    /** Writes down why a run as a whole could not be done. */
    public void problem(String runId, MillraceException problem, Instant at) {
        work.add(() -> append(runId, at, "Error", RunEventJson.problem(problem, at, runId)));
    }

    /** Waits until all that was told before is written. */
    public void flush() {
        CountDownLatch done = new CountDownLatch(1);
        work.add(() -> marks.add(done::countDown));
        try {
            var unused = done.await(LONGEST_FLUSH.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() {
        while (!closed || !work.isEmpty()) {
            try {
                Runnable first = work.poll(200, TimeUnit.MILLISECONDS);
                if (first != null) {
                    List<Runnable> batch = new ArrayList<>(List.of(first));
                    work.drainTo(batch, BATCH);
                    write(batch);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void write(List<Runnable> batch) {
        try {
            open().transaction(() -> {
                batch.forEach(Runnable::run);
                return true;
            });
            written.forEach(observers::logged);
            RunTables runs = new RunTables(open());
            if (!observers.isEmpty()) {
                changed.forEach(id -> runs.find(id).ifPresent(observers::changed));
            }
        } catch (RuntimeException e) {
            problems.accept(Unexpected.of(e));
        } finally {
            written.clear();
            changed.clear();
            marks.forEach(Runnable::run);
            marks.clear();
        }
    }

    /** What could not be opened is not tried again. */
    private Database open() {
        if (unusable != null) {
            throw unusable;
        }
        Database known = database;
        if (known == null) {
            try {
                known = source.get();
            } catch (MillraceException e) {
                unusable = e;
                throw e;
            }
            database = known;
        }
        return known;
    }

    private void record(Progress progress, RunEvent event) {
        String runId = progress.runId;
        String name = RunEventJson.name(event);
        String json = RunEventJson.write(event, runId);
        if (event instanceof RunEvent.NodeProgressed) {
            written.add(new RunLog(runId, 0, event.at(), name, json));
            return;
        }
        append(runId, event.at(), name, json);
        EventTables events = new EventTables(open());
        if (event instanceof RunEvent.RunStarted started) {
            progress.begin(new RunTables(open()).nodes(runId), started.nodes().size());
        } else if (event instanceof RunEvent.NodeStarted started) {
            events.nodeStarted(runId, started.node().id().toString(), started.index(), started.at());
        } else if (event instanceof RunEvent.NodeFinished finished) {
            events.nodeFinished(runId, finished.result(), finished.index());
            progress.counts.merge(finished.result().status(), 1, Integer::sum);
        } else {
            return;
        }
        new QueueTable(open()).progressed(runId, progress.counts, progress.total);
        changed.add(runId);
    }

    private void append(String runId, Instant at, String name, String json) {
        long sequence = new EventTables(open()).append(runId, at, name, json);
        written.add(new RunLog(runId, sequence, at, name, json));
    }

    @Override
    public void close() {
        closed = true;
        work.add(() -> {});
        try {
            thread.join(LONGEST_FLUSH.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How far a run is; owned by the journal's thread. */
    private static final class Progress {
        private final String runId;
        private final Map<Status, Integer> counts = new EnumMap<>(Status.class);
        private int total;

        Progress(String runId) {
            this.runId = runId;
        }

        /** @param known of an earlier attempt: what ended well counts, the rest runs again */
        void begin(List<NodeRun> known, int planned) {
            known.stream()
                    .flatMap(node -> node.status().stream())
                    .filter(status -> !status.blocks())
                    .forEach(status -> counts.merge(status, 1, Integer::sum));
            total = counts.values().stream().mapToInt(Integer::intValue).sum() + planned;
        }
    }
}
