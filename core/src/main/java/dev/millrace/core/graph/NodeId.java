package dev.millrace.core.graph;

/**
 * The identity of a node, as dbt's manifest writes it: {@code kind.project.name}.
 *
 * @param name may hold dots itself ({@code raw.orders} for a source)
 */
public record NodeId(NodeKind kind, String project, String name) implements Comparable<NodeId> {
    @Override
    public int compareTo(NodeId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return kind.key() + "." + project + "." + name;
    }
}
