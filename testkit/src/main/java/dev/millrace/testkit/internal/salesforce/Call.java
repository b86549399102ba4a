package dev.millrace.testkit.internal.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One request: its parts, decoded.
 *
 * @param segments the path's parts after {@code /services/data/vXX.X}
 * @param version {@code v60.0}
 */
record Call(
        String method,
        String version,
        List<String> segments,
        Map<String, String> parameters,
        UnaryOperator<String> header,
        String body) {

    static Map<String, String> form(String encoded) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    static List<String> segments(String rawPath) {
        List<String> segments = new ArrayList<>();
        Arrays.stream(rawPath.split("/"))
                .filter(part -> !part.isEmpty())
                // In a path a plus sign is itself.
                .map(part -> decode(part.replace("+", "%2B")))
                .forEach(segments::add);
        return segments;
    }

    /** {@code /services/data/v60.0/…} in front of the rest of a path. */
    String url(String rest) {
        return "/services/data/" + version + "/" + rest;
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    ObjectNode jsonBody() {
        try {
            JsonNode node = Json.MAPPER.readTree(body);
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw new ApiException(
                    400, "JSON_PARSER_ERROR", "The HTTP entity body is required, but this request has none");
        } catch (JsonProcessingException e) {
            throw new ApiException(400, "JSON_PARSER_ERROR", e.getOriginalMessage());
        }
    }

    ApiException methodNotAllowed(String allowed) {
        return new ApiException(
                405, "METHOD_NOT_ALLOWED", "HTTP Method '" + method + "' not allowed. Allowed are " + allowed);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "INVALID_ARGUMENT", "not URL-encoded: " + text);
        }
    }
}
