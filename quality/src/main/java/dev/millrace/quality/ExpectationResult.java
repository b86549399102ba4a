package dev.millrace.quality;

import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What came of an expectation.
 *
 * @param type such as {@code expect_column_values_to_be_unique}
 * @param result under Great Expectations' names: {@code element_count}, {@code unexpected_percent},
 *     {@code partial_unexpected_list}, {@code observed_value} …
 */
public record ExpectationResult(
        String type, Map<String, @Nullable Object> kwargs, boolean success, Map<String, @Nullable Object> result) {
    /** How many rows or values were unexpected, if that can be counted. */
    public OptionalLong unexpectedCount() {
        return result.get("unexpected_count") instanceof Long count ? OptionalLong.of(count) : OptionalLong.empty();
    }
}
