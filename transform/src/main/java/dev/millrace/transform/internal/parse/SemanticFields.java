package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values of semantic models, metrics and saved queries: from the form of YAML files to that of the manifest. */
final class SemanticFields {
    private static final Pattern WINDOW = Pattern.compile("([0-9]+) (\\S+)");
    private static final Set<String> GRAINS = Set.of(
            "nanosecond",
            "microsecond",
            "millisecond",
            "second",
            "minute",
            "hour",
            "day",
            "week",
            "month",
            "quarter",
            "year");

    private SemanticFields() {}

    /** The map that {@code value} is, or an empty one. */
    static Map<String, @Nullable Object> map(@Nullable Object value) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> written) {
            written.forEach((key, one) -> map.put(String.valueOf(key), one));
        }
        return map;
    }

    /** A list of maps, or of names that stand for maps with a {@code name}, each through {@code form}. */
    static List<@Nullable Object> each(
            @Nullable Object value, Function<Map<String, @Nullable Object>, Map<String, @Nullable Object>> form) {
        List<@Nullable Object> items = new ArrayList<>();
        if (value instanceof List<?> written) {
            written.forEach(item -> items.add(form.apply(named(item))));
        }
        return items;
    }

    /** What may be written as a name alone. */
    static Map<String, @Nullable Object> named(@Nullable Object value) {
        if (value instanceof Map<?, ?>) {
            return map(value);
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", text(value));
        return map;
    }

    static @Nullable String text(@Nullable Object value) {
        return value == null ? null : String.valueOf(value);
    }

    static Object list(@Nullable Object value) {
        return Objects.requireNonNullElse(value, List.of());
    }

    static boolean flag(@Nullable Object value) {
        return Boolean.TRUE.equals(value);
    }

    /** Copies {@code keys} with null for what is missing. */
    static void copy(Map<String, @Nullable Object> from, Map<String, @Nullable Object> to, String... keys) {
        for (String key : keys) {
            to.put(key, from.get(key));
        }
    }

    /** One condition or several. */
    static @Nullable Object filter(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        List<?> conditions = value instanceof List<?> list ? list : List.of(value);
        return Map.of(
                "where_filters",
                conditions.stream()
                        .map(condition -> Map.of("where_sql_template", String.valueOf(condition)))
                        .toList());
    }

    /** {@code 28 days} as a count and a grain. */
    static @Nullable Object window(@Nullable Object value, Position position) {
        if (value == null) {
            return null;
        }
        Matcher window = WINDOW.matcher(String.valueOf(value).toLowerCase(java.util.Locale.ROOT));
        if (!window.matches()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'" + value + "' is no window of a metric",
                    position,
                    "Write a count and a grain, such as 28 days.",
                    null);
        }
        String grain = window.group(2);
        String single = grain.endsWith("s") ? grain.substring(0, grain.length() - 1) : grain;
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("count", Long.valueOf(window.group(1)));
        parts.put("granularity", GRAINS.contains(single) ? single : grain);
        return parts;
    }
}
