package dev.millrace.cli.lineage;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.sql.NodeColumns;
import dev.millrace.sql.OutputColumn;
import dev.millrace.sql.SourceColumn;
import dev.millrace.sql.Use;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Columns and where they come from as JSON. */
public final class ColumnsJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ColumnsJson() {}

    /** All nodes by id. */
    public static ObjectNode all(ColumnGraph columns) {
        ObjectNode nodes = JSON.createObjectNode();
        columns.nodes().forEach(node -> nodes.set(node.id(), of(node)));
        return nodes;
    }

    /**
     * {@code complete}: whether it has no other columns; {@code columns}: each with what it is made {@code from};
     * {@code conditions}: the columns that decide which rows there are.
     */
    public static ObjectNode of(NodeColumns node) {
        ObjectNode json = JSON.createObjectNode();
        json.put("node", node.id());
        json.put("complete", node.complete());
        ArrayNode columns = json.putArray("columns");
        for (OutputColumn column : node.columns()) {
            ObjectNode one = columns.addObject();
            one.put("name", column.name());
            one.put("known", column.known());
            ArrayNode from = one.putArray("from");
            column.inputs().forEach((input, use) -> put(from.addObject(), input).put("use", text(use)));
        }
        conditions(json, node.conditions());
        return json;
    }

    private static void conditions(ObjectNode json, Collection<SourceColumn> conditions) {
        ArrayNode array = json.putArray("conditions");
        conditions.forEach(condition -> put(array.addObject(), condition));
    }

    /** A column with the edges of both its trees: {@code from} is made into {@code to}. */
    public static ObjectNode of(SourceColumn column, ColumnGraph columns) {
        ObjectNode json = put(JSON.createObjectNode(), column);
        walk(json.putArray("upstream"), column, columns::upstream, true, new HashSet<>());
        walk(json.putArray("downstream"), column, columns::downstream, false, new HashSet<>());
        return json;
    }

    private static void walk(
            ArrayNode edges,
            SourceColumn column,
            Function<SourceColumn, Map<SourceColumn, Use>> next,
            boolean up,
            Set<SourceColumn> seen) {
        if (!seen.add(column)) {
            return;
        }
        next.apply(column).forEach((other, use) -> {
            ObjectNode edge = edges.addObject();
            put(edge.putObject("from"), up ? other : column);
            put(edge.putObject("to"), up ? column : other);
            edge.put("use", text(use));
            walk(edges, other, next, up, seen);
        });
    }

    private static ObjectNode put(ObjectNode json, SourceColumn column) {
        return json.put("node", column.table()).put("column", column.column());
    }

    private static String text(Use use) {
        return use.name().toLowerCase(Locale.ROOT);
    }
}
