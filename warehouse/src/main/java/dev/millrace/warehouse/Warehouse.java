package dev.millrace.warehouse;

import dev.millrace.core.graph.RelationName;

/** A warehouse that is open. Thread-safe; its sessions are not. */
public interface Warehouse extends AutoCloseable {
    /** The same text for every profile that means the same physical warehouse. */
    String identity();

    Dialect dialect();

    /** The database (catalog) that relations go to unless they say otherwise. */
    String database();

    /** A new session on a connection of its own. */
    Session open();

    default RelationName relation(String schema, String identifier) {
        return new RelationName(identity(), database(), schema, identifier);
    }

    @Override
    void close();
}
