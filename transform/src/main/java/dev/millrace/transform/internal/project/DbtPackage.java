package dev.millrace.transform.internal.project;

import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dbt package: the project itself or one below {@code dbt_packages/}. Immutable.
 *
 * @param file its dbt_project.yml with templates rendered, save for hooks and vars
 */
public record DbtPackage(String name, Path root, boolean isRoot, YamlMap file, PackagePaths paths) {
    /** The configuration tree of one kind of resource: {@code models}, {@code seeds}, {@code data_tests} … */
    public ConfigTree tree(String... keys) {
        for (String key : keys) {
            Optional<YamlMap> map = file.map(key);
            if (map.isPresent()) {
                return new ConfigTree(map.get());
            }
        }
        return ConfigTree.EMPTY;
    }

    /** The package's own variables, which count when the project says nothing. */
    public Map<String, @Nullable Object> vars() {
        return file.map("vars").map(YamlMap::toJava).orElse(Map.of());
    }

    /** The statements of {@code on-run-start} or {@code on-run-end}. */
    public List<YamlNode> hooks(String key) {
        Optional<YamlNode> node = file.get(key);
        if (node.isEmpty()) {
            return List.of();
        }
        return node.get() instanceof dev.millrace.core.yaml.YamlList list ? list.items() : List.of(node.get());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DbtPackage that && that.root.equals(root) && that.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
