package dev.millrace.transform.internal.resource;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What YAML files say about a resource.
 *
 * @param columns by name, in order; nobody changes the map any more
 * @param patchPath {@code package://path} of the YAML file, or null when none mentions it
 * @param extra other keys that artifacts keep: {@code access}, {@code group}, {@code latest_version} …
 */
public record Properties(
        String description,
        Map<String, ColumnInfo> columns,
        @Nullable String patchPath,
        Map<String, @Nullable Object> extra) {
    public static final Properties NONE = new Properties("", Map.of(), null, Map.of());

    public Properties {
        columns = Collections.unmodifiableMap(columns);
        extra = new LinkedHashMap<>(extra);
    }
}
