package dev.millrace.transform.internal.check;

import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.sql.NodeColumns;
import dev.millrace.sql.OutputColumn;
import dev.millrace.sql.QueryLineage;
import dev.millrace.sql.SourceColumn;
import dev.millrace.sql.Use;
import dev.millrace.transform.internal.resource.ColumnInfo;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.warehouse.Column;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The columns of the relation that a node makes of its query. */
final class RelationColumns {
    /** Materializations whose relations have exactly the columns of the query. */
    private static final Set<String> FAITHFUL = Set.of("view", "table", "incremental", "ephemeral", "external");

    private RelationColumns() {}

    static ShadowTable of(Resource resource, RelationName name, QueryCheck.Answer answer) {
        List<Column> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        contracted(resource, answer.columns()).forEach(column -> {
            if (seen.add(column.name().toLowerCase(Locale.ROOT))
                    && !column.name().isEmpty()) {
                columns.add(column);
            }
        });
        boolean faithful = resource.kind() == NodeKind.SNAPSHOT || FAITHFUL.contains(resource.materialized());
        boolean typed = answer.typed();
        if (resource.kind() == NodeKind.SNAPSHOT) {
            validity(resource).keySet().stream()
                    .filter(added -> seen.add(added.toLowerCase(Locale.ROOT)))
                    .forEach(added -> columns.add(ShadowTable.any(added)));
            typed = false;
        }
        return new ShadowTable(
                resource.id().toString(), name, columns, faithful && answer.complete() && !columns.isEmpty(), typed);
    }

    /** Types that a contract promises are those the table is made with. */
    private static List<Column> contracted(Resource resource, List<Column> columns) {
        boolean enforced =
                "true".equals(String.valueOf(resource.config().map("contract").get("enforced")));
        if (!enforced) {
            return columns;
        }
        Map<String, String> types = new LinkedHashMap<>();
        for (ColumnInfo column : resource.properties().columns().values()) {
            if (column.dataType() != null) {
                types.put(column.name().toLowerCase(Locale.ROOT), column.dataType());
            }
        }
        return columns.stream()
                .map(column -> new Column(
                        column.name(),
                        types.getOrDefault(column.name().toLowerCase(Locale.ROOT), column.type()),
                        column.nullable()))
                .toList();
    }

    /** The columns that a snapshot adds, and the configuration that names what they come from. */
    private static Map<String, String> validity(Resource snapshot) {
        Map<?, ?> names = snapshot.config().map("snapshot_meta_column_names");
        Map<String, String> added = new LinkedHashMap<>();
        for (String name : List.of("dbt_scd_id", "dbt_updated_at", "dbt_valid_from", "dbt_valid_to")) {
            Object other = names.get(name);
            added.put(other == null ? name : String.valueOf(other), name);
        }
        if ("new_record".equals(snapshot.config().text("hard_deletes"))) {
            Object other = names.get("dbt_is_deleted");
            added.put(other == null ? "dbt_is_deleted" : String.valueOf(other), "dbt_is_deleted");
        }
        return added;
    }

    static NodeColumns lineage(Resource resource, ShadowTable table, QueryCheck.Answer answer) {
        QueryLineage lineage = answer.lineage();
        List<OutputColumn> columns = new ArrayList<>();
        lineage.columns().stream().filter(column -> !column.name().isEmpty()).forEach(columns::add);
        if (resource.kind() == NodeKind.SNAPSHOT) {
            String updated = resource.config().text("updated_at", "");
            Map<SourceColumn, Use> from = new LinkedHashMap<>();
            boolean column = false;
            for (OutputColumn one : lineage.columns()) {
                if (one.name().equalsIgnoreCase(updated)) {
                    from.putAll(one.inputs());
                    column = one.known();
                }
            }
            boolean timestamp = column && "timestamp".equals(resource.config().text("strategy"));
            validity(resource).keySet().forEach(added -> columns.add(new OutputColumn(added, from, timestamp)));
        }
        return new NodeColumns(resource.id().toString(), columns, table.complete(), lineage.conditions());
    }
}
