package dev.millrace.transform.internal.deps;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A package that was got.
 *
 * @param name of its dbt_project.yml
 * @param entry how package-lock.yml names exactly this one
 */
public record InstalledPackage(String name, Map<String, String> entry) {
    public InstalledPackage {
        entry = new LinkedHashMap<>(entry);
    }

    InstalledPackage named(String other) {
        return new InstalledPackage(other, entry);
    }

    /** {@code dbt_utils 1.3.0}. */
    public String display() {
        String version = entry.getOrDefault("version", entry.getOrDefault("revision", ""));
        String from = entry.getOrDefault("local", entry.getOrDefault("tarball", entry.getOrDefault("git", "")));
        return (name + " " + version + (from.isEmpty() ? "" : " from " + from)).replace("  ", " ");
    }
}
