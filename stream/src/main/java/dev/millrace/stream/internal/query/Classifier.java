package dev.millrace.stream.internal.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds out of what grain a query is. What is not known to be right is refused: a query passes only if computing it
 * over some windows (or some rows) gives exactly the rows of those that it gives over all.
 */
final class Classifier {
    private static final Set<String> KEEPS_LEFT = Set.of("INNER", "LEFT", "SEMI", "ANTI");
    private static final Set<String> KEEPS_RIGHT = Set.of("INNER", "RIGHT");

    private Classifier() {}

    /** @param known the grain of the names that are not tables: inputs and CTEs, in lower case */
    static Grain query(JsonNode node, Map<String, Grain> known) {
        if (!Tree.text(node, "type").equals("SELECT_NODE")) {
            if (Tree.reads(node, streams(known))) {
                throw new Unsupported(
                        "a stream cannot be part of a union or a recursive query",
                        "Make a streaming model of each part and a view over them.",
                        node);
            }
            return Grain.STATIC;
        }
        Map<String, Grain> names = withCtes(node, known);
        Grain from = from(node.path("from_table"), names);
        for (String clause :
                List.of("select_list", "where_clause", "group_expressions", "having", "qualify", "modifiers")) {
            if (Tree.reads(node.path(clause), streams(names))) {
                throw new Unsupported(
                        "a stream cannot be read in a subquery of an expression",
                        "Read it in the from clause, or join with a table.",
                        node.path(clause));
            }
        }
        return from == Grain.STATIC ? Grain.STATIC : select(node, from);
    }

    static Map<String, Grain> withCtes(JsonNode node, Map<String, Grain> known) {
        Map<String, Grain> names = new HashMap<>(known);
        for (JsonNode cte : node.path("cte_map").path("map")) {
            JsonNode value = cte.path("value");
            JsonNode body = value.has("query_node")
                    ? value.path("query_node")
                    : value.path("query").path("node");
            names.put(Tree.text(cte, "key").toLowerCase(java.util.Locale.ROOT), query(body, names));
        }
        return names;
    }

    private static Set<String> streams(Map<String, Grain> known) {
        Set<String> names = new HashSet<>();
        known.forEach((name, grain) -> {
            if (grain != Grain.STATIC) {
                names.add(name);
            }
        });
        return names;
    }

    static Grain from(JsonNode table, Map<String, Grain> known) {
        return switch (Tree.text(table, "type")) {
            case "BASE_TABLE" ->
                Tree.isUnqualified(table) ? known.getOrDefault(Tree.tableName(table), Grain.STATIC) : Grain.STATIC;
            case "SUBQUERY" -> query(table.path("subquery").path("node"), known);
            case "JOIN" -> join(table, known);
            default -> {
                if (Tree.reads(table, streams(known))) {
                    throw new Unsupported(
                            "a stream cannot be read in "
                                    + Tree.text(table, "type").toLowerCase(java.util.Locale.ROOT),
                            "Read it directly in the from clause.",
                            table);
                }
                yield Grain.STATIC;
            }
        };
    }

    private static Grain join(JsonNode join, Map<String, Grain> known) {
        Grain left = from(join.path("left"), known);
        Grain right = from(join.path("right"), known);
        if (Tree.reads(join.path("condition"), streams(known))) {
            throw new Unsupported(
                    "a stream cannot be read in a subquery of a join's condition", "Join with a table.", join);
        }
        if (left != Grain.STATIC && right != Grain.STATIC) {
            throw new Unsupported(
                    "a stream cannot be joined with a stream",
                    "Join it with a table: that model's table as it is when the rows are computed.",
                    join);
        }
        String type = Tree.text(join, "join_type");
        boolean positional = Tree.text(join, "ref_type").equals("POSITIONAL");
        boolean keeps = (left == Grain.STATIC || KEEPS_LEFT.contains(type))
                && (right == Grain.STATIC || KEEPS_RIGHT.contains(type));
        if (left == Grain.STATIC && right == Grain.STATIC) {
            return Grain.STATIC;
        }
        if (!keeps || positional) {
            throw new Unsupported(
                    "a " + (positional ? "positional" : type.toLowerCase(java.util.Locale.ROOT))
                            + " join gives rows of the table that do not come from the stream",
                    "Use an inner join, or an outer join that keeps the stream's rows.",
                    join);
        }
        return left == Grain.STATIC ? right : left;
    }

    private static Grain select(JsonNode node, Grain from) {
        refuse(node.path("sample"), "a sample of a stream changes with every row");
        boolean distinct = false;
        for (JsonNode modifier : node.path("modifiers")) {
            String type = Tree.text(modifier, "type");
            if (type.startsWith("LIMIT")) {
                throw new Unsupported(
                        "a limit changes which rows of the whole stream are seen",
                        "Use qualify row_number() over (partition by window_start order by …) <= n.",
                        modifier);
            }
            distinct |= type.startsWith("DISTINCT");
        }
        boolean overWindows = windowFunctions(node);
        if (Groups.grouped(node)) {
            Groups.requireWindowStart(node);
            return Grain.WINDOWS;
        }
        if (distinct && !selectsWindowStart(node)) {
            throw new Unsupported(
                    "distinct must include window_start",
                    "Select window_start, or group by it.",
                    node.path("select_list"));
        }
        return distinct || overWindows ? Grain.WINDOWS : from;
    }

    private static boolean selectsWindowStart(JsonNode node) {
        for (JsonNode item : node.path("select_list")) {
            if (Tree.isWindowStart(item)) {
                return true;
            }
        }
        return false;
    }

    private static void refuse(JsonNode clause, String text) {
        if (!clause.isNull() && !clause.isMissingNode()) {
            throw new Unsupported(text, "Leave it out of the streaming model.", clause);
        }
    }

    private static boolean windowFunctions(JsonNode node) {
        boolean[] found = new boolean[1];
        for (String clause : List.of("select_list", "qualify")) {
            Tree.any(node.path(clause), expression -> {
                if (Tree.isWindowFunction(expression)) {
                    found[0] = true;
                    requirePartition(expression);
                }
                return false;
            });
        }
        return found[0];
    }

    private static void requirePartition(JsonNode function) {
        for (JsonNode key : function.path("partitions")) {
            if (Tree.isWindowStart(key)) {
                return;
            }
        }
        throw new Unsupported(
                "a window function must stay within one window of time",
                "Write over (partition by window_start, …).",
                function);
    }
}
