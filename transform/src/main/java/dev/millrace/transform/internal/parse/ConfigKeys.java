package dev.millrace.transform.internal.parse;

import dev.millrace.core.graph.NodeKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What configurations mean where: their defaults and how a more specific place changes them. */
final class ConfigKeys {
    private ConfigKeys() {}

    /** The configuration of a resource of which nobody says anything. */
    static Map<String, @Nullable Object> defaults(NodeKind kind) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("enabled", true);
        values.put("alias", null);
        values.put("schema", kind == NodeKind.TEST ? "dbt_test__audit" : null);
        values.put("database", null);
        values.put("tags", List.of());
        values.put("meta", Map.of());
        values.put("group", null);
        values.put("static_analysis", null);
        if (kind == NodeKind.TEST) {
            addTestDefaults(values);
            return values;
        }
        values.put("materialized", materialized(kind));
        values.put("incremental_strategy", null);
        values.put("batch_size", null);
        values.put("lookback", 1L);
        values.put("begin", null);
        values.put("persist_docs", Map.of());
        values.put("post-hook", List.of());
        values.put("pre-hook", List.of());
        values.put("quoting", Map.of());
        values.put("column_types", Map.of());
        values.put("full_refresh", null);
        values.put("unique_key", null);
        values.put("on_schema_change", "ignore");
        values.put("on_configuration_change", "apply");
        values.put("grants", Map.of());
        values.put("packages", List.of());
        Map<String, @Nullable Object> docs = new LinkedHashMap<>();
        docs.put("show", true);
        docs.put("node_color", null);
        values.put("docs", docs);
        values.put("contract", Map.of("enforced", false, "alias_types", true));
        values.put("event_time", null);
        values.put("concurrent_batches", null);
        if (kind == NodeKind.MODEL) {
            values.put("access", "protected");
            values.put("freshness", null);
            values.put("on_error", null);
            Map<String, @Nullable Object> pointer = new LinkedHashMap<>();
            pointer.put("enabled", null);
            pointer.put("alias", null);
            values.put("latest_version_pointer", pointer);
        }
        if (kind == NodeKind.SEED) {
            values.put("delimiter", ",");
            values.put("quote_columns", null);
        }
        return values;
    }

    private static void addTestDefaults(Map<String, @Nullable Object> values) {
        values.put("materialized", "test");
        values.put("severity", "ERROR");
        values.put("store_failures", null);
        values.put("store_failures_as", null);
        values.put("sql_header", null);
        values.put("where", null);
        values.put("limit", null);
        values.put("fail_calc", "count(*)");
        values.put("warn_if", "!= 0");
        values.put("error_if", "!= 0");
    }

    private static String materialized(NodeKind kind) {
        return switch (kind) {
            case SEED -> "seed";
            case SNAPSHOT -> "snapshot";
            default -> "view";
        };
    }

    /**
     * Lays a more specific place's values over what is known so far: tags and hooks add up, dicts merge, the rest
     * replaces.
     */
    static void lay(Map<String, @Nullable Object> base, Map<String, ? extends @Nullable Object> over) {
        over.forEach((written, value) -> {
            String key = canonical(written);
            switch (key) {
                case "tags", "pre-hook", "post-hook", "packages" -> base.put(key, appended(base.get(key), value));
                case "meta", "column_types", "quoting", "docs", "contract", "persist_docs" ->
                    base.put(key, merged(base.get(key), value));
                case "grants" -> base.put(key, grants(base.get(key), value));
                case "unique_key" -> base.put(key, value);
                default -> base.put(key, value);
            }
        });
    }

    /** Hooks are written with underscores in templates and with hyphens in YAML. */
    static String canonical(String key) {
        return switch (key) {
            case "pre_hook" -> "pre-hook";
            case "post_hook" -> "post-hook";
            default -> key;
        };
    }

    private static List<@Nullable Object> appended(@Nullable Object before, @Nullable Object value) {
        List<@Nullable Object> all = new ArrayList<>(listOf(before));
        all.addAll(listOf(value));
        return all;
    }

    private static List<?> listOf(@Nullable Object value) {
        if (value == null) {
            return List.of();
        }
        return value instanceof List<?> list ? list : List.of(value);
    }

    private static @Nullable Object merged(@Nullable Object before, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value == null ? before : value;
        }
        Map<Object, @Nullable Object> all = new LinkedHashMap<>();
        if (before instanceof Map<?, ?> known) {
            all.putAll(known);
        }
        all.putAll(map);
        return all;
    }

    /** A privilege with {@code +} adds grantees, without it replaces them. */
    private static @Nullable Object grants(@Nullable Object before, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            return value == null ? before : value;
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        if (before instanceof Map<?, ?> known) {
            known.forEach((key, grantees) -> all.put(String.valueOf(key), grantees));
        }
        map.forEach((key, grantees) -> {
            String privilege = String.valueOf(key);
            if (privilege.startsWith("+")) {
                String name = privilege.substring(1);
                all.put(name, appended(all.get(name), grantees));
            } else {
                all.put(privilege, listOf(grantees));
            }
        });
        return all;
    }
}
