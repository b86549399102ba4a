package dev.millrace.warehouse;

import dev.millrace.core.graph.RelationName;

/** How a warehouse writes what differs between warehouses. Stateless. */
public interface Dialect {
    /** {@code duckdb}, {@code postgres} … */
    String name();

    /** The identifier in quotes, with quotes inside doubled. */
    String quote(String identifier);

    /** {@code "database"."schema"."identifier"}. */
    default String quote(RelationName relation) {
        return quote(relation.database()) + "." + quote(relation.schema()) + "." + quote(relation.identifier());
    }

    /** A text as a literal. */
    default String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    /** The warehouse's own name of a type, such as {@code DECIMAL(12,2)}. */
    String typeName(DataType type);

    /**
     * The type of a column as the warehouse describes it, for reading it back; JSON text for what has no counterpart.
     */
    DataType dataType(String typeName);
}
