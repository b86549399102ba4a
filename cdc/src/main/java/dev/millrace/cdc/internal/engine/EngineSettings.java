package dev.millrace.cdc.internal.engine;

import dev.millrace.cdc.internal.config.ConnectorSpec;
import dev.millrace.cdc.internal.config.Endpoint;
import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.cdc.internal.source.SourceDatabase;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** The properties a connector runs with: those of its file, and those that Millrace decides. */
public final class EngineSettings {
    private static final Set<String> SNAPSHOT_MODES = Set.of("initial", "no_data", "schema_only", "never");

    /** Transformations that only shape records for Kafka's topics; here they become tables. */
    private static final Set<String> SHAPING = Set.of(
            "io.debezium.transforms.ExtractNewRecordState",
            "io.debezium.transforms.ByLogicalTableRouter",
            "org.apache.kafka.connect.transforms.RegexRouter",
            "io.debezium.transforms.UnwrapFromEnvelope");

    private static final Pattern FOR_KAFKA = Pattern.compile(
            "(transforms|predicates|converters|key\\.converter|value\\.converter|header\\.converter|topic\\.creation|errors\\.|offset\\.|"
                    + "schema\\.history\\.internal\\.kafka|producer\\.|consumer\\.|exactly\\.once).*");

    private EngineSettings() {}

    /** @throws MillraceException CONFIG_INVALID at the property that cannot be had */
    public static void check(ConnectorSpec spec) {
        spec.value("plugin.name").filter(name -> !name.equals("pgoutput")).ifPresent(name -> {
            throw invalid(
                    spec,
                    "plugin.name",
                    "plugin '" + name + "' is not supported",
                    "Write pgoutput, which every PostgreSQL has.");
        });
        spec.value("snapshot.mode")
                .filter(mode -> !SNAPSHOT_MODES.contains(mode))
                .ifPresent(mode -> {
                    throw invalid(
                            spec,
                            "snapshot.mode",
                            "snapshot mode '" + mode + "' is not supported",
                            "Write initial, or no_data to begin with the changes from now on.");
                });
        for (String list : List.of("table", "schema", "database", "column")) {
            for (String key : List.of(list + ".include.list", list + ".exclude.list")) {
                spec.value(key).ifPresent(value -> checkExpressions(spec, key, value));
            }
        }
        spec.value("converters").ifPresent(names -> {
            throw invalid(
                    spec,
                    "converters",
                    "converter '" + names + "' would not be applied",
                    "Shape the data in a model, or hide columns with column.exclude.list,"
                            + " column.mask.with… or column.truncate.to….");
        });
        spec.value("transforms").ifPresent(names -> {
            for (String name : names.split(",")) {
                String type = spec.value("transforms." + name.trim() + ".type").orElse("");
                if (!SHAPING.contains(type)) {
                    throw invalid(
                            spec,
                            "transforms",
                            "transformation '" + name.trim() + "' would not be applied",
                            "Shape the data in a model, or hide columns with column.exclude.list,"
                                    + " column.mask.with… or column.truncate.to….");
                }
            }
        });
    }

    private static void checkExpressions(ConnectorSpec spec, String key, String value) {
        for (String one : value.split("(?<!\\\\),")) {
            try {
                Pattern.compile(one.trim());
            } catch (PatternSyntaxException e) {
                throw invalid(
                        spec,
                        key,
                        "'" + one.trim() + "' is not a regular expression: " + e.getDescription(),
                        "Lists hold regular expressions over schema.table, with commas between.");
            }
        }
    }

    private static MillraceException invalid(ConnectorSpec spec, String key, String what, String hint) {
        return new MillraceException(ErrorCode.CONFIG_INVALID, what, spec.at(key), hint, null);
    }

    /** Where the definitions of tables are kept. */
    public static Map<String, String> history(SchemaHistoryLog log) {
        return Map.of(
                "schema.history.internal",
                WarehouseSchemaHistory.class.getName(),
                WarehouseSchemaHistory.KEY,
                log.key());
    }

    /**
     * @param continuous whether the connector is to stay open
     * @param more what wins over all else
     */
    public static Map<String, String> of(
            ConnectorSpec spec,
            Endpoint endpoint,
            SourceDatabase database,
            List<TableId> tables,
            boolean continuous,
            Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("poll.interval.ms", "5");
        all.put("max.batch.size", "16384");
        all.put("max.queue.size", "65536");
        all.put("snapshot.mode", "initial");
        all.put("topic.prefix", spec.value("database.server.name").orElse(spec.name()));
        spec.config().forEach((key, value) -> {
            if (!FOR_KAFKA.matcher(key).matches()) {
                all.put(key, value);
            }
        });
        all.put("name", spec.name());
        all.put("connector.class", spec.kind().connectorClass());
        all.put("tasks.max", "1");
        all.put("database.hostname", endpoint.host());
        all.put("database.port", Integer.toString(endpoint.port()));
        all.put("database.user", endpoint.user());
        all.put("database.password", endpoint.password().reveal());
        all.put("decimal.handling.mode", "precise");
        all.put("time.precision.mode", "adaptive_time_microseconds");
        all.put("binary.handling.mode", "bytes");
        all.put("column.propagate.source.type", ".*");
        all.put("include.unknown.datatypes", "true");
        all.put("tombstones.on.delete", "false");
        all.put("skipped.operations", "none");
        all.put("provide.transaction.metadata", "true");
        // The default makes null of a value that cannot be converted.
        all.put("event.converting.failure.handling.mode", "fail");
        all.put("unavailable.value.placeholder", "__debezium_unavailable_value");
        all.put("field.name.adjustment.mode", "none");
        all.put("schema.name.adjustment.mode", "none");
        all.put("heartbeat.interval.ms", continuous ? "5000" : "200");
        all.computeIfPresent("snapshot.mode", (key, mode) -> mode.equals("initial") ? mode : "no_data");
        all.putAll(database.engineProperties(tables, continuous));
        spec.value("database.server.id").ifPresent(id -> all.put("database.server.id", id));
        spec.value("publication.autocreate.mode").ifPresent(mode -> all.put("publication.autocreate.mode", mode));
        // A table that comes to be in the lists while the connector is open is read first, when it is next opened.
        all.remove("table.exclude.list");
        all.put(
                "table.include.list",
                tables.stream().map(EngineSettings::expression).collect(Collectors.joining(",")));
        all.putAll(more);
        return all;
    }

    /** That matches just the one table. */
    private static String expression(TableId table) {
        return table.toString().replaceAll("[^\\w]", "\\\\$0");
    }
}
