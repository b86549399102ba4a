package dev.millrace.quality;

import java.util.List;

/** What came of a suite's expectations, in their order. */
public record ValidationResult(List<ExpectationResult> results) {
    public ValidationResult {
        results = List.copyOf(results);
    }

    public boolean success() {
        return results.stream().allMatch(ExpectationResult::success);
    }
}
