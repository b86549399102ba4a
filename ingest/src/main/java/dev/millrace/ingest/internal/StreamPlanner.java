package dev.millrace.ingest.internal;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.RelationName;
import dev.millrace.ingest.source.Source;
import dev.millrace.ingest.source.SourceColumn;
import dev.millrace.ingest.source.SourceStream;
import dev.millrace.warehouse.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Decides how the streams of one connection are read, from what its file says and what the source offers. */
final class StreamPlanner {
    private final ConnectionSpec connection;
    private final Source source;
    private final Function<String, RelationName> relations;

    /** @param relations the destination's table of a stream's name */
    StreamPlanner(ConnectionSpec connection, Source source, Function<String, RelationName> relations) {
        this.connection = connection;
        this.source = source;
        this.relations = relations;
    }

    /** Named in the file. */
    StreamPlan plan(StreamSpec spec, Optional<SourceStream> stream) {
        return new Choice(Optional.of(spec), stream).plan(spec.namespace().orElse(""), spec.name());
    }

    /** Offered by the source. */
    StreamPlan plan(SourceStream stream) {
        return new Choice(Optional.empty(), Optional.of(stream)).plan(stream.namespace(), stream.name());
    }

    /** Asked for by a model, while the source cannot be asked. */
    StreamPlan plan(String name) {
        return new Choice(Optional.empty(), Optional.empty()).plan("", name);
    }

    private final class Choice {
        private final Optional<StreamSpec> spec;
        private final Optional<SourceStream> stream;
        private final StreamOptions options;
        private final List<String> notes = new ArrayList<>();
        private SyncMode syncMode;
        private Optional<DestinationMode> destinationMode;

        Choice(Optional<StreamSpec> spec, Optional<SourceStream> stream) {
            this.spec = spec;
            this.stream = stream;
            this.options =
                    spec.map(one -> one.options().or(connection.defaults())).orElse(connection.defaults());
            this.syncMode = options.syncMode()
                    .orElse(options.cursorField().isPresent() ? SyncMode.INCREMENTAL : SyncMode.FULL_REFRESH);
            this.destinationMode = options.destinationMode();
        }

        StreamPlan plan(String namespace, String name) {
            Optional<String> cursor = cursor();
            List<String> primaryKey = primaryKey();
            DestinationMode destination = destination(primaryKey);
            boolean incremental = syncMode == SyncMode.INCREMENTAL;
            return new StreamPlan(
                    connection,
                    stream,
                    stream.map(SourceStream::namespace).orElse(namespace),
                    stream.map(SourceStream::name).orElse(name),
                    syncMode,
                    destination,
                    incremental ? cursor : Optional.empty(),
                    primaryKey,
                    options.lookback(),
                    columns(primaryKey, incremental ? cursor : Optional.empty()),
                    types(),
                    relations.apply(stream.map(SourceStream::name).orElse(name)),
                    notes,
                    position());
        }

        private Optional<String> cursor() {
            if (syncMode != SyncMode.INCREMENTAL) {
                return Optional.empty();
            }
            Optional<String> wanted = options.cursorField().or(() -> stream.flatMap(source::defaultCursor));
            if (stream.isEmpty()) {
                return wanted;
            }
            if (wanted.isEmpty()) {
                if (options.cursorField().isEmpty() && source.hasDefaultCursor()) {
                    return refreshInFull("no cursor column");
                }
                throw new MillraceException(
                        ErrorCode.CONFIG_MISSING,
                        "'cursor_field' is missing: an incremental stream needs a column that grows",
                        position(),
                        "Add 'cursor_field: updated_at', or set 'sync_mode: full_refresh'.",
                        null);
            }
            Optional<SourceColumn> column = stream.get().column(wanted.get());
            if (column.isPresent()) {
                return column.map(SourceColumn::name);
            }
            boolean ownCursor = spec.flatMap(one -> one.options().cursorField()).isPresent();
            if (ownCursor) {
                throw noColumn(wanted.get(), options.at());
            }
            return refreshInFull("no column '" + wanted.get() + "'");
        }

