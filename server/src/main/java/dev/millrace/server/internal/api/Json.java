package dev.millrace.server.internal.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.server.internal.http.HttpProblem;
import io.javalin.http.Context;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON in and out. */
public final class Json {
    public static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    public static ArrayNode texts(Collection<?> values) {
        ArrayNode array = array();
        values.forEach(value -> array.add(value.toString()));
        return array;
    }

    public static void answer(Context ctx, JsonNode body) {
        ctx.contentType("application/json; charset=utf-8").result(text(body));
    }

    public static String text(JsonNode body) {
        try {
            return MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw HttpProblem.badRequest("this is not JSON: " + e.getOriginalMessage(), null);
        }
    }

    /** The request's body; an empty object if there is none. */
    public static JsonNode body(Context ctx) {
        String text = ctx.body();
        if (text.isBlank()) {
            return object();
        }
        JsonNode body = parse(text);
        if (!body.isObject()) {
            throw HttpProblem.badRequest("the body must be a JSON object", null);
        }
        return body;
    }

    /** Refuses a member that means nothing. */
    public static void allowOnly(JsonNode body, List<String> known) {
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw HttpProblem.badRequest(
                        "unknown member '" + name + "'", "Known are: " + String.join(", ", known) + ".");
            }
        });
    }

    /** A value of a warehouse. Numbers beyond what JavaScript holds exactly are texts. */
    public static JsonNode value(@Nullable Object value) {
        if (value == null) {
            return MAPPER.nullNode();
        }
        if (value instanceof Boolean bool) {
            return MAPPER.getNodeFactory().booleanNode(bool);
        }
        if (value instanceof Long number) {
            boolean exact = Math.abs(number) <= 1L << 53;
            return exact
                    ? MAPPER.getNodeFactory().numberNode(number)
                    : MAPPER.getNodeFactory().textNode(number.toString());
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return MAPPER.getNodeFactory().numberNode(number);
        }
        if (value instanceof BigInteger || value instanceof BigDecimal) {
            return MAPPER.getNodeFactory()
                    .textNode(value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString());
        }
        if (value instanceof byte[] bytes) {
            return MAPPER.getNodeFactory().textNode(HexFormat.of().formatHex(bytes));
        }
        if (value instanceof List<?> list) {
            ArrayNode array = array();
            list.forEach(item -> array.add(value(item)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = object();
            map.forEach((key, item) -> object.set(String.valueOf(key), value(item)));
            return object;
        }
        return MAPPER.getNodeFactory().textNode(value.toString());
    }
}
