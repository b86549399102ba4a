package dev.millrace.activate.internal.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.activate.internal.destination.Item;
import dev.millrace.activate.internal.destination.Outcome;
import dev.millrace.activate.internal.destination.Rejection;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Where an answer tells what became of each record: a list in the order of the records.
 *
 * @param list the names that lead to it, with points between; empty if the answer is the list
 * @param success the name of the flag in each of its items
 * @param error the name of the reason in each of its items
 */
record AnswerResults(String list, String success, String error) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static AnswerResults read(YamlMap settings) {
        settings.allowOnly(List.of("list", "success", "error"));
        return new AnswerResults(
                settings.string("list").orElse(""),
                settings.string("success").orElse("success"),
                settings.string("error").orElse("error"));
    }

    List<Outcome> outcomes(List<Item> items, String body) {
        JsonNode found = parse(body);
        for (String name : list.isEmpty() ? new String[0] : list.split("\\.")) {
            found = found.path(name);
        }
        if (!found.isArray() || found.size() != items.size()) {
            throw new MillraceException(
                    ErrorCode.DESTINATION_FAILED,
                    "the answer tells of " + (found.isArray() ? found.size() : "none of the") + " records, but "
                            + items.size() + " were sent",
                    null,
                    "Check 'results:' of the sync against what the service answers.",
                    null);
        }
        List<Outcome> outcomes = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            outcomes.add(outcome(items.get(i), found.get(i)));
        }
        return outcomes;
    }

    private Outcome outcome(Item item, JsonNode result) {
        JsonNode reason = result.path(error);
        boolean hasReason = reason.isTextual() ? !reason.asText().isBlank() : !reason.isEmpty();
        boolean refused = result.has(success) ? !result.path(success).asBoolean() : hasReason;
        if (!refused) {
            return new Outcome.Accepted(item.key());
        }
        String text =
                reason.isValueNode() ? reason.asText() : reason.path("message").asText(reason.toString());
        return new Outcome.Refused(new Rejection("REFUSED", text.isEmpty() ? "no reason given" : text, List.of()));
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new MillraceException(
                    ErrorCode.DESTINATION_FAILED, "the answer is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
