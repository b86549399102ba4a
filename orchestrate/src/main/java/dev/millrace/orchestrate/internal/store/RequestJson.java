package dev.millrace.orchestrate.internal.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.orchestrate.Cause;
import dev.millrace.orchestrate.DataInterval;
import dev.millrace.orchestrate.RunFlag;
import dev.millrace.orchestrate.RunRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request as the JSON text the store keeps of it. */
final class RequestJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RequestJson() {}

    static String write(RunRequest request) {
        ObjectNode json = JSON.createObjectNode();
        json.put("command", request.command());
        strings(json.putArray("select"), request.select());
        strings(json.putArray("exclude"), request.exclude());
        ObjectNode vars = json.putObject("vars");
        request.vars().forEach((name, value) -> vars.set(name, value(value)));
        request.flags().forEach(flag -> json.put(flag.key(), true));
        request.threads().ifPresent(threads -> json.put("threads", threads));
        request.pipeline().ifPresent(name -> json.put("pipeline", name));
        request.interval().ifPresent(interval -> {
            json.put("interval_start", interval.start().toString());
            json.put("interval_end", interval.end().toString());
        });
        json.put("cause", request.cause().key());
        return json.toString();
    }

    static RunRequest read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            Map<String, @Nullable Object> vars = new LinkedHashMap<>();
            json.path("vars")
                    .properties()
                    .forEach(entry -> vars.put(entry.getKey(), JSON.convertValue(entry.getValue(), Object.class)));
            return new RunRequest(
                    json.path("command").asText(),
                    strings(json.path("select")),
                    strings(json.path("exclude")),
                    vars,
                    flags(json),
                    json.has("threads") ? Optional.of(json.path("threads").asInt()) : Optional.empty(),
                    json.has("pipeline") ? Optional.of(json.path("pipeline").asText()) : Optional.empty(),
                    json.has("interval_start")
                            ? Optional.of(new DataInterval(
                                    Instant.parse(json.path("interval_start").asText()),
                                    Instant.parse(json.path("interval_end").asText())))
                            : Optional.empty(),
                    Cause.valueOf(json.path("cause").asText().toUpperCase(Locale.ROOT)));
        } catch (JsonProcessingException e) {
            throw new MillraceException(ErrorCode.RUN_STORE_FAILED, "a run's request is not JSON: " + text, e);
        }
    }

    private static Set<RunFlag> flags(JsonNode json) {
        Set<RunFlag> flags = EnumSet.noneOf(RunFlag.class);
        for (RunFlag flag : RunFlag.values()) {
            if (json.path(flag.key()).asBoolean()) {
                flags.add(flag);
            }
        }
        return flags;
    }

    /** Dates and other values that YAML knows and JSON does not are kept as their text. */
    private static JsonNode value(@Nullable Object value) {
        boolean plain = value == null
                || value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof List<?>
                || value instanceof Map<?, ?>;
        return JSON.valueToTree(plain ? value : String.valueOf(value));
    }

    private static void strings(ArrayNode array, List<String> values) {
        values.forEach(array::add);
    }

    private static List<String> strings(JsonNode array) {
        List<String> values = new ArrayList<>();
        array.forEach(item -> values.add(item.asText()));
        return values;
    }
}
