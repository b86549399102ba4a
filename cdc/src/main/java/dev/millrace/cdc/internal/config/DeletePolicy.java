package dev.millrace.cdc.internal.config;

/** What becomes of a row that the source deletes. */
public enum DeletePolicy {
    /** It goes from the table, too. */
    HARD,
    /** It stays, with {@code _millrace_deleted} set. */
    SOFT
}
