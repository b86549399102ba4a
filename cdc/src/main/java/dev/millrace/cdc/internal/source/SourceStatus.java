package dev.millrace.cdc.internal.source;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a source says of its side.
 *
 * @param position where its log ends
 * @param confirmed up to where the connector has told that changes are safe; empty where the source is not told
 * @param lagBytes of its log after the connector's place, or else after {@code confirmed}
 * @param retainedBytes of its log that it keeps for the connector
 * @param active whether somebody reads it now; empty where the source cannot tell
 * @param problem what keeps the connector from going on
 */
public record SourceStatus(
        String position,
        Optional<String> confirmed,
        OptionalLong lagBytes,
        OptionalLong retainedBytes,
        Optional<Boolean> active,
        Optional<String> problem) {}
