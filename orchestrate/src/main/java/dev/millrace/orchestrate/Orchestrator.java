package dev.millrace.orchestrate;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.project.Project;
import dev.millrace.orchestrate.internal.alert.Alerts;
import dev.millrace.orchestrate.internal.config.PipelineCatalog;
import dev.millrace.orchestrate.internal.queue.Journal;
import dev.millrace.orchestrate.internal.queue.Observers;
import dev.millrace.orchestrate.internal.queue.RunQueue;
import dev.millrace.orchestrate.internal.queue.RunWork;
import dev.millrace.orchestrate.internal.queue.Scheduler;
import dev.millrace.orchestrate.internal.queue.StoredPipelines;
import dev.millrace.orchestrate.internal.queue.StoredRuns;
import dev.millrace.orchestrate.internal.queue.Unexpected;
import dev.millrace.orchestrate.internal.store.RunTables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Schedules, queues and carries out the runs of a project, and remembers them. Make one, {@link #start} it, and close
 * it before the store. Thread-safe.
 */
public final class Orchestrator implements AutoCloseable {
    private static final Duration KEEP_EVENTS = Duration.ofDays(30);
    private static final Duration ALERT_DELAY = Duration.ofSeconds(2);

    private final AtomicReference<Project> project;
    private final AtomicReference<PipelineCatalog> catalog;
    private final OrchestratorOptions options;
    private final Clock clock;
    private final RunTables tables;
    private final Journal journal;
    private final Alerts alerts;
    private final RunWork work;
    private final RunQueue queue;
    private final StoredRuns runs;
    private final StoredPipelines pipelines;
    private final Scheduler scheduler;
    private final Semaphore wake = new Semaphore(0);
    private final Thread schedulerThread;
    private volatile boolean closing;

    /**
     * @param graph may imply pipelines by the schedules of its nodes
     * @param executor carries out single runs
     * @throws MillraceException if pipelines.yml is wrong
     */
    public Orchestrator(
            Project project,
            Graph graph,
            RunStore store,
            RunExecutor executor,
            Clock clock,
            OrchestratorOptions options) {
        this.project = new AtomicReference<>(project);
        this.catalog = new AtomicReference<>(PipelineCatalog.read(project, graph.nodes()));
        this.options = options;
        this.clock = clock;
        this.tables = new RunTables(store.database());
        Observers observers = new Observers();
        this.journal = new Journal(store::database, observers, options.problems());
        this.alerts =
                new Alerts(this.project::get, catalog::get, tables, options.baseUrl(), ALERT_DELAY, options.problems());
        this.work = new RunWork(tables, executor, journal, catalog::get, this::ended, clock);
        this.queue = new RunQueue(
                tables, work, observers, options.problems(), clock, options.workers(), options.onlyPipeline());
        this.runs = new StoredRuns(tables, queue, observers, catalog::get, clock);
        this.pipelines = new StoredPipelines(catalog::get, runs, tables, wake::release, clock);
        this.scheduler = new Scheduler(catalog::get, runs, tables);
        this.schedulerThread = new Thread(this::schedule, "scheduler");
        schedulerThread.setDaemon(true);
    }

    public Runs runs() {
        return runs;
    }

    public Pipelines pipelines() {
        return pipelines;
    }

    /** Takes over the runs that a crash has left, and begins to work and to schedule. */
    public void start() {
        queue.start();
        if (options.schedules()) {
            tables.forgetEvents(clock.instant().minus(KEEP_EVENTS));
            schedulerThread.start();
        }
    }

    /**
     * Goes on with other files. Runs that are under way are not touched.
     *
     * @throws MillraceException if the new files are wrong; the old ones stay in force then
     */
    public void reload(Project newProject, Graph newGraph) {
        catalog.set(PipelineCatalog.read(newProject, newGraph.nodes()));
        project.set(newProject);
        wake.release();
    }

    private void ended(RunRecord run) {
        alerts.ended(run);
        wake.release();
    }

    private void schedule() {
        while (!closing) {
            try {
                Instant next = scheduler.tick(clock.instant());
                long millis = Duration.between(clock.instant(), next).toMillis();
                var unused = wake.tryAcquire(Math.max(10, millis), TimeUnit.MILLISECONDS);
                wake.drainPermits();
            } catch (RuntimeException e) {
                options.problems().accept(Unexpected.of(e));
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void pause() {
        try {
            var unused = wake.tryAcquire(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    /**
     * Stops scheduling, stops what runs (it waits in the queue for the next start), and writes down what has happened.
     * Waits for at most half a minute.
     */
    @Override
    public void close() {
        closing = true;
        wake.release();
        queue.close();
        work.close();
        journal.close();
        alerts.close();
    }
}
