package dev.millrace.quality.internal.expectation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many values or rows there are, how many of them were left out, and how many are not as expected.
 *
 * @param ignored those left out as missing
 */
record MapCounts(long total, long ignored, long unexpected) {
    /**
     * @param mostly the part of those looked at that must be as expected
     * @param missing whether missing values are told apart
     */
    Finding finding(double mostly, boolean missing) {
        long looked = total - ignored;
        boolean success = looked == 0 || (double) (looked - unexpected) / looked >= mostly;
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("element_count", total);
        result.put("unexpected_count", unexpected);
        result.put("unexpected_percent", percent(unexpected, looked));
        result.put("partial_unexpected_list", List.of());
        if (missing) {
            result.put("missing_count", ignored);
            result.put("missing_percent", percent(ignored, total));
            result.put("unexpected_percent_total", percent(unexpected, total));
            result.put("unexpected_percent_nonmissing", percent(unexpected, looked));
        }
        return new Finding(success, result);
    }

    private static @Nullable Double percent(long part, long of) {
        return of == 0 ? null : (double) part / of * 100;
    }

    static Map<String, @Nullable Object> times(@Nullable Object value, @Nullable Object times) {
        Map<String, @Nullable Object> count = new LinkedHashMap<>();
        count.put("value", value);
        count.put("count", times);
        return count;
    }
}
