package dev.millrace.quality.internal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into the nodes that YAML is read into, with the position of every value. JSON is not quite YAML 1.1: tabs,
 * surrogate pairs and numbers such as {@code 1e5} differ.
 */
public final class JsonNodes {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final JsonParser parser;
    private final String file;

    private JsonNodes(JsonParser parser, String file) {
        this.parser = parser;
        this.file = file;
    }

    /** @throws MillraceException CONFIG_INVALID at the place where the text stops being JSON */
    public static YamlNode parse(String text, String file) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonNodes reader = new JsonNodes(parser, file);
            JsonToken first = parser.nextToken();
            if (first == null) {
                return new YamlScalar(null, "", new Position(file, 1, 1));
            }
            YamlNode node = reader.value(first);
            if (parser.nextToken() != null) {
                throw invalid("something follows the end of the value", reader.position(), null);
            }
            return node;
        } catch (JsonProcessingException e) {
            throw invalid(e.getOriginalMessage(), position(file, e.getLocation()), e);
        } catch (IOException e) {
            throw invalid(String.valueOf(e.getMessage()), Position.ofFile(file), e);
        }
    }

    private static MillraceException invalid(String what, Position where, @Nullable Throwable cause) {
        return new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "not valid JSON: " + what,
                where,
                "Look at this place and the one before it: a missing comma, quote or bracket.",
                cause);
    }

    private YamlNode value(JsonToken token) throws IOException {
        Position here = position();
        return switch (token) {
            case START_OBJECT -> object(here);
            case START_ARRAY -> array(here);
            case VALUE_STRING -> new YamlScalar(parser.getText(), parser.getText(), here);
            case VALUE_NUMBER_INT -> new YamlScalar(whole(parser.getBigIntegerValue()), parser.getText(), here);
            case VALUE_NUMBER_FLOAT -> new YamlScalar(parser.getDoubleValue(), parser.getText(), here);
            case VALUE_TRUE -> new YamlScalar(true, "true", here);
            case VALUE_FALSE -> new YamlScalar(false, "false", here);
            default -> new YamlScalar(null, "null", here);
        };
    }

    private static Object whole(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    private YamlMap object(Position here) throws IOException {
        Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            Position keyPosition = position();
            entries.put(key, new YamlMap.Entry(keyPosition, value(parser.nextToken())));
        }
        return new YamlMap(entries, here);
    }

    private YamlList array(Position here) throws IOException {
        List<YamlNode> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token));
        }
        return new YamlList(items, here);
    }

    private Position position() {
        return position(file, parser.currentTokenLocation());
    }

    private static Position position(String file, @Nullable JsonLocation location) {
        return location == null
                ? Position.ofFile(file)
                : new Position(file, location.getLineNr(), location.getColumnNr());
    }
}
