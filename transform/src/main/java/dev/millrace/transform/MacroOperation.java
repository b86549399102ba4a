package dev.millrace.transform;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.internal.run.MacroStep;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A macro to be run by itself, as dbt's {@code run-operation} does. */
public final class MacroOperation {
    private final TransformLayer layer;

    /** @param layer that has contributed its nodes */
    public MacroOperation(TransformLayer layer) {
        this.layer = layer;
    }

    /**
     * A graph of one node, of kind OPERATION, whose step calls the macro.
     *
     * @param macro its name, or {@code package.name}
     * @param arguments plain Java values by name
     * @throws dev.millrace.core.MillraceException MACRO_NOT_FOUND
     */
    public Graph graph(String macro, Map<String, @Nullable Object> arguments) {
        MacroStep step = new MacroStep(layer.runtime(), macro, arguments);
        NodeId id =
                new NodeId(NodeKind.OPERATION, step.name().get(0), step.name().get(1));
        GraphBuilder graph = new GraphBuilder();
        graph.add(Node.builder(id, step.position()).step(step).build());
        return graph.build();
    }
}
