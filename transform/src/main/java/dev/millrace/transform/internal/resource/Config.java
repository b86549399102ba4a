package dev.millrace.transform.internal.resource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A resource's resolved configuration: plain Java values under dbt's keys. Immutable. */
public final class Config {
    private final Map<String, @Nullable Object> values;

    public Config(Map<String, @Nullable Object> values) {
        this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    public Map<String, @Nullable Object> values() {
        return values;
    }

    public @Nullable Object get(String key) {
        return values.get(key);
    }

    public boolean has(String key) {
        return values.get(key) != null;
    }

    public @Nullable String text(String key) {
        Object value = values.get(key);
        return value == null ? null : String.valueOf(value);
    }

    public String text(String key, String fallback) {
        Object value = values.get(key);
        return value == null ? fallback : String.valueOf(value);
    }

    public boolean bool(String key, boolean fallback) {
        Object value = values.get(key);
        if (value instanceof Boolean bool) {
            return bool;
        }
        return value == null ? fallback : Boolean.parseBoolean(String.valueOf(value));
    }

    public boolean enabled() {
        return bool("enabled", true);
    }

    public String materialized() {
        return text("materialized", "view");
    }

    public List<String> tags() {
        return strings("tags");
    }

    /** A list of texts; one text stands for a list of one. */
    public List<String> strings(String key) {
        Object value = values.get(key);
        if (value instanceof List<?> list) {
            List<String> texts = new ArrayList<>();
            list.forEach(item -> texts.add(String.valueOf(item)));
            return texts;
        }
        return value == null ? List.of() : List.of(String.valueOf(value));
    }

    public Map<?, ?> map(String key) {
        return values.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }

    /** The hooks under {@code pre-hook} or {@code post-hook}, in order. */
    public List<Hook> hooks(String key) {
        List<Hook> hooks = new ArrayList<>();
        if (values.get(key) instanceof List<?> list) {
            list.forEach(item -> Hook.of(item).ifPresent(hooks::add));
        } else if (values.get(key) != null) {
            Hook.of(values.get(key)).ifPresent(hooks::add);
        }
        return hooks;
    }
}
