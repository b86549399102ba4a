package dev.millrace.transform.internal.parse;

import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.internal.cache.ParseCache;
import dev.millrace.transform.internal.cache.ParseSnapshot;
import dev.millrace.transform.internal.macro.Macro;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.project.FileTree;
import dev.millrace.transform.internal.project.SourceFile;
import dev.millrace.transform.internal.resource.DocBlock;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SourceTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What of the last parse still holds when the contents of some files have changed, but neither macros nor docs blocks
 * nor which files there are. A file's resources hold if neither it nor the YAML file that describes it has changed;
 * what a YAML file itself declares holds if it has not. YAML files that take part in anything wider are read in any
 * case. A YAML file is named by its {@code patch_path}. Immutable.
 */
final class Reuse {
    /** Sections that concern resources of other files, so that their YAML files are read each time. */
    private static final Set<String> WIDE =
            Set.of("snapshots", "exposures", "unit_tests", "groups", "metrics", "semantic_models", "saved_queries");

    private static final Set<NodeKind> DESCRIBED = Set.of(NodeKind.MODEL, NodeKind.SEED, NodeKind.SNAPSHOT);

    /** Says that more has changed than contents: all is to be parsed. */
    static final class Stale extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final ParseSnapshot last;
    private final Set<String> changed;
    private final Set<String> yaml;
    private final Map<String, List<Resource>> ofFile = new HashMap<>();
    private final Map<String, List<Resource>> tests = new HashMap<>();
    private final Map<String, List<SourceTable>> sources = new HashMap<>();

    private Reuse(ParseSnapshot last, Set<String> changed, Set<String> changedYaml) {
        this.last = last;
        this.changed = changed;
        this.yaml = new HashSet<>(changedYaml);
        for (ParseSnapshot.Found found : last.resources()) {
            Resource resource = found.resource();
            if (resource.test() != null) {
                String section = resource.test().fileKeyName().split("\\.", 2)[0];
                put(tests, path(resource.packageName(), resource.identity().originalPath()) + section, resource);
                continue;
            }
            put(ofFile, key(resource.kind(), resource.identity().display()), resource);
            String path = resource.properties().patchPath();
            if (path != null && changed.contains(resource.identity().display())) {
                yaml.add(path);
            }
        }
        last.sources()
                .forEach(source ->
                        put(sources, Objects.toString(source.properties().patchPath()), source));
        last.entries().forEach((path, entries) -> {
            if (entries.stream().anyMatch(entry -> WIDE.contains(entry.substring(0, entry.indexOf(' '))))) {
                yaml.add(path);
            }
        });
    }

    /** What holds after the changes, unless all is to be parsed. */
    static Optional<Reuse> of(ParseCache.LastParse last, List<DbtPackage> packages, FileTree files) {
        Set<String> changed = last.changed();
        Set<String> changedYaml = new HashSet<>();
        Set<String> warned = new HashSet<>();
        last.snapshot()
                .warnings()
                .forEach(warning -> warning.position().map(Position::file).ifPresent(warned::add));
        // What is warned of is warned of again: its files count as changed.
        Set<String> again = new HashSet<>(changed);
        again.addAll(warned);
        for (DbtPackage owner : packages) {
            for (SourceFile file : files.list(owner, owner.paths().all(), List.of(".sql", ".md"))) {
                if (again.contains(file.display()) && isShared(file, owner)) {
                    return Optional.empty();
                }
            }
            for (SourceFile file : files.list(owner, owner.paths().properties(), List.of(".yml", ".yaml"))) {
                if (again.contains(file.display())) {
                    changedYaml.add(path(owner.name(), file.original()));
                }
            }
        }
        return Optional.of(new Reuse(last.snapshot(), again, changedYaml));
    }

    /** Whether any other file may use what it defines: a macro, a generic test, a docs block. */
    private static boolean isShared(SourceFile file, DbtPackage owner) {
        boolean generic =
                owner.paths().tests().contains(file.folder()) && file.relative().startsWith("generic/");
        return generic
                || owner.paths().macros().contains(file.folder())
                || file.name().toLowerCase(Locale.ROOT).endsWith(".md");
    }

    private static <T> void put(Map<String, List<T>> map, String key, T value) {
        map.computeIfAbsent(key, missing -> new ArrayList<>()).add(value);
    }

    private static String key(NodeKind kind, String display) {
        return kind + " " + display;
    }

    private static String path(String packageName, String original) {
        return packageName + "://" + original;
    }

    Map<String, Map<String, Macro>> macros() {
        return last.macros();
    }

    List<DocBlock> docs() {
        return last.docs();
    }

    /** Whether the YAML file is to be read. */
    boolean reads(String patchPath) {
        return yaml.contains(patchPath);
    }

    /** What a YAML file that is not read has entries of. */
    List<String> entries(String patchPath) {
        return last.entries().getOrDefault(patchPath, List.of());
    }

    /** The resource of a file that holds one. */
    Optional<Resource> resource(NodeKind kind, SourceFile file) {
        List<Resource> known = ofFile.getOrDefault(key(kind, file.display()), List.of());
        if (known.size() != 1 || changed.contains(file.display())) {
            return Optional.empty();
        }
        String path = known.get(0).properties().patchPath();
        return path != null && reads(path) ? Optional.empty() : Optional.of(known.get(0));
    }

    /** The generic tests of a section of a YAML file that is not read. */
    List<Resource> tests(String patchPath, String section) {
        return tests.getOrDefault(patchPath + section, List.of());
    }

    /** The tables of a YAML file that is not read. */
    List<SourceTable> sources(String patchPath) {
        return sources.getOrDefault(patchPath, List.of());
    }

    /** @throws Stale unless the YAML files describe what they described before */
    void confirmEntries(Map<String, List<String>> now) {
        if (!now.equals(last.entries())) {
            throw new Stale();
        }
    }

    /** @throws Stale unless the files hold the resources that they held before, enabled as before */
    void confirmResources(List<Resource> now) {
        List<Resource> before =
                last.resources().stream().map(ParseSnapshot.Found::resource).toList();
        if (!enabled(now).equals(enabled(before))) {
            throw new Stale();
        }
    }

    private static Map<NodeId, Boolean> enabled(List<Resource> resources) {
        Map<NodeId, Boolean> enabled = new HashMap<>();
        for (Resource resource : resources) {
            if (DESCRIBED.contains(resource.kind())) {
                enabled.put(resource.id(), resource.config().enabled());
            }
        }
        return enabled;
    }
}
