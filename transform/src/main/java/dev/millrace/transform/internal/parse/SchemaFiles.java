package dev.millrace.transform.internal.parse;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlReader;
import dev.millrace.jinja.Globals;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.project.FileTree;
import dev.millrace.transform.internal.project.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The YAML files of all packages, taken apart by section. Not thread-safe. */
final class SchemaFiles {
    private static final List<String> SECTIONS = List.of(
            "models",
            "seeds",
            "snapshots",
            "analyses",
            "macros",
            "sources",
            "exposures",
            "unit_tests",
            "metrics",
            "semantic_models",
            "saved_queries",
            "groups",
            "data_tests",
            "tests",
            "functions");

    /** Sections whose entries are resources of their own, not words about a file. */
    private static final Set<String> DECLARING =
            Set.of("sources", "exposures", "unit_tests", "metrics", "semantic_models", "saved_queries");

    private final Map<String, Map<String, Patch>> patches = new LinkedHashMap<>();
    private final Map<String, List<Patch>> entries = new LinkedHashMap<>();
    private final Map<String, List<String>> described = new LinkedHashMap<>();
    private final FileTree files;
    private final Function<String, Globals> globals;
    private final ProblemList problems;

    SchemaFiles(FileTree files, Function<String, Globals> globals, ProblemList problems) {
        this.files = files;
        this.globals = globals;
        this.problems = problems;
    }

    /** @param wanted which files to read, by their {@code patch_path}; the entries of others are unknown here */
    void read(DbtPackage owner, Predicate<String> wanted) {
        Set<Path> seen = new HashSet<>();
        List<SourceFile> found = files.list(owner, owner.paths().properties(), List.of(".yml", ".yaml")).stream()
                .filter(file -> seen.add(file.path()))
                .toList();
        found.forEach(file -> described.put(Patch.path(file), new ArrayList<>()));
        List<SourceFile> read =
                found.stream().filter(file -> wanted.test(Patch.path(file))).toList();
        problems.map(read, this::patches)
                .forEach(patches -> patches.forEach(patch -> problems.guard(() -> add(patch))));
    }

    private List<Patch> patches(SourceFile file) {
        List<Patch> found = new ArrayList<>();
        problems.guard(() -> {
            YamlMap map = YamlReader.readMap(file.path(), file.display());
            Globals shared = globals.apply(file.owner().name());
            for (String section : SECTIONS) {
                if (map.get(section).isPresent()) {
                    for (YamlMap entry : map.maps(section)) {
                        problems.guard(() ->
                                found.add(patch(section, file, new EntryTemplates(section, shared).render(entry))));
                    }
                }
            }
        });
        return found;
    }

    private static Patch patch(String section, SourceFile file, YamlMap entry) {
        return new Patch(section, file, entry.requireString("name"), entry);
    }

    private void add(Patch patch) {
        String section = patch.section();
        YamlMap entry = patch.map();
        entries.computeIfAbsent(section, key -> new ArrayList<>()).add(patch);
        if (DECLARING.contains(section)) {
            note(patch, patch.name());
            return;
        }
        if (section.equals("models") && entry.has("versions")) {
            entries.computeIfAbsent(section, name -> new ArrayList<>()).remove(patch);
            addVersions(patch);
            return;
        }
        describe(patch, patch.name());
    }

    /** Each version is described by itself, under the name of its file; the latest also under the model's. */
    private void addVersions(Patch model) {
        for (ModelVersions.One version : ModelVersions.of(model.map())) {
            Patch patch = new Patch(model.section(), model.file(), model.name(), version.map());
            entries.computeIfAbsent(model.section(), key -> new ArrayList<>()).add(patch);
            describe(patch, version.stem());
            if (version.latest() && !version.stem().equals(model.name())) {
                describe(patch, model.name());
            }
        }
    }

    /** @param name of the file that it is about, without its suffix */
    private void describe(Patch patch, String name) {
        String section = patch.section();
        String key = patch.file().owner().name() + "." + name;
        note(patch, name);
        Patch other = patches.computeIfAbsent(section, missing -> new LinkedHashMap<>())
                .putIfAbsent(key, patch);
        if (other != null) {
            throw new MillraceException(
                    ErrorCode.NODE_DUPLICATE,
                    "'" + patch.name() + "' is described twice under '" + section + "'; the other stands at "
                            + other.position(),
                    patch.position(),
                    "Merge the two entries.",
                    null);
        }
    }

    private void note(Patch patch, String name) {
        described
                .computeIfAbsent(patch.patchPath(), path -> new ArrayList<>())
                .add(patch.section() + " " + name + " " + patch.nodeName());
    }

    /** What each file describes, by {@code patch_path}, in the order of the files: its section, a space, names. */
    Map<String, List<String>> described() {
        return described;
    }

    /** What is said about the resource {@code name} of a package. */
    Optional<Patch> patch(String section, String packageName, String name) {
        return Optional.ofNullable(patches.getOrDefault(section, Map.of()).get(packageName + "." + name));
    }

    /** All entries of a section, in file order. */
    List<Patch> entries(String section) {
        return entries.getOrDefault(section, List.of());
    }
}
