package dev.millrace.ingest.internal;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Problems;
import dev.millrace.core.project.Schedules;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.ingest.source.Lookback;
import dev.millrace.warehouse.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads connections.yml. */
final class ConnectionsFile {
    private static final Set<String> STREAM_OPTIONS =
            Set.of("sync_mode", "destination_sync_mode", "cursor_field", "primary_key", "lookback", "cursor_lookback");

    private static final Set<String> CONNECTION_KEYS = union(
            STREAM_OPTIONS,
            Set.of(
                    "name",
                    "source",
                    "destination",
                    "schedule",
                    "schema",
                    "namespace_format",
                    "prefix",
                    "streams",
                    "configurations",
                    "sync_catalog",
                    "on_schema_change",
                    "schema_change",
                    "non_breaking_schema_updates_behavior",
                    "non_breaking_changes_preference",
                    "status",
                    "tags",
                    "description"));

    private static final Set<String> STREAM_KEYS = union(
            STREAM_OPTIONS, Set.of("name", "namespace", "schema", "selected", "columns", "selected_fields", "types"));

    private ConnectionsFile() {}

    /**
     * The connections of the file.
     *
     * @param file rendered
     * @throws MillraceException with everything that is wrong in it
     */
    static List<ConnectionSpec> read(YamlMap file) {
        file.allowOnly(List.of("connections", "version"));
        Problems problems = new Problems();
        List<ConnectionSpec> connections = new ArrayList<>();
        for (YamlMap item : file.maps("connections")) {
            problems.collect(() -> {
                YamlMap map = Names.snakeCase(item);
                if (map.string("status").map(status -> !status.equals("active")).orElse(false)) {
                    return;
                }
                connections.add(connection(map));
            });
        }
        problems.throwIfAny();
        return connections;
    }

    private static ConnectionSpec connection(YamlMap map) {
        map.allowOnly(CONNECTION_KEYS);
        String source = map.requireString("source");
        String destination = map.requireString("destination");
        Optional<SchemaPolicy> policy = Optional.empty();
        for (String key : List.of(
                "on_schema_change",
                "schema_change",
                "non_breaking_schema_updates_behavior",
                "non_breaking_changes_preference")) {
            policy = policy.or(() -> map.string(key).map(value -> Names.schemaPolicy(value, valueAt(map, key))));
        }
        return new ConnectionSpec(
                map.string("name").orElse(source + "_to_" + destination),
                source,
                valueAt(map, "source"),
                destination,
                valueAt(map, "destination"),
                Schedules.read(map),
                map.string("schema").or(() -> map.string("namespace_format")).orElse("raw"),
                map.has("schema") || map.has("namespace_format"),
                map.string("prefix").orElse(""),
                policy.orElse(SchemaPolicy.EVOLVE),
                map.strings("tags"),
                map.string("description").orElse(""),
                options(map),
                streams(map),
                map.position());
    }

