package dev.millrace.transform.internal.change;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.internal.parse.ParsedProject;
import dev.millrace.transform.internal.run.RunEnvironment;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds nodes that have just been built to what is known of earlier builds. */
public final class Recording {
    private final ParsedProject parsed;
    private final RunEnvironment runtime;

    public Recording(ParsedProject parsed, RunEnvironment runtime) {
        this.parsed = parsed;
        this.runtime = runtime;
    }

    /** @param built nodes of {@code graph} */
    public void keep(Graph graph, Collection<Node> built) {
        ImageStore store = new ImageStore(parsed.context().project());
        Map<NodeId, NodeImage> images = new LinkedHashMap<>(store.read());
        Set<NodeKind> whole = wholeKinds(graph, built);
        images.keySet()
                .removeIf(id -> whole.contains(id.kind()) && graph.node(id).isEmpty());
        NodeImages now = new NodeImages(parsed);
        for (Node node : built) {
            if (node.kind() != NodeKind.OPERATION) {
                images.put(node.id(), now.of(graph, node).withSql(sql(node)));
            }
        }
        graph.nodes().stream()
                .filter(node -> node.step().isEmpty())
                .forEach(node -> images.put(node.id(), now.of(graph, node).withSql(sql(node))));
        store.write(images);
    }

    /** The kinds of which every node was built: what the project no longer has of them may be forgotten. */
    private static Set<NodeKind> wholeKinds(Graph graph, Collection<Node> built) {
        Set<NodeId> done = built.stream().map(Node::id).collect(Collectors.toSet());
        Set<NodeKind> whole = EnumSet.allOf(NodeKind.class);
        for (Node node : graph.nodes()) {
            if (node.step().isPresent() && !done.contains(node.id())) {
                whole.remove(node.kind());
            }
        }
        return whole;
    }

    /** Of what others read: the SQL of a test matters to nobody else. */
    private Optional<String> sql(Node node) {
        return node.kind() == NodeKind.MODEL || node.kind() == NodeKind.SNAPSHOT
                ? runtime.compiledSql(node.id())
                : Optional.empty();
    }
}
