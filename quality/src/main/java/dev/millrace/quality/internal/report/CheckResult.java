package dev.millrace.quality.internal.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one check of a run came to: an expectation, or a test of dbt's.
 *
 * @param suite of an expectation; empty for a test
 * @param relation as people name it; empty if it is of none
 * @param check the type of expectation, or the test's name
 * @param words what it says, for people
 * @param result as Great Expectations writes it; for a test {@code unexpected_count} alone
 */
public record CheckResult(
        String runId,
        String nodeId,
        String name,
        String relation,
        String suite,
        String check,
        Map<String, @Nullable Object> kwargs,
        String severity,
        String words,
        String notes,
        String status,
        boolean success,
        String message,
        Map<String, @Nullable Object> result,
        Instant started,
        Duration elapsed) {
    public @Nullable Long count(String key) {
        return result.get(key) instanceof Long count ? count : null;
    }
}
