package dev.millrace.activate.internal.destination;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of the warehouse as JSON: numbers exactly, dates and times in ISO form (instants in UTC), bytes in Base64,
 * what JSON has no number for (NaN) as text.
 */
public final class JsonValues {
    private JsonValues() {}

    /** @param value of a type that {@link dev.millrace.warehouse.Table} names */
    public static JsonNode of(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            map.forEach((key, item) -> object.set(String.valueOf(key), of(item)));
            return object;
        }
        if (value instanceof Collection<?> items) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> array.add(of(item)));
            return array;
        }
        if (value instanceof Boolean flag) {
            return BooleanNode.valueOf(flag);
        }
        if (value instanceof Long || value instanceof Integer || value instanceof Short) {
            return LongNode.valueOf(((Number) value).longValue());
        }
        if (value instanceof Number number && !value.toString().matches(".*[NI].*")) {
            BigDecimal exact = new BigDecimal(number.toString());
            // Without an exponent: 1E+3 is 1000.
            return DecimalNode.valueOf(exact.scale() < 0 ? exact.setScale(0) : exact);
        }
        return value == null ? NullNode.instance : TextNode.valueOf(text(value));
    }

    private static String text(Object value) {
        if (value instanceof OffsetDateTime at) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.withOffsetSameInstant(ZoneOffset.UTC));
        }
        if (value instanceof LocalDateTime at) {
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(at);
        }
        if (value instanceof LocalTime at) {
            return DateTimeFormatter.ISO_LOCAL_TIME.format(at);
        }
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value.toString();
    }
}
