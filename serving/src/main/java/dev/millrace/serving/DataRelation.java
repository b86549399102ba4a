package dev.millrace.serving;

import dev.millrace.warehouse.Column;
import java.util.List;

/**
 * A relation that is served.
 *
 * @param name {@code schema.table}
 * @param node the id of the node that writes it, or else describes it
 * @param kind of that node: {@code model}, {@code source} …
 * @param columns as the warehouse describes them; empty while the relation does not exist yet
 */
public record DataRelation(String name, String node, String kind, String description, List<Column> columns) {
    public DataRelation {
        columns = List.copyOf(columns);
    }
}
