package dev.millrace.transform.internal.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Questions to the trees of queries. Pure functions. */
final class Trees {
    private Trees() {}

    /** Whether the two are the same but for these fields. */
    static boolean sameBut(JsonNode before, JsonNode now, String... fields) {
        return without(before, fields).equals(without(now, fields));
    }

    private static JsonNode without(JsonNode node, String... fields) {
        return node instanceof ObjectNode object ? object.deepCopy().without(List.of(fields)) : node;
    }

    /** Whether anything in the tree reads the unqualified name as a table. */
    static boolean reads(JsonNode tree, String name) {
        return any(
                tree,
                node -> node.path("type").asText().equals("BASE_TABLE")
                        && node.path("schema_name").asText().isEmpty()
                        && node.path("table_name").asText().equalsIgnoreCase(name));
    }

    /** Whether anything in the tree refers to one of the columns without saying of which table. */
    static boolean mentions(JsonNode tree, Collection<String> columns) {
        return any(
                tree,
                node -> node.path("class").asText().equals("COLUMN_REF")
                        && node.path("column_names").size() == 1
                        && columns.contains(node.path("column_names").get(0).asText()));
    }

    /** Whether the tree holds a star. */
    static boolean hasStar(JsonNode tree) {
        return any(tree, node -> node.path("class").asText().equals("STAR"));
    }

    static boolean any(JsonNode tree, Predicate<JsonNode> wanted) {
        if (tree.isObject() && wanted.test(tree)) {
            return true;
        }
        for (JsonNode child : tree) {
            if (any(child, wanted)) {
                return true;
            }
        }
        return false;
    }
}
