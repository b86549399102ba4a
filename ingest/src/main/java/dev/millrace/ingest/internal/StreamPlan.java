package dev.millrace.ingest.internal;

import dev.millrace.core.Position;
import dev.millrace.core.graph.RelationName;
import dev.millrace.ingest.source.Lookback;
import dev.millrace.ingest.source.SourceStream;
import dev.millrace.warehouse.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one stream of a connection is read and written.
 *
 * @param stream what the source says of it; empty while nobody has been able to ask
 * @param cursor only when incremental
 * @param columns those to read; empty means all
 * @param notes what a reader of the plan should know
 */
record StreamPlan(
        ConnectionSpec connection,
        Optional<SourceStream> stream,
        String namespace,
        String name,
        SyncMode syncMode,
        DestinationMode destinationMode,
        Optional<String> cursor,
        List<String> primaryKey,
        Optional<Lookback> lookback,
        List<String> columns,
        Map<String, DataType> types,
        RelationName relation,
        List<String> notes,
        Position position) {
    StreamPlan {
        primaryKey = List.copyOf(primaryKey);
        columns = List.copyOf(columns);
        types = Map.copyOf(types);
        notes = List.copyOf(notes);
    }

    String qualifiedName() {
        return namespace.isEmpty() ? name : namespace + "." + name;
    }
}
