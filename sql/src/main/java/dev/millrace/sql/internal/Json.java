package dev.millrace.sql.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads the JSON of syntax trees. */
final class Json {
    private Json() {}

    static String text(JsonNode node, String key) {
        return node.path(key).asText("");
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    static boolean is(JsonNode expression, String kind) {
        return expression.path("class").asText("").equals(kind);
    }
}
