package dev.millrace.activate.internal.destination;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A record on its way.
 *
 * @param record as {@link Delivery#encode} made it
 * @param key of its row, as text
 * @param known whether a record of this key was delivered before
 * @param token the same for the same change, however often it is sent, and different for every other change
 */
public record Item(ObjectNode record, String key, boolean known, String token) {}
