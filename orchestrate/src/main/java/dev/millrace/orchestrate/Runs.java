package dev.millrace.orchestrate;

import java.util.List;
import java.util.Optional;

/** Runs: the queue, what runs now, and the history. Thread-safe. */
public interface Runs {
    /** Puts a run into the queue. */
    RunRecord submit(RunRequest request);

    /**
     * Stops a run: at once while it waits in the queue; what it is doing is stopped if it runs.
     *
     * @return whether there was anything to stop
     */
    boolean cancel(String runId);

    /**
     * Queues a new run of what failed, was skipped or never ran in an ended one.
     *
     * @throws dev.millrace.core.MillraceException RUN_NOT_FOUND; RUN_STATE if it has not ended or succeeded
     */
    RunRecord retry(String runId);

    Optional<RunRecord> find(String runId);

    /** Newest first. */
    List<RunRecord> recent(RunFilter filter);

    /** The nodes of a run that have started, in that order. */
    List<NodeRun> nodes(String runId);

    /** What a node did in its last runs, newest first. */
    List<NodeRun> history(String nodeId, int limit);

    /** The kept events of a run whose sequence is above {@code after}, in order, at most {@code limit}. */
    List<RunLog> events(String runId, long after, int limit);

    /** Tells {@code observer} of every run of this process until the subscription is closed. */
    Subscription subscribe(RunObserver observer);

    /** Ends a subscription. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
