package dev.millrace.core.graph;

import java.util.List;

/**
 * Something outside the warehouse that a node reads or writes, in OpenLineage's word: a table of an operational
 * database, an object of a SaaS application.
 *
 * @param system the logical name under {@code sources:} or {@code destinations:} of millrace.yml
 * @param name the table or object there, such as {@code public.orders} or {@code Account}
 * @param fields the fields read or written, in order; empty when all are
 */
public record Dataset(String system, String name, List<String> fields) {
    public Dataset {
        fields = List.copyOf(fields);
    }

    @Override
    public String toString() {
        return system + ":" + name;
    }
}
