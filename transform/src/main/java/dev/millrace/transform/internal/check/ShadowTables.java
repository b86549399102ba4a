package dev.millrace.transform.internal.check;

import dev.millrace.core.graph.RelationName;
import dev.millrace.sql.SourceColumn;
import dev.millrace.sql.TableShape;
import dev.millrace.sql.Tables;
import dev.millrace.warehouse.shadow.Existing;
import dev.millrace.warehouse.shadow.Shadow;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables of the shadow: those of the project's nodes, and what the real warehouse has besides. Not thread-safe. */
final class ShadowTables implements Tables {
    /** Where DuckDB looks for a table that is named without a schema. */
    private static final String DEFAULT_SCHEMA = "main";

    private final Shadow shadow;
    private final Existing existing;
    private final Set<String> owned;
    private final Map<String, ShadowTable> tables = new HashMap<>();
    private final Map<String, ShadowTable> byId = new HashMap<>();
    private final Set<String> defined = new HashSet<>();

    /** @param owned keys of the relations that the project's nodes write: what they hold now is no ground to go on */
    ShadowTables(Shadow shadow, Existing existing, Set<String> owned) {
        this.shadow = shadow;
        this.existing = existing;
        this.owned = owned;
    }

    Existing existing() {
        return existing;
    }

    RelationName unqualified(String table) {
        return shadow.warehouse().relation(DEFAULT_SCHEMA, table);
    }

    void put(ShadowTable table) {
        tables.put(table.name().key(), table);
        byId.put(table.id(), table);
        defined.remove(table.name().key());
    }

    Optional<ShadowTable> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** What is known of a relation. */
    Optional<ShadowTable> table(RelationName name) {
        ShadowTable known = tables.get(name.key());
        if (known != null || owned.contains(name.key())) {
            return Optional.ofNullable(known);
        }
        Optional<ShadowTable> found = existing.columns(name)
                .map(columns -> new ShadowTable(
                        name.database() + "." + name.schema() + "." + name.identifier(), name, columns, true, true));
        found.ifPresent(this::put);
        return found;
    }

    @Override
    public Optional<TableShape> find(List<String> path) {
        return table(path).map(ShadowTable::shape);
    }

    private Optional<ShadowTable> table(List<String> path) {
        String last = path.get(path.size() - 1);
        String warehouse = shadow.warehouse().identity();
        return switch (path.size()) {
            case 1 -> table(unqualified(last));
            case 2 ->
                table(new RelationName(warehouse, shadow.warehouse().database(), path.get(0), last))
                        .or(() -> table(new RelationName(warehouse, path.get(0), DEFAULT_SCHEMA, last)));
            default -> table(new RelationName(warehouse, path.get(0), path.get(1), last));
        };
    }

    /** Makes the table in the shadow, unless it is there. */
    void define(ShadowTable table) {
        if (defined.add(table.name().key())) {
            if (table.columns().isEmpty()) {
                // A table needs a column; nobody asks for this one.
                shadow.define(table.name(), List.of(ShadowTable.any("__millrace_no_column")));
            } else {
                shadow.define(table.name(), table.columns());
            }
        }
    }

    /** Gives tables of unknown shape the columns that a query asks them for. */
    void assume(Collection<SourceColumn> columns) {
        for (SourceColumn column : columns) {
            ShadowTable table = byId.get(column.table());
            if (table != null && !table.complete() && !table.has(column.column())) {
                put(table.with(column.column()));
            }
        }
    }
}
