package dev.millrace.transform.internal.project;

import dev.millrace.core.project.Templates;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.jinja.Globals;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Renders dbt_project.yml where dbt does: everywhere but in vars, hooks and query comments, which are templates for
 * later.
 */
final class ProjectFile {
    private static final Set<String> LATER = Set.of(
            "vars", "on-run-start", "on-run-end", "query-comment", "pre-hook", "post-hook", "pre_hook", "post_hook");

    private ProjectFile() {}

    static YamlMap render(YamlMap map, Globals globals) {
        Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
        map.entries()
                .forEach((key, entry) ->
                        entries.put(key, new YamlMap.Entry(entry.keyPosition(), value(key, entry, globals))));
        return new YamlMap(entries, map.position());
    }

    private static YamlNode value(String key, YamlMap.Entry entry, Globals globals) {
        String plain = key.startsWith("+") ? key.substring(1).strip() : key;
        if (LATER.contains(plain)) {
            return entry.value();
        }
        return entry.value() instanceof YamlMap inner
                ? render(inner, globals)
                : Templates.render(entry.value(), globals);
    }
}
