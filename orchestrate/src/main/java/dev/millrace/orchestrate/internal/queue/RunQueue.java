package dev.millrace.orchestrate.internal.queue;

import dev.millrace.core.MillraceException;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.internal.store.QueueTable;
import dev.millrace.orchestrate.internal.store.RunTables;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes runs from the store's queue and has them worked on, several at once. Says every few seconds that it is alive; a
 * run whose worker has not done so for half a minute, or whose process is known to be gone, waits again. Thread-safe.
 */
public final class RunQueue implements RunSignals, AutoCloseable {
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);

    private final QueueTable table;
    private final RunTables tables;
    private final RunWork work;
    private final Observers observers;
    private final Consumer<MillraceException> problems;
    private final Clock clock;
    private final int workers;
    private final Optional<String> onlyPipeline;
    private final Owner owner = Owner.here();
    private final Map<String, ActiveRun> active = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Semaphore signal = new Semaphore(0);
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "run queue heartbeat");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean closing;

    /** @param onlyPipeline if present, runs of others are left alone */
    public RunQueue(
            RunTables tables,
            RunWork work,
            Observers observers,
            Consumer<MillraceException> problems,
            Clock clock,
            int workers,
            Optional<String> onlyPipeline) {
        this.table = new QueueTable(tables.database());
        this.tables = tables;
        this.work = work;
        this.observers = observers;
        this.problems = problems;
        this.clock = clock;
        this.workers = workers;
        this.onlyPipeline = onlyPipeline;
    }

    public void start() {
        guarded(this::reap);
        for (int i = 1; i <= workers; i++) {
            Thread thread = new Thread(this::loop, "run worker " + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
        var unused = heart.scheduleWithFixedDelay(
                () -> guarded(this::beat), HEARTBEAT.toMillis(), HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void wake() {
        signal.drainPermits();
        signal.release(workers);
    }

    /** Stops a run if this process works on it. */
    @Override
    public void cancel(String runId) {
        ActiveRun run = active.get(runId);
        if (run != null) {
            run.stop(ActiveRun.Reason.CANCELLED);
        }
    }

    private void reap() {
        List<String> freed = table.reap(clock.instant(), owner::knowsDead);
        freed.forEach(id -> tables.find(id).ifPresent(observers::changed));
        if (!freed.isEmpty()) {
            wake();
        }
    }

    private void beat() {
        table.heartbeat(owner.toString(), clock.instant().plus(LEASE)).forEach(this::cancel);
        reap();
    }

    private void loop() {
        while (!closing) {
            guarded(() -> {
                Optional<RunRecord> run = table.claim(
                        owner.toString(), onlyPipeline, clock.instant().plus(LEASE), clock.instant());
                if (run.isPresent()) {
                    work(run.get());
                } else {
                    pause();
                }
            });
        }
    }

    private void work(RunRecord run) {
        ActiveRun mine = new ActiveRun(run);
        active.put(run.id(), mine);
        try {
            if (closing) {
                mine.stop(ActiveRun.Reason.SHUTDOWN);
            }
            observers.changed(run);
            ActiveRun.Outcome outcome = work.carryOut(mine);
            settle(run, outcome);
        } finally {
            active.remove(run.id());
        }
    }

    /** Writes down how a run ended, however long the store refuses it. */
    private void settle(RunRecord run, ActiveRun.Outcome outcome) {
        boolean settled = false;
        while (!settled) {
            try {
                if (outcome.unfinished()) {
                    table.release(run.id(), owner.toString());
                } else if (table.finish(
                        run.id(),
                        owner.toString(),
                        outcome.state(),
                        outcome.error().orElse(null),
                        clock.instant())) {
                    tables.find(run.id()).ifPresent(work::ended);
                }
                settled = true;
            } catch (MillraceException e) {
                problems.accept(e);
                settled = closing;
                pause();
            }
        }
        tables.find(run.id()).ifPresent(observers::changed);
        wake();
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            problems.accept(Unexpected.of(e));
            pause();
        }
    }

    private void pause() {
        try {
            var unused = signal.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    /** Stops what runs; it waits again, for whoever comes next. */
    @Override
    public void close() {
        closing = true;
        active.values().forEach(run -> run.stop(ActiveRun.Reason.SHUTDOWN));
        wake();
        long end = System.nanoTime() + LONGEST_CLOSE.toNanos();
        try {
            for (Thread thread : threads) {
                thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        heart.shutdownNow();
    }
}
