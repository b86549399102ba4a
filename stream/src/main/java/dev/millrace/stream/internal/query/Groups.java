package dev.millrace.stream.internal.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a select groups by, and whether its groups can be added up. */
final class Groups {
    private Groups() {}

    static boolean grouped(JsonNode node) {
        return node.path("group_expressions").size() > 0
                || all(node)
                || Tree.any(node.path("select_list"), Tree::isAggregate)
                || Tree.any(node.path("having"), Tree::isAggregate);
    }

    /** {@code group by all}. */
    private static boolean all(JsonNode node) {
        return Tree.text(node, "aggregate_handling").equals("FORCE_AGGREGATES");
    }

    static void requireWindowStart(JsonNode node) {
        if (node.path("group_sets").size() > 1) {
            throw new Unsupported(
                    "grouping sets, rollup and cube give rows that span windows",
                    "Group by window_start and what else there is, once.",
                    node.path("group_expressions"));
        }
        for (JsonNode key : keys(node)) {
            if (Tree.isWindowStart(key)) {
                return;
            }
        }
        throw new Unsupported(
                "a streaming model must group by window_start",
                "Read the stream by tumble(…) or hop(…), select window_start and group by it.",
                node.path("group_expressions").size() > 0 ? node.path("group_expressions") : node.path("select_list"));
    }

    /** The expressions that are grouped by; positions and aliases are replaced by what they stand for. */
    static List<JsonNode> keys(JsonNode node) {
        JsonNode items = node.path("select_list");
        List<JsonNode> keys = new ArrayList<>();
        if (all(node)) {
            for (JsonNode item : items) {
                if (!Tree.any(item, Tree::isAggregate)) {
                    keys.add(item);
                }
            }
            return keys;
        }
        for (JsonNode expression : node.path("group_expressions")) {
            keys.add(resolved(expression, items));
        }
        return keys;
    }

    private static JsonNode resolved(JsonNode expression, JsonNode items) {
        JsonNode literal = expression.path("literal");
        if (Tree.text(literal, "kind").equals("INTEGER")) {
            JsonNode item = items.get(literal.path("text").asInt() - 1);
            return item == null ? expression : item;
        }
        if (expression.path("column_names").size() == 1) {
            for (JsonNode item : items) {
                if (!Tree.text(item, "alias").isEmpty() && Tree.name(item).equals(Tree.name(expression))) {
                    return item;
                }
            }
        }
        return expression;
    }

    /** How the rows of new events join the old ones; empty if only all rows of a group tell its aggregates. */
    static Optional<MergePlan> merge(JsonNode node) {
        if (!node.path("having").isNull()
                || !node.path("qualify").isNull()
                || node.path("modifiers").size() > 0) {
            return Optional.empty();
        }
        List<MergePlan.Column> columns = new ArrayList<>();
        List<JsonNode> selected = new ArrayList<>();
        for (JsonNode item : node.path("select_list")) {
            if (Tree.text(item, "class").equals("STAR") || Tree.any(item, Tree::isWindowFunction)) {
                return Optional.empty();
            }
            if (Tree.any(item, Tree::isAggregate)) {
                Optional<MergePlan.Column> measure = measure(item);
                if (measure.isEmpty()) {
                    return Optional.empty();
                }
                columns.add(measure.get());
            } else {
                columns.add(MergePlan.Column.KEY);
                selected.add(Tree.plain(item));
            }
        }
        for (JsonNode key : keys(node)) {
            if (!selected.contains(Tree.plain(key))) {
                return Optional.empty();
            }
        }
        return Optional.of(new MergePlan(columns));
    }

    private static Optional<MergePlan.Column> measure(JsonNode item) {
        boolean plain = Tree.isAggregate(item)
                && !item.path("distinct").asBoolean()
                && item.path("order_bys").path("orders").size() == 0
                && item.path("arguments").size() <= 1;
        if (!plain) {
            return Optional.empty();
        }
        return switch (Tree.text(item, "function_name").toLowerCase(java.util.Locale.ROOT)) {
            case "count", "count_star", "sum" -> Optional.of(MergePlan.Column.SUM);
            case "min" -> Optional.of(MergePlan.Column.LEAST);
            case "max" -> Optional.of(MergePlan.Column.GREATEST);
            default -> Optional.empty();
        };
    }
}
