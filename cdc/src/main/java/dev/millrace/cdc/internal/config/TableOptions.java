package dev.millrace.cdc.internal.config;

/**
 * How one table is kept in the warehouse.
 *
 * @param history whether every change is appended to {@code <table>__changes}
 */
public record TableOptions(boolean history, DeletePolicy deletes) {}
