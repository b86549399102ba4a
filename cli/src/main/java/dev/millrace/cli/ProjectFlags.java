package dev.millrace.cli;

import dev.millrace.core.MillraceException;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The options that a project sets for all its commands: {@code flags:} of dbt_project.yml. */
final class ProjectFlags {
    private static final String FILE = "dbt_project.yml";

    private ProjectFlags() {}

    /** By name, such as {@code fail_fast}; empty if the file cannot be read, which whoever loads the project tells. */
    static Map<String, String> read(Path projectDir) {
        Path file = projectDir.resolve(FILE);
        Map<String, String> flags = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) {
            return flags;
        }
        YamlMap project;
        try {
            project = YamlReader.readMap(file, FILE);
        } catch (MillraceException e) {
            // Whoever loads the project tells it, with everything else.
            return Map.of();
        }
        project.map("flags").map(YamlMap::toJava).orElse(Map.of()).forEach((key, value) -> {
            if (value instanceof String || value instanceof Boolean || value instanceof Number) {
                flags.put(key.toLowerCase(Locale.ROOT), String.valueOf(value));
            }
        });
        return flags;
    }

    /** The key that means the same as an environment variable: {@code fail_fast} for {@code DBT_FAIL_FAST}. */
    static String key(String variable) {
        return variable.replaceFirst("^DBT_", "").toLowerCase(Locale.ROOT);
    }
}
