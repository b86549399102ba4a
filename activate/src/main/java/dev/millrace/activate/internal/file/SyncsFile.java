package dev.millrace.activate.internal.file;

import dev.millrace.activate.internal.config.Sync;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Problems;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the syncs of a project: {@code syncs:} of syncs.yml. */
public final class SyncsFile {
    private static final List<String> NAMES = List.of("syncs.yml", "syncs.yaml");

    private SyncsFile() {}

    /**
     * The syncs in file order, without those that are not enabled. A sync that is wrong is told to {@code problems} and
     * left out.
     */
    public static List<Sync> read(Project project, SyncParser parser, Problems problems) {
        Optional<YamlMap> file =
                NAMES.stream().flatMap(name -> project.file(name).stream()).findFirst();
        if (file.isEmpty()) {
            return List.of();
        }
        file.get().allowOnly(Set.of("version", "syncs"));
        List<Sync> syncs = new ArrayList<>();
        Map<String, Position> seen = new HashMap<>();
        for (YamlMap entry : entries(file.get())) {
            problems.collect(() -> {
                checkName(entry, seen);
                parser.parse(entry).ifPresent(syncs::add);
            });
        }
        return syncs;
    }

    private static Collection<YamlMap> entries(YamlMap file) {
        Optional<YamlNode> syncs = file.get("syncs");
        if (syncs.isPresent() && syncs.get() instanceof YamlMap) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'syncs' must be a list, but is a mapping",
                    syncs.get().position(),
                    "Begin each sync with '- name: …'.",
                    null);
        }
        return file.maps("syncs");
    }

    private static void checkName(YamlMap entry, Map<String, Position> seen) {
        String name = entry.requireString("name");
        Position position = entry.require("name").position();
        if (name.isBlank()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID, "the name of a sync is empty", position, "Give it a name.", null);
        }
        // Warehouses fold case, and the name is part of a table's name.
        Position other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), position);
        if (other != null) {
            throw new MillraceException(
                    ErrorCode.NODE_DUPLICATE,
                    "two syncs are named '" + name + "'; the other stands at " + other,
                    position,
                    "Rename one of them.",
                    null);
        }
    }
}
