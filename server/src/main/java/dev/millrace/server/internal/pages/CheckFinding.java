package dev.millrace.server.internal.pages;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.server.internal.api.Json;
import dev.millrace.server.internal.data.Check;
import dev.millrace.server.internal.data.CheckResult;
import dev.millrace.server.internal.text.Amounts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What a check found last, as its page shows it.
 *
 * @param counts {@code 12 of 1,000 rows unexpected (1.2 %), 3 missing}; empty if nothing was counted
 * @param observed the measured value; empty if none was
 * @param examples what was not as expected
 * @param missing what should have been there
 */
public record CheckFinding(String counts, String observed, List<Example> examples, List<String> missing) {
    private static final int SHOWN = 10;
    private static final int LONGEST = 120;

    /** A value and, if known, how often it was found; empty otherwise. */
    public record Example(String value, String times) {}

    static CheckFinding of(Check check) {
        JsonNode result = Json.parse(String.valueOf(check.result().getOrDefault("result", "{}")));
        JsonNode observed = result.path("observed_value");
        return new CheckFinding(
                counts(result),
                observed.isMissingNode() || observed.isNull() ? "" : text(observed),
                examples(result),
                texts(result.path("partial_missing_list")));
    }

    /** Whether there is more to say than the row of the check does. */
    public boolean isEmpty() {
        return counts.isEmpty() && observed.isEmpty() && examples.isEmpty() && missing.isEmpty();
    }

    private static String counts(JsonNode result) {
        if (!result.path("element_count").isNumber()
                || !result.path("unexpected_count").isNumber()) {
            return "";
        }
        long unexpected = result.path("unexpected_count").asLong();
        String rows = Amounts.plural(result.path("element_count").asLong(), "row");
        String percent = result.path("unexpected_percent").isNumber() && unexpected > 0
                ? String.format(
                        Locale.ROOT,
                        " (%.2f %%)",
                        result.path("unexpected_percent").asDouble())
                : "";
        long missing = result.path("missing_count").asLong(0);
        return (unexpected == 0
                        ? rows + " looked at, none unexpected"
                        : Amounts.count(unexpected) + " of " + rows + " unexpected")
                + percent
                + (missing == 0 ? "" : ", " + Amounts.count(missing) + " missing");
    }

    private static List<Example> examples(JsonNode result) {
        List<Example> examples = new ArrayList<>();
        for (JsonNode one : result.path("partial_unexpected_counts")) {
            examples.add(new Example(
                    text(one.path("value")), Amounts.count(one.path("count").asLong())));
        }
        if (examples.isEmpty()) {
            texts(result.path("partial_unexpected_list")).forEach(value -> examples.add(new Example(value, "")));
        }
        if (examples.isEmpty()) {
            texts(result.path("details").path("unexpected_rows")).forEach(row -> examples.add(new Example(row, "")));
        }
        return examples.subList(0, Math.min(SHOWN, examples.size()));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(text(one)));
        return texts.subList(0, Math.min(SHOWN, texts.size()));
    }

    private static String text(JsonNode value) {
        String text = value.isTextual() ? value.asText() : value.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    /** The last few results, newest first. */
    public List<CheckResult> newest(List<CheckResult> past) {
        List<CheckResult> newest = new ArrayList<>(past.subList(Math.max(0, past.size() - SHOWN), past.size()));
        Collections.reverse(newest);
        return newest;
    }

    /** What a square of the history says when it is pointed at. */
    public static String title(CheckResult result) {
        String found = result.unexpected().isPresent() && result.unexpected().getAsLong() > 0
                ? " · " + Amounts.count(result.unexpected().getAsLong()) + " unexpected"
                        + (result.elements().isPresent()
                                ? " of " + Amounts.count(result.elements().getAsLong())
                                : "")
                : "";
        return Ui.words(result.status()) + " " + Ui.minute(result.started()) + found;
    }
}
