package dev.millrace.core.graph;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a step did.
 *
 * @param status SUCCESS, PASS, WARN or FAIL, or SKIPPED if what it works on is yet to come; a step that could not do
 *     its work throws instead
 * @param message one short line for people
 * @param rows how many rows it wrote or sent, if it can tell
 * @param failures how many rows a test found
 * @param details what else artifacts keep of it, as plain Java values (dbt's adapter_response, timings)
 */
public record StepResult(
        Status status, String message, OptionalLong rows, OptionalLong failures, Map<String, Object> details) {
    public StepResult {
        details = Map.copyOf(details);
    }

    public static StepResult success(String message) {
        return new StepResult(Status.SUCCESS, message, OptionalLong.empty(), OptionalLong.empty(), Map.of());
    }

    public static StepResult success(String message, long rows) {
        return new StepResult(Status.SUCCESS, message, OptionalLong.of(rows), OptionalLong.empty(), Map.of());
    }

    public StepResult with(String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(key, value);
        return new StepResult(status, message, rows, failures, more);
    }
}
