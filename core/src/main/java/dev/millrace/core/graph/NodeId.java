package dev.millrace.core.graph;

/**
 * The identity of a node, as dbt's manifest writes it: {@code kind.project.name}.
 *
 * @param name may hold dots itself ({@code raw.orders} for a source)
 */
public record NodeId(NodeKind kind, String project, String name) implements Comparable<NodeId> {
    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is no id, or of an unknown kind
     */
    public static NodeId parse(String text) {
        String[] parts = text.split("\\.", 3);
        if (parts.length == 3) {
            for (NodeKind kind : NodeKind.values()) {
                if (kind.key().equals(parts[0])) {
                    return new NodeId(kind, parts[1], parts[2]);
                }
            }
        }
        throw new IllegalArgumentException("'" + text + "' is no id of a node");
    }

    @Override
    public int compareTo(NodeId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return kind.key() + "." + project + "." + name;
    }
}
