package dev.millrace.transform.internal.project;

import dev.millrace.core.Position;
import dev.millrace.core.yaml.YamlMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A configuration tree of dbt_project.yml: folders as keys, configurations with {@code +} or as plain values.
 * docs.getdbt.com/reference/configs-and-properties.
 */
public record ConfigTree(YamlMap root) {
    static final ConfigTree EMPTY = new ConfigTree(YamlMap.empty(Position.ofFile("dbt_project.yml")));

    /** What applies to a resource, from the least to the most specific level. */
    public List<Map<String, @Nullable Object>> levels(List<String> fqn) {
        List<Map<String, @Nullable Object>> levels = new ArrayList<>();
        YamlMap at = root;
        add(at, levels);
        for (String part : fqn) {
            YamlMap.Entry next = at.entries().get(part);
            if (next == null || !(next.value() instanceof YamlMap map)) {
                break;
            }
            at = map;
            add(at, levels);
        }
        return levels;
    }

    private static void add(YamlMap level, List<Map<String, @Nullable Object>> levels) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        level.entries().forEach((key, entry) -> {
            if (key.startsWith("+")) {
                values.put(key.substring(1).strip(), entry.value().toJava());
            } else if (!(entry.value() instanceof YamlMap)) {
                values.put(key, entry.value().toJava());
            }
        });
        if (!values.isEmpty()) {
            levels.add(values);
        }
    }
}
