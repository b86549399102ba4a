package dev.millrace.ingest.source;

/**
 * A column of a stream.
 *
 * @param type in the source's own words, such as {@code numeric(12,2)}
 */
public record SourceColumn(String name, String type, boolean nullable) {}
