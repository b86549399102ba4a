package dev.millrace.transform.internal.parse;

import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.transform.internal.resource.ColumnInfo;
import dev.millrace.transform.internal.resource.Properties;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what YAML files say about a resource and its columns. */
final class PropertiesReader {
    private static final List<String> CONFIG_AT_TOP = List.of("meta", "docs", "access", "group", "latest_version");

    private final DocRenderer docs;

    PropertiesReader(DocRenderer docs) {
        this.docs = docs;
    }

    Properties read(Patch patch) {
        return read(patch.map(), patch.patchPath(), patch.file().owner().name());
    }

    Properties read(YamlMap map, @Nullable String patchPath, String packageName) {
        Map<String, ColumnInfo> columns = new LinkedHashMap<>();
        for (YamlMap column : map.maps("columns")) {
            ColumnInfo info = column(column, packageName);
            columns.put(info.name(), info);
        }
        Map<String, @Nullable Object> extra = new LinkedHashMap<>();
        for (String key : List.of(
                "access", "group", "version", "latest_version", "deprecation_date", "constraints", "time_spine")) {
            map.get(key).ifPresent(value -> extra.put(key, value.toJava()));
        }
        return new Properties(description(map, packageName), columns, patchPath, extra);
    }

    String description(YamlMap map, String packageName) {
        return map.get("description")
                .map(node -> docs.render(node, packageName))
                .orElse("");
    }

    private ColumnInfo column(YamlMap map, String packageName) {
        Optional<YamlMap> config = map.map("config");
        Map<String, @Nullable Object> meta = new LinkedHashMap<>();
        map.map("meta").ifPresent(values -> meta.putAll(values.toJava()));
        config.flatMap(values -> values.map("meta")).ifPresent(values -> meta.putAll(values.toJava()));
        List<String> tags = new ArrayList<>(map.strings("tags"));
        config.ifPresent(values -> tags.addAll(values.strings("tags")));
        return new ColumnInfo(
                map.requireString("name"),
                description(map, packageName),
                meta,
                map.string("data_type").orElse(null),
                map.bool("quote").orElse(null),
                tags,
                map.list("constraints").map(YamlList::toJava).orElse(List.of()),
                tests(map));
    }

    /** The entries of {@code data_tests:} and {@code tests:}. */
    static List<YamlNode> tests(YamlMap map) {
        List<YamlNode> tests = new ArrayList<>();
        for (String key : List.of("data_tests", "tests")) {
            map.list(key).ifPresent(list -> tests.addAll(list.items()));
        }
        return tests;
    }

    /** What the properties configure: {@code config:} and the few configurations that may stand beside it. */
    static Map<String, @Nullable Object> config(YamlMap map) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String key : CONFIG_AT_TOP) {
            map.get(key).ifPresent(value -> values.put(key, value.toJava()));
        }
        values.remove("latest_version");
        map.map("config").ifPresent(config -> ConfigKeys.lay(values, config.toJava()));
        return values;
    }
}