    private static Optional<List<StreamSpec>> streams(YamlMap connection) {
        YamlMap holder = connection
                .map("configurations")
                .or(() -> connection.map("sync_catalog"))
                .orElse(connection);
        Optional<YamlList> list = holder.list("streams");
        if (list.isEmpty()) {
            return Optional.empty();
        }
        List<StreamSpec> streams = new ArrayList<>();
        for (YamlNode item : list.get().items()) {
            if (item instanceof YamlScalar scalar) {
                streams.add(stream(YamlMap.empty(scalar.position()), scalar.text()));
            } else if (item instanceof YamlMap map) {
                YamlMap flat = flatten(Names.snakeCase(map));
                flat.allowOnly(STREAM_KEYS);
                if (flat.bool("selected").orElse(true)) {
                    streams.add(stream(flat, flat.requireString("name")));
                }
            } else {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "a stream must be a name or a mapping, but is " + item.describe(),
                        item.position(),
                        null,
                        null);
            }
        }
        return Optional.of(List.copyOf(streams));
    }

    /** Airbyte's catalog keeps what a stream is apart from how it is read; here both are one mapping. */
    private static YamlMap flatten(YamlMap stream) {
        if (!stream.has("stream") && !stream.has("config")) {
            return stream;
        }
        Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
        for (String key : List.of("stream", "config")) {
            stream.map(key)
                    .map(Names::snakeCase)
                    .ifPresent(part -> part.entries().forEach((name, entry) -> {
                        if (STREAM_KEYS.contains(name)) {
                            entries.put(name, entry);
                        }
                    }));
        }
        return new YamlMap(entries, stream.position());
    }

    private static StreamSpec stream(YamlMap map, String written) {
        Optional<String> namespace = map.string("namespace").or(() -> map.string("schema"));
        int dot = written.indexOf('.');
        boolean qualified = namespace.isEmpty() && dot > 0;
        Map<String, DataType> types = new LinkedHashMap<>();
        map.map("types")
                .ifPresent(given -> given.keys()
                        .forEach(column ->
                                types.put(column, Names.type(given.requireString(column), valueAt(given, column)))));
        return new StreamSpec(
                qualified ? Optional.of(written.substring(0, dot)) : namespace,
                qualified ? written.substring(dot + 1) : written,
                options(map),
                columns(map, types),
                Map.copyOf(types),
                map.has("name") ? valueAt(map, "name") : map.position());
    }

    private static List<String> columns(YamlMap map, Map<String, DataType> types) {
        String key = map.has("columns") ? "columns" : "selected_fields";
        List<String> columns = new ArrayList<>();
        map.list(key).map(YamlList::items).orElse(List.of()).forEach(item -> {
            if (item instanceof YamlMap column) {
                column.allowOnly(List.of("name", "type", "field_path"));
                String name = column.string("name")
                        .or(() -> column.strings("field_path").stream().findFirst())
                        .orElseGet(() -> column.requireString("name"));
                columns.add(name);
                column.string("type").ifPresent(type -> types.put(name, Names.type(type, valueAt(column, "type"))));
            } else if (item instanceof YamlScalar scalar) {
                columns.add(scalar.text());
            } else {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID, "a column must be a name", item.position(), null, null);
            }
        });
        return List.copyOf(columns);
    }

    private static StreamOptions options(YamlMap map) {
        Optional<Names.Modes> modes =
                map.string("sync_mode").map(value -> Names.modes(value, valueAt(map, "sync_mode")));
        Optional<DestinationMode> destination = map.string("destination_sync_mode")
                .map(value -> Names.destinationMode(value, valueAt(map, "destination_sync_mode")));
        List<String> cursor = flat(map, "cursor_field");
        if (cursor.size() > 1) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'cursor_field' must be one column, but there are " + cursor.size(),
                    valueAt(map, "cursor_field"),
                    null,
                    null);
        }
        String lookback = map.has("lookback") ? "lookback" : "cursor_lookback";
        Optional<Lookback> back = map.string(lookback).map(value -> Names.lookback(value, valueAt(map, lookback)));
        return new StreamOptions(
                modes.map(Names.Modes::sync),
                destination.or(() -> modes.flatMap(Names.Modes::destination)),
                cursor.stream().findFirst(),
                flat(map, "primary_key"),
                back,
                map.has("cursor_field") ? valueAt(map, "cursor_field") : map.position());
    }

    /** {@code id}, {@code [id]} and Airbyte's {@code [[id]]}. */
    private static List<String> flat(YamlMap map, String key) {
        Optional<YamlNode> node = map.get(key);
        if (node.isEmpty() || !(node.get() instanceof YamlList list)) {
            return map.strings(key);
        }
        List<String> names = new ArrayList<>();
        for (YamlNode item : list.items()) {
            if (item instanceof YamlList path && path.items().size() == 1) {
                item = path.items().get(0);
            }
            if (!(item instanceof YamlScalar scalar)) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "'" + key + "' must name columns, but holds " + item.describe(),
                        item.position(),
                        null,
                        null);
            }
            names.add(scalar.text());
        }
        return names;
    }

    private static Position valueAt(YamlMap map, String key) {
        return map.get(key).map(YamlNode::position).orElse(map.position());
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new java.util.TreeSet<>(one);
        all.addAll(other);
        return Set.copyOf(all);
    }
}
