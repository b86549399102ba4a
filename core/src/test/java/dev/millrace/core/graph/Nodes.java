package dev.millrace.core.graph;

import dev.millrace.core.Position;
import java.util.List;

/** Small nodes for tests. */
public final class Nodes {
    private static final Step NOTHING = context -> StepResult.success("ok");

    private Nodes() {}

    public static NodeId model(String name) {
        return new NodeId(NodeKind.MODEL, "shop", name);
    }

    public static NodeId test(String name) {
        return new NodeId(NodeKind.TEST, "shop", name);
    }

    public static NodeId source(String name) {
        return new NodeId(NodeKind.SOURCE, "shop", name);
    }

    public static Node.Builder nodeOf(NodeId id, NodeId... inputs) {
        Node.Builder builder = Node.builder(id, new Position("models/" + id.name() + ".sql", 1, 1))
                .fqn(List.of("shop", "marts", id.name()))
                .inputs(List.of(inputs));
        if (id.kind() == NodeKind.TEST) {
            builder.gate();
        }
        return id.kind() == NodeKind.SOURCE ? builder : builder.step(NOTHING);
    }

    public static RelationName relation(String schema, String identifier) {
        return new RelationName("duckdb:/w", "w", schema, identifier);
    }

    public static Graph graph(Node.Builder... nodes) {
        GraphBuilder builder = new GraphBuilder();
        for (Node.Builder node : nodes) {
            builder.add(node.build());
        }
        return builder.build();
    }
}
