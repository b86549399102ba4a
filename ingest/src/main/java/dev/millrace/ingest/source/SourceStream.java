package dev.millrace.ingest.source;

import java.util.List;
import java.util.Optional;

/**
 * A table or object that a source offers.
 *
 * @param namespace the schema it is in; empty where there is no such thing
 * @param name as the source writes it
 * @param columns in the source's order
 * @param primaryKey names of columns; empty if there is none
 * @param included whether it is read by a connection that names no streams (a table is, a view is not)
 */
public record SourceStream(
        String namespace, String name, List<SourceColumn> columns, List<String> primaryKey, boolean included) {
    public SourceStream {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /** {@code namespace.name}, or the name alone. */
    public String qualifiedName() {
        return namespace.isEmpty() ? name : namespace + "." + name;
    }

    public Optional<SourceColumn> column(String column) {
        return columns.stream()
                .filter(known -> known.name().equals(column))
                .findFirst()
                .or(() -> columns.stream()
                        .filter(known -> known.name().equalsIgnoreCase(column))
                        .findFirst());
    }
}
