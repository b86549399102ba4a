package dev.millrace.ingest.source;

import dev.millrace.warehouse.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to read.
 *
 * @param columns names in the order wanted; empty means all
 * @param types of columns that are to be read as something else than the source's mapping says
 * @param cursor which rows; empty means all
 */
public record ReadRequest(
        String namespace,
        String name,
        List<String> columns,
        Map<String, DataType> types,
        Optional<CursorRange> cursor) {
    public ReadRequest {
        columns = List.copyOf(columns);
        types = Map.copyOf(types);
    }
}
