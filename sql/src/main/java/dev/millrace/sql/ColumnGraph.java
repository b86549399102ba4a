package dev.millrace.sql;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The columns of all nodes, and which come from which. Immutable and thread-safe. */
public final class ColumnGraph {
    public static final ColumnGraph EMPTY = new ColumnGraph(List.of());

    private final Map<String, NodeColumns> nodes;
    private final Map<SourceColumn, Map<SourceColumn, Use>> downstream = new TreeMap<>();

    public ColumnGraph(Collection<NodeColumns> nodes) {
        Map<String, NodeColumns> byId = new LinkedHashMap<>();
        nodes.forEach(node -> byId.put(node.id(), node));
        this.nodes = Collections.unmodifiableMap(byId);
        for (NodeColumns node : byId.values()) {
            for (OutputColumn column : node.columns()) {
                SourceColumn own = new SourceColumn(node.id(), column.name());
                column.inputs()
                        .forEach((input, use) -> downstream
                                .computeIfAbsent(input, key -> new TreeMap<>())
                                .put(own, use));
            }
        }
    }

    public Collection<NodeColumns> nodes() {
        return nodes.values();
    }

    public Optional<NodeColumns> node(String id) {
        return Optional.ofNullable(nodes.get(id));
    }

    /** The columns that a column is made of. */
    public Map<SourceColumn, Use> upstream(SourceColumn column) {
        return node(column.table())
                .flatMap(node -> node.column(column.column()))
                .map(OutputColumn::inputs)
                .orElse(Map.of());
    }

    /** The columns that are made of a column. */
    public Map<SourceColumn, Use> downstream(SourceColumn column) {
        return Collections.unmodifiableMap(downstream.getOrDefault(column, Map.of()));
    }
}
