package dev.millrace.transform.internal.resource;

import dev.millrace.core.Position;

/** One {@code source(…)} call. */
public record SourceArgs(String source, String table, Position position) {
    @Override
    public String toString() {
        return "source('" + source + "', '" + table + "')";
    }
}
