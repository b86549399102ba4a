package dev.millrace.transform.internal.parse;

import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.internal.project.ConfigTree;
import dev.millrace.transform.internal.project.DbtPackage;
import dev.millrace.transform.internal.resource.Config;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Resolves a resource's configuration in dbt's order (docs.getdbt.com/reference/define-configs): the package's
 * dbt_project.yml, the YAML properties, the file's own {@code config()}, and over a package's resources the project's
 * dbt_project.yml.
 */
final class ConfigResolver {
    private final DbtPackage root;

    ConfigResolver(DbtPackage root) {
        this.root = root;
    }

    /**
     * @param fromYaml the {@code config:} of the YAML properties
     * @param fromFile each {@code config(…)} call, in order
     */
    Config resolve(
            NodeKind kind,
            DbtPackage owner,
            List<String> fqn,
            Map<String, @Nullable Object> fromYaml,
            List<Map<String, @Nullable Object>> fromFile) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>(ConfigKeys.defaults(kind));
        tree(owner, kind).levels(fqn).forEach(level -> ConfigKeys.lay(values, level));
        ConfigKeys.lay(values, fromYaml);
        Map<String, @Nullable Object> calls = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> call : fromFile) {
            // Calls in one file replace each other, save for what adds up anyway.
            ConfigKeys.lay(calls, call);
        }
        ConfigKeys.lay(values, calls);
        if (!owner.isRoot()) {
            tree(root, kind).levels(fqn).forEach(level -> ConfigKeys.lay(values, level));
        }
        normalize(kind, values);
        return new Config(values);
    }

    private static ConfigTree tree(DbtPackage owner, NodeKind kind) {
        return switch (kind) {
            case MODEL -> owner.tree("models");
            case SEED -> owner.tree("seeds");
            case SNAPSHOT -> owner.tree("snapshots");
            case TEST -> owner.tree("data_tests", "tests");
            case SOURCE -> owner.tree("sources");
            case EXPOSURE -> owner.tree("exposures");
            case METRIC -> owner.tree("metrics");
            case SEMANTIC_MODEL -> owner.tree("semantic-models");
            case SAVED_QUERY -> owner.tree("saved-queries");
            case UNIT_TEST -> owner.tree("unit_tests");
            case ANALYSIS -> owner.tree("analyses");
            default -> owner.tree();
        };
    }

    private static void normalize(NodeKind kind, Map<String, @Nullable Object> values) {
        Object tags = values.get("tags");
        if (tags instanceof List<?> list) {
            values.put("tags", list.stream().map(String::valueOf).distinct().toList());
        }
        if (kind == NodeKind.TEST && values.get("severity") != null) {
            values.put("severity", String.valueOf(values.get("severity")));
        }
        if (values.get("full_refresh") instanceof String text) {
            values.put("full_refresh", Boolean.valueOf(text));
        }
    }
}
