package dev.millrace.orchestrate;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.NodeId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a run of a pipeline does.
 *
 * @param graph the project's, with the pipeline's shell and HTTP steps as nodes and its order among the rest
 * @param nodes to be run
 * @param warnings what is strange about it, such as a step that selects nothing
 */
public record PlannedRun(Graph graph, Set<NodeId> nodes, List<String> warnings) {
    public PlannedRun {
        nodes = new LinkedHashSet<>(nodes);
        warnings = List.copyOf(warnings);
    }
}
