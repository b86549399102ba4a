package dev.millrace.sql;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The columns of one node of a lineage graph.
 *
 * @param id the {@link SourceColumn#table} of its columns
 * @param columns in order, as far as they are known
 * @param complete whether it has no others
 * @param conditions what decides which rows it has
 */
public record NodeColumns(String id, List<OutputColumn> columns, boolean complete, Set<SourceColumn> conditions) {
    public NodeColumns {
        columns = List.copyOf(columns);
        conditions = Collections.unmodifiableSet(new TreeSet<>(conditions));
    }

    /** The column of a name, in any case. */
    public Optional<OutputColumn> column(String name) {
        return columns.stream()
                .filter(column -> column.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
