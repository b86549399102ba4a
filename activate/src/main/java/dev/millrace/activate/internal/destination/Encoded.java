package dev.millrace.activate.internal.destination;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A row as JSON.
 *
 * @param problem why it cannot be sent, if a value does not fit its field; the record then holds that value as text
 */
public record Encoded(ObjectNode record, Optional<Rejection> problem) {}
