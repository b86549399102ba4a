package dev.millrace.activate.internal.config;

import dev.millrace.core.Position;

/**
 * One line of a sync's mapping.
 *
 * @param column of the model
 * @param field of the destination's object
 */
public record MappedField(String column, String field, Position columnPosition, Position fieldPosition) {}
