package dev.millrace.warehouse;

/**
 * A column of a relation as the warehouse describes it.
 *
 * @param type in the warehouse's own words, such as {@code DECIMAL(12,2)}
 */
public record Column(String name, String type, boolean nullable) {}
