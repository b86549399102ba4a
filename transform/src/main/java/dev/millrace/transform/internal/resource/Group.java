package dev.millrace.transform.internal.resource;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Models that belong to one owner (docs.getdbt.com/docs/build/groups).
 *
 * @param path within its configured folder
 * @param originalPath within its package
 * @param owner {@code name}, {@code email} and what else the YAML file says
 */
public record Group(
        String packageName,
        String name,
        String path,
        String originalPath,
        String description,
        Map<String, @Nullable Object> owner,
        Map<String, @Nullable Object> meta) {
    /** As dbt's manifest names it. */
    public String uniqueId() {
        return "group." + packageName + "." + name;
    }
}
