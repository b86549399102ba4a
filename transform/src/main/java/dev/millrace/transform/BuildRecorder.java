package dev.millrace.transform;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunListener;
import dev.millrace.core.run.RunResult;
import dev.millrace.transform.internal.change.Recording;
import java.util.function.Supplier;

/**
 * Remembers at the end of a run what each node was that ended well, for {@link ChangePlan} to compare with. What
 * failed, or was not part of the run, stays as it was remembered. A listener of one run.
 */
public final class BuildRecorder implements RunListener {
    private final TransformLayer layer;
    private final Supplier<Graph> graph;

    /**
     * @param layer that has contributed its nodes
     * @param graph the whole graph
     */
    public BuildRecorder(TransformLayer layer, Supplier<Graph> graph) {
        this.layer = layer;
        this.graph = graph;
    }

    @Override
    public void on(RunEvent event) {
        // With --empty or --defer, relations do not hold what the project says.
        if (event instanceof RunEvent.RunFinished finished && layer.runtime().readsPlainly()) {
            RunResult result = finished.result();
            new Recording(layer.parsed(), layer.runtime())
                    .keep(
                            graph.get(),
                            result.nodes().stream()
                                    .filter(node -> !node.status().blocks())
                                    .map(NodeResult::node)
                                    .toList());
        }
    }
}
