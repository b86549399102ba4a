package dev.millrace.server.internal.data;

import dev.millrace.orchestrate.NodeRun;
import dev.millrace.orchestrate.RunLog;
import dev.millrace.orchestrate.RunObserver;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.Runs;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each node did last. Read from the run store when first asked for, and again after something has happened in a
 * run. Thread-safe.
 */
public final class LastRuns implements RunObserver, AutoCloseable {
    private final Runs runs;
    private final Map<String, Optional<NodeRun>> known = new ConcurrentHashMap<>();
    private final Runs.Subscription subscription;

    public LastRuns(Runs runs) {
        this.runs = runs;
        this.subscription = runs.subscribe(this);
    }

    public Optional<NodeRun> of(String nodeId) {
        return known.computeIfAbsent(nodeId, id -> runs.history(id, 1).stream().findFirst());
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
