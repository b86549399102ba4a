package dev.millrace.quality.internal.expectation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How an expectation turned out.
 *
 * @param result under the names of Great Expectations' results: {@code element_count}, {@code unexpected_count},
 *     {@code observed_value} …
 */
public record Finding(boolean success, Map<String, @Nullable Object> result) {
    public Finding {
        result = Collections.unmodifiableMap(new LinkedHashMap<>(result));
    }

    static Finding observed(boolean success, @Nullable Object value) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("observed_value", value);
        return new Finding(success, result);
    }

    Finding with(String key, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(result);
        more.put(key, value);
        return new Finding(success, more);
    }

    /** How many values or rows were not as expected, if that can be counted. */
    public OptionalLong unexpected() {
        return result.get("unexpected_count") instanceof Long count ? OptionalLong.of(count) : OptionalLong.empty();
    }
}
