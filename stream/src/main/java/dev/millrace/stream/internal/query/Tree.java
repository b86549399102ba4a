package dev.millrace.stream.internal.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Questions to trees of SQL as DuckDB writes them. */
final class Tree {
    static final String WINDOW_START = "window_start";

    private Tree() {}

    /** The nodes of an expression's own level: subqueries are left out. */
    static boolean any(JsonNode tree, Predicate<JsonNode> test) {
        if (tree.isObject() && tree.has("class")) {
            if (test.test(tree)) {
                return true;
            }
            if (text(tree, "class").equals("SUBQUERY")) {
                return any(tree.path("child"), test);
            }
        }
        for (JsonNode child : tree) {
            if (child.isContainerNode() && any(child, test)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a table of one of these names is read anywhere in the tree. */
    static boolean reads(JsonNode tree, Set<String> tables) {
        if (text(tree, "type").equals("BASE_TABLE") && isUnqualified(tree) && tables.contains(tableName(tree))) {
            return true;
        }
        for (JsonNode child : tree) {
            if (child.isContainerNode() && reads(child, tables)) {
                return true;
            }
        }
        return false;
    }

    static boolean isUnqualified(JsonNode table) {
        return text(table, "schema_name").isEmpty();
    }

    static String tableName(JsonNode table) {
        return text(table, "table_name").toLowerCase(Locale.ROOT);
    }

    static boolean isAggregate(JsonNode expression) {
        return text(expression, "class").equals("FUNCTION")
                && SqlParser.instance().isAggregate(text(expression, "function_name"));
    }

    static boolean isWindowFunction(JsonNode expression) {
        return text(expression, "class").equals("WINDOW");
    }

    /** Whether the expression is the window's start and nothing else. */
    static boolean isWindowStart(JsonNode expression) {
        JsonNode names = expression.path("column_names");
        return text(expression, "class").equals("COLUMN_REF")
                && names.size() > 0
                && names.get(names.size() - 1).asText().equalsIgnoreCase(WINDOW_START);
    }

    /** The name of a select list's item as far as it is written. */
    static String name(JsonNode item) {
        String alias = text(item, "alias");
        if (!alias.isEmpty()) {
            return alias.toLowerCase(Locale.ROOT);
        }
        JsonNode names = item.path("column_names");
        return names.size() == 0 ? "" : names.get(names.size() - 1).asText().toLowerCase(Locale.ROOT);
    }

    static String text(JsonNode node, String key) {
        return node.path(key).asText("");
    }

    /** Where it begins in the SQL; 0 when the tree does not tell. */
    static int offset(JsonNode node) {
        if (node.path("query_location").canConvertToInt()) {
            return node.path("query_location").asInt();
        }
        for (JsonNode child : node) {
            int inner = child.isContainerNode() ? offset(child) : 0;
            if (inner > 0) {
                return inner;
            }
        }
        return 0;
    }

    /** The expression without what does not change its value. */
    static JsonNode plain(JsonNode expression) {
        JsonNode copy = expression.deepCopy();
        strip(copy);
        return copy;
    }

    private static void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove("query_location");
            object.remove("query_location_length");
            object.remove("alias");
        }
        node.forEach(Tree::strip);
    }
}
