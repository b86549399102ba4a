package dev.millrace.transform.internal.adapter;

import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Session;

/** Fills a table from a seed's file. */
@FunctionalInterface
public interface SeedLoader {
    /**
     * Makes {@code target} anew with the file's rows, in one transaction.
     *
     * @return rows loaded
     */
    long load(Session session, RelationName target);
}
