package dev.millrace.transform.internal.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the batches of a model ended; those that were not tried count as failed. */
public record BatchResults(List<TimeSpan> successful, List<TimeSpan> failed) {
    public BatchResults {
        successful = List.copyOf(successful);
        failed = List.copyOf(failed);
    }

    public boolean partial() {
        return !successful.isEmpty() && !failed.isEmpty();
    }

    /** Such as {@code 2 of 3}: how many ended well. */
    public String count() {
        return successful.size() + "/" + (successful.size() + failed.size());
    }

    /** As run_results.json has them. */
    public Map<String, Object> toMap() {
        return Map.of("successful", pairs(successful), "failed", pairs(failed));
    }

    private static List<List<String>> pairs(List<TimeSpan> spans) {
        List<List<String>> pairs = new ArrayList<>();
        spans.forEach(span -> pairs.add(List.of(TimeSpan.iso(span.start()), TimeSpan.iso(span.end()))));
        return pairs;
    }
}
