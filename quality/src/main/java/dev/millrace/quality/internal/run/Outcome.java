package dev.millrace.quality.internal.run;

import dev.millrace.core.MillraceException;
import dev.millrace.quality.internal.expectation.Finding;
import dev.millrace.quality.internal.json.Json;
import dev.millrace.quality.internal.json.JsonNodes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of an expectation in a run.
 *
 * @param exception what kept it from being asked, or null
 * @param elapsed of the statement that answered it, together with others
 */
public record Outcome(
        boolean success,
        Map<String, @Nullable Object> result,
        @Nullable String exception,
        Duration elapsed) {
    static Outcome of(Finding finding, Duration elapsed) {
        return new Outcome(finding.success(), finding.result(), null, elapsed);
    }

    static Outcome failed(MillraceException error) {
        return new Outcome(false, Map.of(), error.text(), Duration.ZERO);
    }

    OptionalLong unexpected() {
        return result.get("unexpected_count") instanceof Long count ? OptionalLong.of(count) : OptionalLong.empty();
    }

    /** As the maps, lists, texts, numbers and booleans that JSON has. */
    Object plain() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("success", success);
        map.put("result", result);
        map.put("exception", exception);
        return Objects.requireNonNull(JsonNodes.parse(Json.compact(map), "").toJava());
    }

    /** One line for people. */
    String message(String expected) {
        if (exception != null) {
            return exception;
        }
        if (result.get("unexpected_count") instanceof Long count && result.get("element_count") instanceof Long all) {
            Object percent = result.get("unexpected_percent");
            return count + " of " + all + " rows unexpected"
                    + (percent instanceof Double part ? String.format(Locale.ROOT, " (%.2f %%)", part) : "")
                    + examples("partial_unexpected_list") + "; expected: " + expected;
        }
        String found = result.get("observed_value") == null ? "" : "found " + result.get("observed_value") + "; ";
        return found + "expected: " + expected + examples("partial_unexpected_list") + missing();
    }

    private String examples(String key) {
        return result.get(key) instanceof List<?> list && !list.isEmpty()
                ? ", such as "
                        + list.stream().distinct().limit(3).map(String::valueOf).collect(Collectors.joining(", "))
                : "";
    }

    private String missing() {
        return result.get("partial_missing_list") instanceof List<?> list && !list.isEmpty()
                ? "; missing: " + list.stream().limit(3).map(String::valueOf).collect(Collectors.joining(", "))
                : "";
    }
}
