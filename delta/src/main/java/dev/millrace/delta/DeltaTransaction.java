package dev.millrace.delta;

/**
 * What makes a write to a Delta table happen once: the table remembers for each application the last version that was
 * written.
 *
 * @param application the same text for all writes of one writer
 * @param version grows from write to write
 */
public record DeltaTransaction(String application, long version) {}
