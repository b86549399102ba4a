package dev.millrace.core.graph;

import java.util.Locale;

/**
 * A table or view of a warehouse.
 *
 * @param warehouse which physical warehouse: two profiles that mean the same one give the same text here
 */
public record RelationName(String warehouse, String database, String schema, String identifier) {
    /** What two writers of the same relation have in common; warehouses fold the case of plain identifiers. */
    public String key() {
        return (warehouse + "\0" + database + "\0" + schema + "\0" + identifier).toLowerCase(Locale.ROOT);
    }

    public RelationName withIdentifier(String other) {
        return new RelationName(warehouse, database, schema, other);
    }

    /** {@code schema.identifier}, as people name it. */
    @Override
    public String toString() {
        return schema + "." + identifier;
    }
}
