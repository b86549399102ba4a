package dev.millrace.quality.internal.suite;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Values that expectations name by {@code {"$PARAMETER": "name"}}: those of the suite's {@code evaluation_parameters}
 * or {@code suite_parameters}. Computed parameters are not supported.
 */
record Parameters(YamlMap known) {
    private static final String KEY = "$PARAMETER";

    static Parameters of(YamlMap suite, Project project) {
        YamlMap written = suite.map("suite_parameters")
                .or(() -> suite.map("evaluation_parameters"))
                .orElse(YamlMap.empty(suite.position()));
        return new Parameters(project.render(written));
    }

    YamlMap resolve(YamlMap entry) {
        return (YamlMap) resolved(entry);
    }

    private YamlNode resolved(YamlNode node) {
        if (node instanceof YamlList list) {
            return new YamlList(list.items().stream().map(this::resolved).toList(), list.position());
        }
        if (!(node instanceof YamlMap map)) {
            return node;
        }
        if (map.has(KEY)) {
            String name = map.requireString(KEY);
            return known.get(name)
                    .orElseThrow(() -> new MillraceException(
                            ErrorCode.CONFIG_INVALID,
                            "there is no parameter '" + name + "'",
                            map.require(KEY).position(),
                            known.keys().isEmpty()
                                    ? "Give it a value under 'suite_parameters'; computed parameters are not supported."
                                    : Suggestion.hint(name, known.keys()),
                            null));
        }
        Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
        map.entries()
                .forEach((key, entry) ->
                        entries.put(key, new YamlMap.Entry(entry.keyPosition(), resolved(entry.value()))));
        return new YamlMap(entries, map.position());
    }
}
