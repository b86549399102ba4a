package dev.millrace.orchestrate;

import dev.millrace.core.Position;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Step;
import dev.millrace.core.select.IndirectSelection;
import dev.millrace.core.select.Selector;
import java.util.List;

/** Graphs of models whose steps the test gives. */
public final class TestGraph {
    private final GraphBuilder builder = new GraphBuilder();

    public TestGraph model(String name, Step step, String... inputs) {
        builder.add(Node.builder(id(name), new Position("models/" + name + ".sql", 1, 1))
                .inputs(List.of(inputs).stream().map(TestGraph::id).toList())
                .step(step)
                .build());
        return this;
    }

    public TestGraph add(Node node) {
        builder.add(node);
        return this;
    }

    public Graph build() {
        return builder.build();
    }

    public static NodeId id(String name) {
        return new NodeId(NodeKind.MODEL, "shop", name);
    }

    public static NodeSelection selection(Graph graph) {
        Selector selector = new Selector(graph, "shop", IndirectSelection.EAGER, text -> {});
        return (command, select, exclude) -> selector.select(select, exclude);
    }
}
