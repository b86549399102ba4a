package dev.millrace.server.internal.data;

import dev.millrace.orchestrate.NodeRun;
import dev.millrace.orchestrate.RunLog;
import dev.millrace.orchestrate.RunObserver;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.Runs;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each node did last. Read from the run store when first asked for, and again after something has happened in a
 * run. Thread-safe.
 */
public final class LastRuns implements RunObserver, AutoCloseable {
    private final Runs runs;
    /** What happens is told a moment before it is written, so nothing that was read is believed for long. */
    private static final long BELIEVED_NANOS = Duration.ofSeconds(3).toNanos();

    private record Known(Optional<NodeRun> run, long readAt) {}

    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Runs.Subscription subscription;

    public LastRuns(Runs runs) {
        this.runs = runs;
        this.subscription = runs.subscribe(this);
    }

    public Optional<NodeRun> of(String nodeId) {
        Known last = known.get(nodeId);
        long now = System.nanoTime();
        if (last == null || now - last.readAt() > BELIEVED_NANOS) {
            last = new Known(runs.history(nodeId, 1).stream().findFirst(), now);
            known.put(nodeId, last);
        }
        return last.run();
    }

    @Override
    public void changed(RunRecord run) {
        known.clear();
    }

    @Override
    public void logged(RunLog entry) {
        if (entry.name().equals("NodeStarted") || entry.name().equals("NodeFinished")) {
            known.clear();
        }
    }

    @Override
    public void close() {
        subscription.close();
    }
}
