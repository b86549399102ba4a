package dev.millrace.transform;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.NodeId;
import dev.millrace.transform.internal.change.Comparison;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The nodes of a graph beside what they were when they were last built: what a build would do, and why. Immutable.
 *
 * @param nodes all nodes of the graph, in topological order
 * @param removed what was built and is no longer in the project
 * @param first whether nothing is known of any build
 * @param warehouseProblem why nobody could look into the warehouse
 */
public record ChangePlan(
        Map<NodeId, NodeChange> nodes,
        List<Removed> removed,
        boolean first,
        Optional<MillraceException> warehouseProblem) {
    /**
     * @param relation where it was written to; empty if that is not known
     * @param exists whether that relation is still in the warehouse
     */
    public record Removed(NodeId id, String relation, Optional<Boolean> exists) {}

    public ChangePlan {
        nodes = new LinkedHashMap<>(nodes);
        removed = List.copyOf(removed);
    }

    /**
     * Compiles every model and compares it; builds nothing, writes nothing.
     *
     * @param layer that has contributed its nodes
     * @param state a folder with a manifest.json to compare models with, in place of what Millrace remembers
     * @throws MillraceException CONFIG_MISSING if the state has no manifest.json
     */
    public static ChangePlan of(TransformLayer layer, Graph graph, Optional<Path> state) {
        state.filter(folder -> !Files.exists(folder.resolve("manifest.json"))).ifPresent(folder -> {
            throw new MillraceException(
                    ErrorCode.CONFIG_MISSING,
                    "the state has no " + folder.resolve("manifest.json"),
                    null,
                    "Keep a copy of the target folder of an earlier run, and name it with --state.",
                    null);
        });
        return new Comparison(layer.parsed(), layer.runtime(), layer.warehouses(), graph)
                .plan(state.map(folder -> folder.resolve("manifest.json")));
    }
}
