package dev.millrace.warehouse;

import java.util.Optional;

/**
 * A comment kept in a warehouse.
 *
 * @param relation its identifier
 * @param column that the comment is on; the relation itself if there is none
 */
public record Comment(String relation, Optional<String> column, String text) {}
