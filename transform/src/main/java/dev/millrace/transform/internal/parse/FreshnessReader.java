package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a source and its table say about freshness, together: the table wins key by key, what stands under
 * {@code config:} wins over what stands beside it (docs.getdbt.com/reference/resource-properties/freshness).
 */
final class FreshnessReader {
    private static final List<String> PERIODS = List.of("minute", "hour", "day");
    private static final List<String> LIMITS = List.of("warn_after", "error_after");

    private final YamlMap source;
    private final YamlMap table;

    FreshnessReader(YamlMap source, YamlMap table) {
        this.source = source;
        this.table = table;
    }

    /**
     * The limits and the filter with all their keys, as artifacts have them; null when a null switches freshness off.
     *
     * @param project what dbt_project.yml says, for a source that says nothing
     */
    @Nullable
    Map<String, @Nullable Object> criteria(@Nullable Object project) {
        Map<String, @Nullable Object> known = complete(Map.of());
        boolean off = false;
        boolean said = false;
        for (YamlMap level : levels()) {
            if (!level.entries().containsKey("freshness")) {
                continue;
            }
            said = true;
            Optional<YamlMap> written = level.map("freshness");
            off = written.isEmpty();
            known = off ? complete(Map.of()) : over(known, written.get());
        }
        if (!said && project instanceof Map<?, ?> map) {
            return complete(map);
        }
        return off ? null : known;
    }

    /** The column that tells when a row was loaded, or null. */
    @Nullable
    String loadedAtField() {
        return said(table, "loaded_at_field") ? text(table, "loaded_at_field") : text(source, "loaded_at_field");
    }

    /** The query that tells when the table was loaded, not rendered yet, or null. */
    @Nullable
    String loadedAtQuery() {
        for (YamlMap level : List.of(source, table)) {
            if (text(level, "loaded_at_field") != null && text(level, "loaded_at_query") != null) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "loaded_at_field and loaded_at_query are both given",
                        level.has("loaded_at_query") ? level.positionOf("loaded_at_query") : level.position(),
                        "Keep one of them.",
                        null);
            }
        }
        String own = text(table, "loaded_at_query");
        if (own != null) {
            return own;
        }
        return said(table, "loaded_at_field") ? null : text(source, "loaded_at_query");
    }

    private List<YamlMap> levels() {
        List<YamlMap> levels = new ArrayList<>();
        for (YamlMap level : List.of(source, table)) {
            levels.add(level);
            level.map("config").ifPresent(levels::add);
        }
        return levels;
    }

    private static boolean said(YamlMap level, String key) {
        return level.entries().containsKey(key)
                || level.map("config").map(config -> config.has(key)).orElse(false);
    }

    private static @Nullable String text(YamlMap level, String key) {
        Optional<String> beside = level.get(key).flatMap(FreshnessReader::text);
        return beside.or(() ->
                        level.map("config").flatMap(config -> config.get(key)).flatMap(FreshnessReader::text))
                .orElse(null);
    }

    private static Optional<String> text(YamlNode node) {
        return Optional.ofNullable(node.toJava()).map(String::valueOf).filter(value -> !value.isBlank());
    }

    private static Map<String, @Nullable Object> over(Map<String, @Nullable Object> base, YamlMap written) {
        written.allowOnly(List.of("warn_after", "error_after", "filter"));
        Map<String, @Nullable Object> merged = new LinkedHashMap<>(base);
        for (String key : LIMITS) {
            if (written.entries().containsKey(key)) {
                Map<String, @Nullable Object> limit = new LinkedHashMap<>();
                Optional<YamlMap> own = written.map(key);
                if (own.isPresent() && base.get(key) instanceof Map<?, ?> before) {
                    before.forEach((name, value) -> limit.put(String.valueOf(name), value));
                }
                own.ifPresent(map -> limit(map, limit));
                merged.put(key, limit(limit));
            }
        }
        written.get("filter").ifPresent(filter -> merged.put("filter", filter.toJava()));
        return merged;
    }

    private static void limit(YamlMap written, Map<String, @Nullable Object> limit) {
        written.allowOnly(List.of("count", "period"));
        written.integer("count").ifPresent(count -> limit.put("count", count));
        written.string("period").ifPresent(period -> {
            if (!PERIODS.contains(period)) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "the period '" + period + "' is unknown",
                        written.positionOf("period"),
                        Suggestion.hint(period, PERIODS),
                        null);
            }
            limit.put("period", period);
        });
    }

    private static Map<String, @Nullable Object> complete(Map<?, ?> known) {
        Map<String, @Nullable Object> freshness = new LinkedHashMap<>();
        for (String key : LIMITS) {
            freshness.put(key, limit(known.get(key) instanceof Map<?, ?> map ? map : Map.of()));
        }
        freshness.put("filter", known.get("filter"));
        return freshness;
    }

    private static Map<String, @Nullable Object> limit(Map<?, ?> known) {
        Map<String, @Nullable Object> limit = new LinkedHashMap<>();
        limit.put("count", known.get("count"));
        limit.put("period", known.get("period"));
        return limit;
    }
}
