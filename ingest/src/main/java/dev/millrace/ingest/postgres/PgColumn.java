package dev.millrace.ingest.postgres;

/**
 * A column as the catalog describes it.
 *
 * @param typeName with its modifier, such as {@code numeric(12,2)}
 * @param modifier {@code atttypmod}; -1 for none
 * @param dimensions {@code attndims}: what an array was declared with; 0 when unknown
 */
record PgColumn(String name, long type, String typeName, int modifier, int dimensions, boolean nullable) {}
