package dev.millrace.testkit.internal.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.millrace.testkit.SalesforceField;
import dev.millrace.testkit.SalesforceType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values of fields between JSON and memory, where text is a {@code String}, a number a {@code BigDecimal}, a date a
 * {@code LocalDate}, a point in time an {@code Instant}.
 */
final class FieldValues {
    private static final DateTimeFormatter DATETIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);
    private static final Pattern COMPACT_OFFSET = Pattern.compile("([+-]\\d\\d)(\\d\\d)$");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");

    private FieldValues() {}

    /** @throws ApiException (400) with the error of Salesforce if the field cannot hold it */
    static Optional<Object> parse(SalesforceField field, JsonNode json) {
        if (json.isNull() || (json.isTextual() && json.textValue().isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(
                switch (field.type()) {
                    case ID, STRING, TEXTAREA, EMAIL, PHONE, URL, PICKLIST, REFERENCE -> text(field, json);
                    case BOOLEAN -> bool(json);
                    case INT, DOUBLE, CURRENCY, PERCENT -> number(field, json);
                    case DATE -> date(json);
                    case DATETIME -> datetime(json);
                });
    }

    static JsonNode toJson(SalesforceField field, @Nullable Object value) {
        if (value instanceof BigDecimal number) {
            return field.type() == SalesforceType.INT
                    ? IntNode.valueOf(number.intValueExact())
                    : DecimalNode.valueOf(withPoint(number));
        }
        if (value instanceof Boolean flag) {
            return BooleanNode.valueOf(flag);
        }
        if (value instanceof Instant instant) {
            return TextNode.valueOf(format(instant));
        }
        return value == null ? NullNode.instance : TextNode.valueOf(value.toString());
    }

    static String format(Instant instant) {
        return DATETIME.format(instant);
    }

    /** As Salesforce takes it: with an offset, {@code Z}, {@code +00:00} or {@code +0000}. */
    static Instant parseDatetime(String text) {
        String colon = COMPACT_OFFSET.matcher(text).replaceFirst("$1:$2");
        return OffsetDateTime.parse(colon).toInstant();
    }

    private static String text(SalesforceField field, JsonNode json) {
        if (!json.isTextual()) {
            throw unreadable("string", json);
        }
        String text = json.textValue();
        if (text.length() > field.length() && field.length() > 0) {
            throw invalid(
                    field,
                    "STRING_TOO_LONG",
                    field.label() + ": data value too large: " + text + " (max length=" + field.length() + ")");
        }
        if (field.type() == SalesforceType.EMAIL && !EMAIL.matcher(text).matches()) {
            throw invalid(field, "INVALID_EMAIL_ADDRESS", field.label() + ": invalid email address: " + text);
        }
        if (!field.values().isEmpty() && !field.values().contains(text)) {
            throw invalid(
                    field,
                    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                    field.label() + ": bad value for restricted picklist field: " + text);
        }
        if (field.type() == SalesforceType.REFERENCE) {
            return SalesforceId.canonical(text)
                    .orElseThrow(() ->
                            invalid(field, "MALFORMED_ID", field.label() + ": id value of incorrect type: " + text));
        }
        return text;
    }

    private static Boolean bool(JsonNode json) {
        if (json.isBoolean()) {
            return json.booleanValue();
        }
        if (json.isTextual() && json.textValue().matches("(?i)true|false")) {
            return Boolean.valueOf(json.textValue());
        }
        throw unreadable("boolean", json);
    }

    private static BigDecimal number(SalesforceField field, JsonNode json) {
        BigDecimal number;
        try {
            number = json.isTextual() ? new BigDecimal(json.textValue()) : json.decimalValue();
        } catch (NumberFormatException e) {
            throw unreadable("double", json);
        }
        if (!json.isTextual() && !json.isNumber()) {
            throw unreadable("double", json);
        }
        BigDecimal rounded = number.setScale(field.scale(), RoundingMode.HALF_UP);
        if (rounded.precision() - rounded.scale() > field.precision() - field.scale()) {
            throw invalid(
                    field,
                    "NUMBER_OUTSIDE_VALID_RANGE",
                    field.label() + ": value outside of valid range on numeric field: " + number.toPlainString());
        }
        return rounded;
    }

    private static LocalDate date(JsonNode json) {
        try {
            if (json.isTextual()) {
                return LocalDate.parse(json.textValue());
            }
        } catch (DateTimeParseException e) {
            throw unreadable("date", json);
        }
        throw unreadable("date", json);
    }

    private static Instant datetime(JsonNode json) {
        try {
            if (json.isTextual()) {
                return parseDatetime(json.textValue());
            }
        } catch (DateTimeParseException e) {
            throw unreadable("datetime", json);
        }
        throw unreadable("datetime", json);
    }

    private static BigDecimal withPoint(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 1 ? stripped.setScale(1) : stripped;
    }

    private static ApiException unreadable(String wanted, JsonNode json) {
        String token = json.isTextual()
                ? "VALUE_STRING value " + json.textValue()
                : json.isNumber()
                        ? (json.isIntegralNumber() ? "VALUE_NUMBER_INT value " : "VALUE_NUMBER_FLOAT value ")
                                + json.asText()
                        : json.isBoolean()
                                ? "VALUE_" + json.asText().toUpperCase() + " value " + json.asText()
                                : json.isObject() ? "START_OBJECT value {" : "START_ARRAY value [";
        return new ApiException(
                400,
                "JSON_PARSER_ERROR",
                "Cannot deserialize instance of " + wanted + " from " + token
                        + " or request may be missing a required field");
    }

    private static ApiException invalid(SalesforceField field, String code, String message) {
        return new ApiException(400, ApiError.of(code, message, field.name()));
    }
}
