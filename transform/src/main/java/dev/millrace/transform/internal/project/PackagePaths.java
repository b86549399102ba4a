package dev.millrace.transform.internal.project;

import dev.millrace.core.yaml.YamlMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where a package keeps its files, with dbt's defaults. */
public record PackagePaths(
        List<String> models,
        List<String> seeds,
        List<String> tests,
        List<String> analyses,
        List<String> macros,
        List<String> snapshots,
        List<String> docs) {
    static PackagePaths of(YamlMap project) {
        List<String> models = paths(project, "models", "model-paths", "source-paths");
        List<String> seeds = paths(project, "seeds", "seed-paths", "data-paths");
        List<String> tests = paths(project, "tests", "test-paths", "test-paths");
        List<String> analyses = paths(project, "analyses", "analysis-paths", "analysis-paths");
        List<String> macros = paths(project, "macros", "macro-paths", "macro-paths");
        List<String> snapshots = paths(project, "snapshots", "snapshot-paths", "snapshot-paths");
        Set<String> all = new LinkedHashSet<>(models);
        all.addAll(seeds);
        all.addAll(snapshots);
        all.addAll(analyses);
        all.addAll(macros);
        all.addAll(tests);
        List<String> docs = project.strings("docs-paths");
        return new PackagePaths(
                models, seeds, tests, analyses, macros, snapshots, docs.isEmpty() ? List.copyOf(all) : docs);
    }

    /** The folders whose YAML files hold properties. */
    public List<String> properties() {
        Set<String> all = new LinkedHashSet<>(models);
        all.addAll(seeds);
        all.addAll(snapshots);
        all.addAll(analyses);
        all.addAll(macros);
        all.addAll(tests);
        return List.copyOf(all);
    }

    /** All of them. */
    public List<String> all() {
        Set<String> all = new LinkedHashSet<>(properties());
        all.addAll(docs);
        return List.copyOf(all);
    }

    private static List<String> paths(YamlMap project, String fallback, String key, String olderKey) {
        List<String> given = project.has(key) ? project.strings(key) : project.strings(olderKey);
        return given.isEmpty() && !project.has(key) && !project.has(olderKey)
                ? List.of(fallback)
                : given.stream().map(PackagePaths::clean).toList();
    }

    private static String clean(String path) {
        String text = path.replace('\\', '/');
        while (text.startsWith("./")) {
            text = text.substring(2);
        }
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
