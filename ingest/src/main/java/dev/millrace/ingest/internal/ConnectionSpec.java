package dev.millrace.ingest.internal;

import dev.millrace.core.Position;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connection as connections.yml describes it.
 *
 * @param schedule a cron expression or preset and its time zone, as they were written; empty for none
 * @param schema of the destination
 * @param schemaGiven whether the file names the schema
 * @param prefix of the tables' names
 * @param streams empty means what the source offers
 */
record ConnectionSpec(
        String name,
        String source,
        Position sourceAt,
        String destination,
        Position destinationAt,
        Map<String, Object> schedule,
        String schema,
        boolean schemaGiven,
        String prefix,
        SchemaPolicy schemaPolicy,
        List<String> tags,
        String description,
        StreamOptions defaults,
        Optional<List<StreamSpec>> streams,
        Position position) {
    ConnectionSpec {
        schedule = Map.copyOf(schedule);
        tags = List.copyOf(tags);
    }
}
