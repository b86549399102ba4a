package dev.millrace.ingest.internal;

import dev.millrace.core.Position;
import dev.millrace.warehouse.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A stream as connections.yml names it.
 *
 * @param columns those to read; empty means all
 * @param types of columns that are to be read as something else
 */
record StreamSpec(
        Optional<String> namespace,
        String name,
        StreamOptions options,
        List<String> columns,
        Map<String, DataType> types,
        Position position) {}
