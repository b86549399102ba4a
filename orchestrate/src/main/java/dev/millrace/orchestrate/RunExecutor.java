package dev.millrace.orchestrate;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.run.RunListener;
import dev.millrace.core.run.RunResult;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Carries out one run: reads the project, makes the graph, selects, runs. Called by worker threads, several at once.
 */
@FunctionalInterface
public interface RunExecutor {
    /**
     * @param runId for {@link dev.millrace.core.run.Runner}: the run is known by this id from now on
     * @param done nodes that ended well in an earlier attempt and are to be left out; usually empty
     * @param listener to be told every event
     * @param cancel to be given what cancels the run, as soon as that is possible; called at most once
     * @throws dev.millrace.core.MillraceException if the run cannot be begun
     */
    RunResult execute(
            RunRequest request, String runId, Set<NodeId> done, RunListener listener, Consumer<Runnable> cancel);
}