        private Optional<String> refreshInFull(String why) {
            notes.add(why + ": full refresh");
            syncMode = SyncMode.FULL_REFRESH;
            destinationMode = Optional.of(DestinationMode.OVERWRITE);
            return Optional.empty();
        }

        private List<String> primaryKey() {
            if (options.primaryKey().isEmpty()) {
                return stream.map(SourceStream::primaryKey).orElse(List.of());
            }
            boolean own = spec.map(one -> !one.options().primaryKey().isEmpty()).orElse(false);
            List<String> key = new ArrayList<>();
            for (String name : options.primaryKey()) {
                Optional<SourceColumn> column = stream.flatMap(one -> one.column(name));
                if (column.isEmpty() && stream.isPresent()) {
                    if (own) {
                        throw noColumn(name, position());
                    }
                    return stream.get().primaryKey();
                }
                key.add(column.map(SourceColumn::name).orElse(name));
            }
            return key;
        }

        private DestinationMode destination(List<String> primaryKey) {
            if (syncMode == SyncMode.FULL_REFRESH) {
                return destinationMode
                        .filter(mode -> mode == DestinationMode.APPEND)
                        .orElse(DestinationMode.OVERWRITE);
            }
            if (destinationMode.equals(Optional.of(DestinationMode.OVERWRITE))) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "an incremental stream cannot overwrite: only the new rows would remain",
                        position(),
                        "Set 'destination_sync_mode' to append_dedup or append, or 'sync_mode' to full_refresh.",
                        null);
            }
            boolean known = stream.isPresent();
            if (destinationMode.equals(Optional.of(DestinationMode.APPEND_DEDUP)) && primaryKey.isEmpty() && known) {
                boolean own =
                        spec.flatMap(one -> one.options().destinationMode()).isPresent();
                if (own) {
                    throw new MillraceException(
                            ErrorCode.CONFIG_MISSING,
                            "append_dedup needs a primary key, and "
                                    + stream.get().qualifiedName() + " has none",
                            position(),
                            "Add 'primary_key:' to the stream.",
                            null);
                }
                refreshInFull("no primary key");
                return DestinationMode.OVERWRITE;
            }
            if (destinationMode.isEmpty() && primaryKey.isEmpty() && known) {
                notes.add("no primary key: a row that changes is kept in each version");
            }
            return destinationMode.orElse(primaryKey.isEmpty() ? DestinationMode.APPEND : DestinationMode.APPEND_DEDUP);
        }

        private List<String> columns(List<String> primaryKey, Optional<String> cursor) {
            List<String> chosen = spec.map(StreamSpec::columns).orElse(List.of());
            if (chosen.isEmpty()) {
                return chosen;
            }
            Set<String> columns = new LinkedHashSet<>();
            for (String name : chosen) {
                if (stream.isPresent() && stream.get().column(name).isEmpty()) {
                    throw noColumn(name, position());
                }
                columns.add(stream.flatMap(one -> one.column(name))
                        .map(SourceColumn::name)
                        .orElse(name));
            }
            columns.addAll(primaryKey);
            cursor.ifPresent(columns::add);
            return List.copyOf(columns);
        }

        private Map<String, DataType> types() {
            Map<String, DataType> types = new LinkedHashMap<>();
            spec.map(StreamSpec::types).orElse(Map.of()).forEach((name, type) -> {
                Optional<SourceColumn> column = stream.flatMap(one -> one.column(name));
                if (column.isEmpty() && stream.isPresent()) {
                    throw noColumn(name, position());
                }
                types.put(column.map(SourceColumn::name).orElse(name), type);
            });
            return types;
        }

        private MillraceException noColumn(String name, Position at) {
            List<String> known = stream.orElseThrow().columns().stream()
                    .map(SourceColumn::name)
                    .toList();
            return new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    stream.get().qualifiedName() + " has no column '" + name + "'",
                    at,
                    Suggestion.hint(name, known),
                    null);
        }

        private Position position() {
            return spec.map(StreamSpec::position).orElse(connection.position());
        }
    }
}
