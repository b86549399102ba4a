package dev.millrace.cli.lineage;

import dev.millrace.core.graph.Dataset;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.sql.NodeColumns;
import dev.millrace.sql.OutputColumn;
import dev.millrace.sql.SourceColumn;
import dev.millrace.sql.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The columns of a whole graph: what the queries of models tell, carried on to the columns of operational databases at
 * one end and to the fields of synced objects at the other. What is no node is called {@code system:name}.
 */
public final class GraphColumns {
    /** What is added to rows as they are loaded comes from no column of theirs. */
    private static final String OWN = "_millrace_";

    private final Graph graph;
    private final ColumnGraph models;
    private final Map<String, Node> writers = new HashMap<>();
    private final Map<String, RelationName> sources = new HashMap<>();
    private final Map<String, NodeColumns> all = new LinkedHashMap<>();

    private GraphColumns(Graph graph, ColumnGraph models) {
        this.graph = graph;
        this.models = models;
    }

    /** @param models the columns of models, seeds, snapshots and sources */
    public static ColumnGraph of(Graph graph, ColumnGraph models) {
        return new GraphColumns(graph, models).whole();
    }

    /** The names of the columns of relations that are loaded from outside, where what loads them knows them. */
    public static Map<RelationName, List<String>> loaded(Graph graph) {
        Map<RelationName, List<String>> names = new HashMap<>();
        for (Node node : graph.nodes()) {
            if (node.writesRelation() && node.reads().size() == 1) {
                names.put(node.relation().orElseThrow(), node.reads().get(0).fields());
            }
        }
        return names;
    }

    private ColumnGraph whole() {
        for (Node node : graph.nodes()) {
            if (node.writesRelation() && !node.reads().isEmpty()) {
                node.relation().ifPresent(relation -> writers.put(relation.key(), node));
            }
            if (node.kind() == NodeKind.SOURCE) {
                node.relation().ifPresent(relation -> sources.put(node.id().toString(), relation));
            }
        }
        models.nodes().forEach(node -> all.put(node.id(), loaded(node)));
        graph.nodes().stream().filter(node -> node.kind() == NodeKind.SYNC).forEach(this::sync);
        return new ColumnGraph(all.values());
    }

    /** A source's columns come from those of what loads it. */
    private NodeColumns loaded(NodeColumns columns) {
        Optional<Node> writer =
                Optional.ofNullable(sources.get(columns.id())).map(relation -> writers.get(relation.key()));
        if (writer.isEmpty()) {
            return columns;
        }
        String loader = writer.get().id().toString();
        Dataset origin = writer.get().reads().get(0);
        List<OutputColumn> here = new ArrayList<>();
        List<OutputColumn> there = new ArrayList<>();
        List<OutputColumn> outside = new ArrayList<>();
        for (OutputColumn column : columns.columns()) {
            here.add(direct(column.name(), new SourceColumn(loader, column.name())));
            boolean own = column.name().startsWith(OWN);
            there.add(
                    own
                            ? new OutputColumn(column.name(), Map.of(), true)
                            : direct(column.name(), new SourceColumn(origin.toString(), column.name())));
            if (!own) {
                outside.add(new OutputColumn(column.name(), Map.of(), true));
            }
        }
        all.put(loader, new NodeColumns(loader, there, columns.complete(), Set.of()));
        all.put(origin.toString(), new NodeColumns(origin.toString(), outside, false, Set.of()));
        return new NodeColumns(columns.id(), here, columns.complete(), Set.of());
    }

    private static OutputColumn direct(String name, SourceColumn from) {
        return new OutputColumn(name, Map.of(from, Use.DIRECT), true);
    }

    private void sync(Node sync) {
        Object mapping = sync.attributes().get("mapping");
        Optional<NodeId> model = sync.inputs().stream().findFirst();
        if (!(mapping instanceof Map<?, ?> fields)
                || model.isEmpty()
                || sync.sends().isEmpty()) {
            return;
        }
        Optional<NodeColumns> known = Optional.ofNullable(all.get(model.get().toString()));
        List<OutputColumn> sent = new ArrayList<>();
        List<OutputColumn> filled = new ArrayList<>();
        String object = sync.sends().get(0).toString();
        fields.forEach((field, column) -> {
            String name = known.flatMap(columns -> columns.column(String.valueOf(column)))
                    .map(OutputColumn::name)
                    .orElse(String.valueOf(column));
            sent.add(direct(String.valueOf(field), new SourceColumn(model.get().toString(), name)));
            filled.add(direct(String.valueOf(field), new SourceColumn(sync.id().toString(), String.valueOf(field))));
        });
        all.put(sync.id().toString(), new NodeColumns(sync.id().toString(), sent, true, Set.of()));
        all.put(object, new NodeColumns(object, filled, false, Set.of()));
    }
}
