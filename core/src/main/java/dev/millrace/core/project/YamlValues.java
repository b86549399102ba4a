package dev.millrace.core.project;

import dev.millrace.core.Position;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain Java values as YAML nodes that all stand at one place: where the template that made them was written. */
final class YamlValues {
    private YamlValues() {}

    static YamlNode fromJava(@Nullable Object value, Position position) {
        if (value instanceof Map<?, ?> map) {
            Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
            map.forEach((key, item) ->
                    entries.put(String.valueOf(key), new YamlMap.Entry(position, fromJava(item, position))));
            return new YamlMap(entries, position);
        }
        if (value instanceof List<?> list) {
            return new YamlList(
                    list.stream().map(item -> fromJava(item, position)).toList(), position);
        }
        return new YamlScalar(value, String.valueOf(value), position);
    }
}
