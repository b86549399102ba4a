package dev.millrace.stream.internal.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a streaming model is: written in the transaction that brings it there.
 *
 * @param position the greatest value of the input's position column that is in the table, as text; null for none
 * @param version grows by one with each refresh that changed something
 * @param maxima the greatest event time of each partition, in microseconds since 1970
 * @param watermark in microseconds since 1970; null as long as there is none
 * @param checksum of the model's file when the table was built
 */
record StreamState(
        @Nullable String position,
        long version,
        Map<String, Long> maxima,
        @Nullable Long watermark,
        String checksum) {
    private static final ObjectMapper JSON = new ObjectMapper();

    StreamState {
        maxima = Map.copyOf(maxima);
    }

    String toJson() {
        ObjectNode json = JSON.createObjectNode();
        json.put("position", position);
        json.put("version", version);
        json.put("watermark", watermark);
        json.put("checksum", checksum);
        ObjectNode partitions = json.putObject("maxima");
        new TreeMap<>(maxima).forEach(partitions::put);
        return json.toString();
    }

    static StreamState fromJson(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            Map<String, Long> maxima = new TreeMap<>();
            json.path("maxima")
                    .properties()
                    .forEach(
                            entry -> maxima.put(entry.getKey(), entry.getValue().asLong()));
            return new StreamState(
                    json.path("position").isTextual() ? json.path("position").asText() : null,
                    json.path("version").asLong(),
                    maxima,
                    json.path("watermark").isNumber() ? json.path("watermark").asLong() : null,
                    json.path("checksum").asText());
        } catch (JsonProcessingException e) {
            throw new MillraceException(ErrorCode.INTERNAL, "the state of a stream cannot be read: " + text, e);
        }
    }
}
