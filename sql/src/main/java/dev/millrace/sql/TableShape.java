package dev.millrace.sql;

import java.util.List;

/**
 * A table that queries read, as far as it is known.
 *
 * @param id what it is called in lineage
 * @param columns in order
 * @param complete whether it has no other columns
 */
public record TableShape(String id, List<String> columns, boolean complete) {
    public TableShape {
        columns = List.copyOf(columns);
    }
}
