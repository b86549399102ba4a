package dev.millrace.core.project;

import dev.millrace.core.Position;
import dev.millrace.core.yaml.YamlMap;
import java.util.Locale;

/**
 * One output of a profile: the warehouse and schema to use in one environment.
 *
 * @param profile the profile's name; for connections and syncs it is the logical name of the warehouse
 * @param name such as {@code dev}
 * @param type the adapter: {@code duckdb}, {@code snowflake} …
 * @param settings all keys of the output, rendered
 * @param threads how many nodes run at once unless the command line says otherwise
 */
public record Target(String profile, String name, String type, YamlMap settings, int threads) {
    public Position position() {
        return settings.position();
    }

    /** Whether the setting {@code key} holds something that must not be shown. */
    public static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return lower.contains("password")
                || lower.contains("secret")
                || lower.contains("token")
                || lower.contains("passphrase")
                || lower.contains("private_key")
                || lower.equals("pass");
    }

    /** {@code profile.name (type)}; never the settings, which hold secrets. */
    @Override
    public String toString() {
        return profile + "." + name + " (" + type + ")";
    }
}
