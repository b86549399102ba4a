package dev.millrace.server.internal.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.server.internal.http.HttpProblem;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Values of requests, refused with what they should have been. */
public final class Parameters {
    private Parameters() {}

    /** A whole number of the query string within limits. */
    public static int number(Context ctx, String name, int otherwise, int least, int most) {
        return (int) number(ctx, name, (long) otherwise, least, most);
    }

    static long number(Context ctx, String name, long otherwise, long least, long most) {
        String text = ctx.queryParam(name);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text.trim());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Refused below, like a number out of its limits.
        }
        throw HttpProblem.badRequest(
                "'" + name + "' must be a whole number from " + least + " to " + most + ", but is '" + text + "'",
                null);
    }

    static Optional<Instant> instant(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text.trim()));
        } catch (DateTimeParseException e) {
            throw HttpProblem.badRequest(
                    "'" + name + "' must be an instant such as 2026-05-01T00:00:00Z, but is '" + text + "'", null);
        }
    }

    static Optional<String> text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw HttpProblem.badRequest("'" + name + "' must be a text", null);
        }
        return Optional.of(value.asText());
    }

    /** A list of texts, or one text. */
    static List<String> texts(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (value.isTextual()) {
            return List.of(value.asText());
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode item : value) {
            if (!item.isTextual()) {
                throw HttpProblem.badRequest("'" + name + "' must be a list of texts", null);
            }
            texts.add(item.asText());
        }
        return texts;
    }

    static boolean flag(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return false;
        }
        if (!value.isBoolean()) {
            throw HttpProblem.badRequest("'" + name + "' must be true or false", null);
        }
        return value.asBoolean();
    }

    static Map<String, @Nullable Object> map(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Map.of();
        }
        if (!value.isObject()) {
            throw HttpProblem.badRequest("'" + name + "' must be an object", null);
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        value.properties()
                .forEach(entry -> map.put(entry.getKey(), Json.MAPPER.convertValue(entry.getValue(), Object.class)));
        return map;
    }
}
