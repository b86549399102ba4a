package dev.millrace.transform;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.RelationName;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.run.CloneStep;
import dev.millrace.transform.internal.run.RunEnvironment;
import java.util.Map;
import java.util.Optional;

/**
 * Models, seeds and snapshots of another state, made available in the target without building them, as dbt's
 * {@code clone} does on a warehouse that cannot copy tables: as views of what the state has.
 */
public final class Clones {
    private final TransformLayer layer;
    private final Map<String, RelationName> relations;

    /**
     * @param layer that has contributed its nodes
     * @param state whose relations are cloned
     */
    public Clones(TransformLayer layer, Deferral state) {
        this.layer = layer;
        this.relations = state.relations().relations();
    }

    /** The graph in which every node that writes a relation has a step that clones it. */
    public Graph graph(Graph graph) {
        return graph.map(this::cloned);
    }

    private Node cloned(Node node) {
        Resource resource = layer.parsed().manifest().resources().get(node.id());
        if (resource == null || !RunEnvironment.writes(resource)) {
            return node;
        }
        RelationName other = relations.get(node.id().toString());
        return node.toBuilder()
                .step(new CloneStep(layer.runtime(), resource, Optional.ofNullable(other)))
                .build();
    }
}
