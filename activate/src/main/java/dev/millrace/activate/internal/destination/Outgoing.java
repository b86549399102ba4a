package dev.millrace.activate.internal.destination;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A record on its way out.
 *
 * @param key its value of the key field as text
 */
public record Outgoing(String key, ObjectNode record) {}
