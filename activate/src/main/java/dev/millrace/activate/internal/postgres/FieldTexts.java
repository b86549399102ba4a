package dev.millrace.activate.internal.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.activate.internal.destination.JsonValues;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of the warehouse as PostgreSQL reads them from text. */
final class FieldTexts {
    private FieldTexts() {}

    /**
     * @param column where it goes
     * @return null for null
     */
    static @Nullable String of(TargetColumn column, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof byte[] bytes && column.isBytes()) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
        if (value instanceof Collection<?> items && column.isArray()) {
            return array(items);
        }
        JsonNode json = JsonValues.of(value);
        if (json.isNumber()) {
            BigDecimal number = json.decimalValue();
            boolean whole = column.isWhole() && number.stripTrailingZeros().scale() <= 0;
            return (whole ? number.setScale(0) : number).toPlainString();
        }
        return json.isContainerNode() ? json.toString() : json.asText();
    }

    /** Why the column would not keep the value as it is, if it would not. */
    static Optional<String> loss(TargetColumn column, @Nullable Object value) {
        if (column.scale() < 0 || !(value instanceof Number)) {
            return Optional.empty();
        }
        JsonNode number = JsonValues.of(value);
        return number.isNumber() && number.decimalValue().stripTrailingZeros().scale() > column.scale()
                ? Optional.of("'" + value + "' has more than " + column.scale() + " digits after the point")
                : Optional.empty();
    }

    private static String array(Collection<?> items) {
        List<String> texts = new ArrayList<>();
        for (Object item : items) {
            if (item == null) {
                texts.add("NULL");
            } else if (item instanceof Collection<?> inner) {
                texts.add(array(inner));
            } else {
                JsonNode json = JsonValues.of(item);
                String text = json.isNumber()
                        ? json.decimalValue().toPlainString()
                        : json.isContainerNode() ? json.toString() : json.asText();
                texts.add('"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
            }
        }
        return "{" + String.join(",", texts) + "}";
    }
}
