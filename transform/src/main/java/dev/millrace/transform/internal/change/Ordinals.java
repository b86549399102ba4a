package dev.millrace.transform.internal.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** GROUP BY and ORDER BY with the columns that numbers stand for. */
final class Ordinals {
    private Ordinals() {}

    static JsonNode resolved(JsonNode select, String field) {
        JsonNode clause = select.path(field);
        return switch (field) {
            case "group_expressions" -> expressions(select, clause);
            case "modifiers" -> modifiers(select, clause);
            default -> clause;
        };
    }

    private static JsonNode expressions(JsonNode select, JsonNode expressions) {
        ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
        expressions.forEach(expression -> resolved.add(expression(select, expression)));
        return resolved;
    }

    private static JsonNode modifiers(JsonNode select, JsonNode modifiers) {
        JsonNode copy = modifiers.deepCopy();
        for (JsonNode modifier : copy) {
            for (JsonNode order : modifier.path("orders")) {
                if (order instanceof ObjectNode one) {
                    one.set("expression", expression(select, one.path("expression")));
                }
            }
            if (modifier instanceof ObjectNode one && one.has("distinct_on_targets")) {
                one.set("distinct_on_targets", expressions(select, one.path("distinct_on_targets")));
            }
        }
        return copy;
    }

    private static JsonNode expression(JsonNode select, JsonNode expression) {
        JsonNode literal = expression.path("literal");
        if (literal.path("kind").asText().equals("INTEGER")) {
            int place = literal.path("text").asInt();
            JsonNode column = select.path("select_list").path(place - 1);
            boolean beforeStars = true;
            for (int i = 0; i < place - 1; i++) {
                beforeStars &=
                        !SelectComparison.isStar(select.path("select_list").path(i));
            }
            return column.isMissingNode() || !beforeStars ? expression : column;
        }
        return expression;
    }
}
