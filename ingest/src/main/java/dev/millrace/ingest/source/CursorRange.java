package dev.millrace.ingest.source;

import java.util.Optional;

/**
 * The rows whose cursor is at or after a value.
 *
 * @param column the cursor's column
 * @param from the value as {@link CursorValue} writes it; empty means all rows
 * @param withNulls whether rows without a cursor are read too
 */
public record CursorRange(String column, Optional<String> from, boolean withNulls) {}
