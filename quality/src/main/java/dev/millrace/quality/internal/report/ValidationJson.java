package dev.millrace.quality.internal.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results in the shape of Great Expectations' validation results: one for each suite, and one for dbt's tests. */
public final class ValidationJson {
    private ValidationJson() {}

    public static Map<String, @Nullable Object> of(String runId, List<CheckResult> results, Instant now) {
        Map<String, List<CheckResult>> suites = new LinkedHashMap<>();
        results.forEach(one ->
                suites.computeIfAbsent(one.suite(), name -> new ArrayList<>()).add(one));
        List<Object> validations = new ArrayList<>();
        suites.forEach((name, checks) -> validations.add(suite(name, checks)));
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("success", results.stream().allMatch(CheckResult::success));
        json.put("statistics", statistics(results));
        json.put("run_id", runId);
        json.put("generated_at", now.toString());
        json.put("validation_results", validations);
        return json;
    }

    private static Map<String, @Nullable Object> suite(String name, List<CheckResult> checks) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("success", checks.stream().allMatch(CheckResult::success));
        json.put("suite_name", name.isEmpty() ? "dbt tests" : name);
        json.put("statistics", statistics(checks));
        json.put("results", checks.stream().map(ValidationJson::check).toList());
        return json;
    }

    private static Map<String, @Nullable Object> check(CheckResult one) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        config.put("type", one.check());
        config.put("kwargs", one.kwargs());
        config.put("severity", one.severity());
        Map<String, @Nullable Object> meta = new LinkedHashMap<>();
        meta.put("node_id", one.nodeId());
        meta.put("relation", one.relation());
        meta.put("status", one.status());
        meta.put("message", one.message());
        meta.put("started_at", one.started().toString());
        Map<String, @Nullable Object> exception = new LinkedHashMap<>();
        boolean raised = !one.success() && one.result().isEmpty();
        exception.put("raised_exception", raised);
        exception.put("exception_message", raised ? one.message() : null);
        exception.put("exception_traceback", null);
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("success", one.success());
        json.put("expectation_config", config);
        json.put("result", one.result());
        json.put("meta", meta);
        json.put("exception_info", exception);
        return json;
    }

    static Map<String, @Nullable Object> statistics(List<CheckResult> checks) {
        long successful = checks.stream().filter(CheckResult::success).count();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("evaluated_expectations", (long) checks.size());
        json.put("successful_expectations", successful);
        json.put("unsuccessful_expectations", checks.size() - successful);
        json.put("success_percent", checks.isEmpty() ? null : 100.0 * successful / checks.size());
        return json;
    }
}
