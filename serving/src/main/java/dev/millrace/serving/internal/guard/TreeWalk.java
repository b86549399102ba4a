package dev.millrace.serving.internal.guard;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.core.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Visits every object of a syntax tree, whatever field it hangs on, so that nothing is overlooked that a later version
 * adds: an object is an expression (it has a class), a node, table reference or modifier (it has a type), or plain
 * data.
 */
public final class TreeWalk {
    private static final Set<String> EXPRESSIONS = Set.of(
            "BETWEEN",
            "CASE",
            "CAST",
            "COLLATE",
            "COLUMN_REF",
            "COMPARISON",
            "CONJUNCTION",
            "CONSTANT",
            "FUNCTION",
            "LAMBDA",
            "LAMBDA_REF",
            "OPERATOR",
            "PARAMETER",
            "POSITIONAL_REFERENCE",
            "STAR",
            "SUBQUERY",
            "TYPE",
            "WINDOW");
    private static final Set<String> NODES = Set.of(
            "SELECT_NODE",
            "SET_OPERATION_NODE",
            "RECURSIVE_CTE_NODE",
            "CTE_NODE",
            "BASE_TABLE",
            "SUBQUERY",
            "JOIN",
            "TABLE_FUNCTION",
            "EXPRESSION_LIST",
            "EMPTY",
            "PIVOT",
            "SHOW_REF",
            "LIMIT_MODIFIER",
            "LIMIT_PERCENT_MODIFIER",
            "DISTINCT_MODIFIER",
            "ORDER_MODIFIER");
    /** Objects whose type is not that of a node: how one column is ordered. */
    private static final Set<String> PLAIN = Set.of("ORDER_DEFAULT", "ASCENDING", "DESCENDING");

    private static final int MAX_DEPTH = 400;

    private final SyntaxTree tree;
    private final Functions functions;
    private final VisibleRelations relations;

    public TreeWalk(SyntaxTree tree, Functions functions, VisibleRelations relations) {
        this.tree = tree;
        this.functions = functions;
        this.relations = relations;
    }

    public void check() {
        visit(tree.statement(), Scope.EMPTY, 0);
    }

    private void visit(JsonNode node, Scope scope, int depth) {
        if (depth > MAX_DEPTH) {
            throw tree.refusal(node, "the query is nested too deeply", null);
        }
        if (node.isArray()) {
            for (JsonNode item : node) {
                visit(item, scope, depth + 1);
            }
        } else if (node.isObject()) {
            object(node, scope, depth);
        }
    }

    private void object(JsonNode node, Scope scope, int depth) {
        Scope inner = scope;
        if (node.has("class")) {
            expression(node);
        } else if (node.path("type").isTextual()) {
            inner = node(node, scope, depth);
        }
        for (var field : node.properties()) {
            boolean visited = field.getKey().equals("cte_map")
                    || (field.getKey().equals("function") && isTableFunction(node))
                    || (field.getKey().equals("right")
                            && node.path("type").asText().equals("RECURSIVE_CTE_NODE"));
            if (!visited) {
                visit(field.getValue(), inner, depth + 1);
            }
        }
    }

    private void expression(JsonNode node) {
        String kind = node.path("class").asText();
        if (!EXPRESSIONS.contains(kind)) {
            throw tree.refusal(node, "an expression of the kind " + kind + " is not allowed", null);
        }
        if (kind.equals("FUNCTION") || kind.equals("WINDOW")) {
            function(node);
        }
        if (node.path("export_state").asBoolean()) {
            throw tree.refusal(node, "the state of an aggregate may not be exported", null);
        }
    }

    private void function(JsonNode node) {
        String name = node.path("function_name").asText();
        if (!isBuiltIn(node) || !functions.allows(name)) {
            throw tree.refusal(
                    node,
                    "the function " + qualified(node) + " is not allowed",
                    Suggestion.closest(name, functions.names())
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("Functions that compute values are; those that reach files, settings or the"
                                    + " catalog are not."));
        }
    }

    private void tableFunction(JsonNode reference, Scope scope, int depth) {
        JsonNode function = reference.path("function");
        String name = function.path("function_name").asText();
        if (!function.path("class").asText().equals("FUNCTION")
                || !isBuiltIn(function)
                || !functions.allowsTable(name)) {
            throw tree.refusal(
                    reference,
                    "the table function " + qualified(function) + " is not allowed",
                    "Allowed are "
                            + String.join(
                                    ", ",
                                    Functions.tableFunctions().stream().sorted().toList()) + ".");
        }
        for (var field : function.properties()) {
            visit(field.getValue(), scope, depth + 1);
        }
    }

    private Scope node(JsonNode node, Scope scope, int depth) {
        String type = node.path("type").asText();
        if (PLAIN.contains(type) && node.has("null_order")) {
            return scope;
        }
        if (!NODES.contains(type)) {
            String what =
                    type.replaceAll("_?(QUERY_)?NODE$", "").replace('_', ' ').strip();
            throw tree.refusal(node, what + " is not allowed", "Only reading is.");
        }
        switch (type) {
            case "BASE_TABLE" -> baseTable(node, scope);
            case "TABLE_FUNCTION" -> tableFunction(node, scope, depth);
            case "SHOW_REF" -> show(node);
            default -> {
                return expressions(node, scope, depth);
            }
        }
        return scope;
    }

    /** A common table expression sees those before it, and itself only where it is recursive. */
    private Scope expressions(JsonNode node, Scope outer, int depth) {
        Scope scope = outer;
        for (JsonNode entry : node.path("cte_map").path("map")) {
            visit(entry.path("value"), scope, depth + 1);
            scope = scope.with(entry.path("key").asText());
        }
        if (node.path("type").asText().equals("RECURSIVE_CTE_NODE")) {
            visit(node.path("right"), scope.with(node.path("cte_name").asText()), depth + 1);
        }
        return scope;
    }

    private void baseTable(JsonNode node, Scope scope) {
        List<String> path = path(node);
        if (path.size() == 1 && scope.has(path.get(0))) {
            return;
        }
        // In a recursive expression with a key, recurring.x is what x has become so far.
        if (path.size() == 2 && path.get(0).equalsIgnoreCase("recurring") && scope.has(path.get(1))) {
            return;
        }
        relations.require(path, (message, hint) -> tree.refusal(node, message, hint));
    }

    private void show(JsonNode node) {
        boolean describes =
                Set.of("DESCRIBE", "SUMMARY").contains(node.path("show_type").asText());
        if (!describes || !node.path("query").isObject()) {
            throw tree.refusal(
                    node,
                    "SHOW is not allowed",
                    "Select from information_schema.tables or information_schema.columns.");
        }
    }

    private static boolean isTableFunction(JsonNode node) {
        return !node.has("class") && node.path("type").asText().equals("TABLE_FUNCTION");
    }

    private static boolean isBuiltIn(JsonNode function) {
        List<String> path = path(function);
        String schema = function.path("schema").asText();
        boolean plain = path.size() <= 1 && schema.isEmpty();
        boolean qualified = path.size() == 2 && path.get(0).equalsIgnoreCase("pg_catalog");
        return (plain || qualified) && function.path("catalog").asText().isEmpty();
    }

    private static String qualified(JsonNode function) {
        return String.join(".", path(function));
    }

    private static List<String> path(JsonNode node) {
        List<String> path = new ArrayList<>();
        node.path("qualified_name").path("path").forEach(part -> path.add(part.asText()));
        return path;
    }
}
