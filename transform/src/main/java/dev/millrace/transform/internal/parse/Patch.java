package dev.millrace.transform.internal.parse;

import dev.millrace.core.Position;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.transform.internal.project.SourceFile;

/**
 * What a YAML file says about one resource.
 *
 * @param section {@code models}, {@code seeds} …
 * @param map with templates rendered, save for tests and descriptions
 */
record Patch(String section, SourceFile file, String name, YamlMap map) {
    Position position() {
        return map.positionOf("name");
    }

    /** The last part of the id of what it describes: the name, with its version if it has one. */
    String nodeName() {
        return map.get("version").map(version -> name + ".v" + version.toJava()).orElse(name);
    }

    /** dbt's {@code patch_path}. */
    String patchPath() {
        return path(file);
    }

    static String path(SourceFile file) {
        return file.owner().name() + "://" + file.original();
    }
}
