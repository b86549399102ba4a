package dev.millrace.transform.internal.parse;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.transform.internal.resource.Config;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Properties;
import dev.millrace.transform.internal.resource.SourceTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the {@code sources:} of YAML files. */
final class SourceParser {
    private final Parsing parsing;
    private final String warehouse;

    SourceParser(Parsing parsing, String warehouse) {
        this.parsing = parsing;
        this.warehouse = warehouse;
    }

    /** A table with the YAML it was read from, where its tests stand. */
    record Parsed(SourceTable table, YamlMap source, YamlMap entry, Patch patch) {}

    List<Parsed> parse(Patch patch) {
        List<Parsed> tables = new ArrayList<>();
        for (YamlMap table : patch.map().maps("tables")) {
            parsing.guard(() -> tables.add(parse(patch, table)));
        }
        return tables;
    }

    private Parsed parse(Patch patch, YamlMap table) {
        YamlMap source = patch.map();
        String packageName = patch.file().owner().name();
        String sourceName = patch.name();
        String name = table.requireString("name");
        List<String> fqn = new ArrayList<>();
        fqn.add(packageName);
        fqn.addAll(List.of(patch.file().folders()));
        fqn.add(sourceName);
        fqn.add(name);
        Identity identity = new Identity(
                new NodeId(NodeKind.SOURCE, packageName, sourceName + "." + name),
                patch.file().owner(),
                name,
                patch.file().original(),
                patch.file().original(),
                patch.file().display(),
                fqn,
                table.positionOf("name"));
        Map<String, @Nullable Object> written = new LinkedHashMap<>(PropertiesReader.config(source));
        ConfigKeys.lay(written, PropertiesReader.config(table));
        Config config = new Config(config(patch, fqn, written, new FreshnessReader(source, table)));
        String database =
                text(table, source, "database").orElse(parsing.context().database());
        RelationName relation = new RelationName(
                warehouse,
                database,
                source.string("schema").orElse(sourceName),
                table.string("identifier").orElse(name));
        Set<String> tags = new LinkedHashSet<>(source.strings("tags"));
        tags.addAll(table.strings("tags"));
        tags.addAll(config.tags());
        Map<String, @Nullable Object> meta = new LinkedHashMap<>();
        config.map("meta").forEach((key, value) -> meta.put(String.valueOf(key), value));
        Properties properties = parsing.properties().read(table, patch.patchPath(), packageName);
        SourceTable parsed = new SourceTable(
                identity,
                sourceName,
                parsing.properties().description(source, packageName),
                properties,
                config,
                relation,
                quoting(source, table),
                source.map("meta").map(YamlMap::toJava).orElse(Map.of()),
                List.copyOf(tags),
                meta,
                extra(source, table, config));
        return new Parsed(parsed, source, table, patch);
    }

    private Map<String, @Nullable Object> config(
            Patch patch, List<String> fqn, Map<String, @Nullable Object> written, FreshnessReader freshness) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("enabled", true);
        values.put("event_time", null);
        values.put("freshness", null);
        values.put("loaded_at_field", null);
        values.put("loaded_at_query", null);
        Map<String, @Nullable Object> resolved = parsing.configs()
                .resolve(NodeKind.SOURCE, patch.file().owner(), fqn, written, List.of())
                .values();
        for (String key :
                List.of("enabled", "event_time", "freshness", "loaded_at_field", "loaded_at_query", "tags", "meta")) {
            if (resolved.containsKey(key)) {
                values.put(key, resolved.get(key));
            }
        }
        values.put("freshness", freshness.criteria(values.get("freshness")));
        String field = freshness.loadedAtField();
        String query = freshness.loadedAtQuery();
        if (field != null || query != null) {
            values.put("loaded_at_field", field);
            values.put("loaded_at_query", query);
        }
        return values;
    }

    private static Optional<String> text(YamlMap table, YamlMap source, String key) {
        return table.string(key).or(() -> source.string(key));
    }

    private static Map<String, Boolean> quoting(YamlMap source, YamlMap table) {
        Map<String, Boolean> quoting = new LinkedHashMap<>();
        for (YamlMap level : List.of(source, table)) {
            level.map("quoting")
                    .ifPresent(map ->
                            map.keys().forEach(key -> map.bool(key).ifPresent(value -> quoting.put(key, value))));
        }
        return quoting;
    }

    private static Map<String, @Nullable Object> extra(YamlMap source, YamlMap table, Config config) {
        Map<String, @Nullable Object> extra = new LinkedHashMap<>();
        for (String key : List.of("loader", "external")) {
            table.get(key).or(() -> source.get(key)).ifPresent(value -> extra.put(key, value.toJava()));
        }
        for (String key : List.of("freshness", "loaded_at_field", "loaded_at_query")) {
            extra.put(key, config.get(key));
        }
        return extra;
    }
}
