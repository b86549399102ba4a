package dev.millrace.ingest.internal;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.ingest.source.Lookback;
import dev.millrace.ingest.source.Types;
import dev.millrace.warehouse.DataType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The words of connections.yml, with the other spellings that Airbyte's tools use for the same things. */
final class Names {
    /** A sync mode that says both halves at once. */
    record Modes(SyncMode sync, Optional<DestinationMode> destination) {}

    private Names() {}

    /** The same mapping with {@code camelCase} keys as {@code snake_case}. */
    static YamlMap snakeCase(YamlMap map) {
        Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
        map.entries()
                .forEach((key, entry) ->
                        entries.put(key.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT), entry));
        return new YamlMap(entries, map.position());
    }

    static Modes modes(String written, Position at) {
        return switch (normal(written)) {
            case "full_refresh" -> new Modes(SyncMode.FULL_REFRESH, Optional.empty());
            case "full_refresh_overwrite", "full_refresh_overwrite_deduped" ->
                new Modes(SyncMode.FULL_REFRESH, Optional.of(DestinationMode.OVERWRITE));
            case "full_refresh_append" -> new Modes(SyncMode.FULL_REFRESH, Optional.of(DestinationMode.APPEND));
            case "incremental" -> new Modes(SyncMode.INCREMENTAL, Optional.empty());
            case "incremental_append" -> new Modes(SyncMode.INCREMENTAL, Optional.of(DestinationMode.APPEND));
            case "incremental_append_dedup",
                    "incremental_append_deduped",
                    "incremental_dedup",
                    "incremental_deduped_history",
                    "incremental_update",
                    "incremental_soft_delete" ->
                new Modes(SyncMode.INCREMENTAL, Optional.of(DestinationMode.APPEND_DEDUP));
            default ->
                throw unknown(
                        "sync_mode",
                        written,
                        at,
                        "full_refresh",
                        "incremental",
                        "full_refresh_overwrite",
                        "full_refresh_append",
                        "incremental_append",
                        "incremental_append_dedup");
        };
    }

    static DestinationMode destinationMode(String written, Position at) {
        return switch (normal(written)) {
            case "overwrite", "overwrite_dedup" -> DestinationMode.OVERWRITE;
            case "append" -> DestinationMode.APPEND;
            case "append_dedup", "append_deduped", "dedup", "merge", "upsert", "update" -> DestinationMode.APPEND_DEDUP;
            default -> throw unknown("destination_sync_mode", written, at, "overwrite", "append", "append_dedup");
        };
    }

    static SchemaPolicy schemaPolicy(String written, Position at) {
        return switch (normal(written)) {
            case "evolve", "propagate", "propagate_columns", "propagate_fully" -> SchemaPolicy.EVOLVE;
            case "freeze", "fail" -> SchemaPolicy.FREEZE;
            case "pause", "disable", "disable_connection" -> SchemaPolicy.PAUSE;
            default -> throw unknown("on_schema_change", written, at, "evolve", "freeze", "pause");
        };
    }

    static DataType type(String written, Position at) {
        return Types.parse(written)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "unknown type '" + written + "'",
                        at,
                        "Known types: text, int64, float64, decimal(p,s) with at most 38 digits, bool, date, timestamp,"
                                + " timestamptz, json.",
                        null));
    }

    static Lookback lookback(String written, Position at) {
        return Lookback.parse(written)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "'lookback' must be a time such as '5 minutes', or a number, but is '" + written + "'",
                        at,
                        null,
                        null));
    }

    private static String normal(String written) {
        return written.trim().toLowerCase(Locale.ROOT).replaceAll("[-\\s|+]+", "_");
    }

    private static MillraceException unknown(String key, String written, Position at, String... known) {
        return new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "unknown '" + key + "': '" + written + "'",
                at,
                Suggestion.hint(written, Arrays.asList(known)),
                null);
    }
}
