package dev.millrace.transform.internal.artifact;

import dev.millrace.sql.NodeColumns;
import dev.millrace.sql.OutputColumn;
import dev.millrace.sql.SourceColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The columns of a node and what they are made of, for the manifest. */
final class ColumnLineageJson {
    private ColumnLineageJson() {}

    static Map<String, Object> of(NodeColumns node) {
        Map<String, Object> columns = new LinkedHashMap<>();
        for (OutputColumn column : node.columns()) {
            List<Map<String, Object>> from = new ArrayList<>();
            column.inputs().forEach((input, use) -> {
                Map<String, Object> one = of(input);
                one.put("use", use.name().toLowerCase(Locale.ROOT));
                from.add(one);
            });
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("known", column.known());
            json.put("from", from);
            columns.put(column.name(), json);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("complete", node.complete());
        json.put("columns", columns);
        json.put(
                "conditions",
                node.conditions().stream().map(ColumnLineageJson::of).toList());
        return json;
    }

    private static Map<String, Object> of(SourceColumn column) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("node", column.table());
        json.put("column", column.column());
        return json;
    }
}
