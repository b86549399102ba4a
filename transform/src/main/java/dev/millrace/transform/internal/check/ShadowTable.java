package dev.millrace.transform.internal.check;

import dev.millrace.core.graph.RelationName;
import dev.millrace.sql.TableShape;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.shadow.Shadow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A table of the shadow.
 *
 * @param id of its node, or its name if it has none
 * @param complete whether it is known to have no other columns
 * @param typed whether the types of its columns are those that the real table has
 */
record ShadowTable(String id, RelationName name, List<Column> columns, boolean complete, boolean typed) {
    ShadowTable {
        columns = List.copyOf(columns);
    }

    /** A table of which nothing is known but the names of some columns. */
    static ShadowTable unknown(String id, RelationName name, Collection<String> columns) {
        return new ShadowTable(id, name, columns.stream().map(ShadowTable::any).toList(), false, false);
    }

    static Column any(String name) {
        return new Column(name, Shadow.ANY_TYPE, true);
    }

    /** With a column that queries say it has. */
    ShadowTable with(String column) {
        if (has(column)) {
            return this;
        }
        List<Column> more = new ArrayList<>(columns);
        more.add(any(column));
        return new ShadowTable(id, name, more, complete, typed);
    }

    boolean has(String column) {
        return columns.stream().anyMatch(one -> one.name().equalsIgnoreCase(column));
    }

    TableShape shape() {
        return new TableShape(id, columns.stream().map(Column::name).toList(), complete);
    }
}
