package dev.millrace.core.live;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a node that is kept running is doing.
 *
 * @param rows processed since it was started
 * @param rowsPerSecond over about the last ten seconds
 * @param lag rows or messages that wait to be processed, if the node can tell
 * @param lagMillis the age of the oldest of them, in milliseconds, if the node can tell
 * @param watermark up to where its event time is complete
 * @param position where in its source it stands, as the source writes that; empty if it has no such thing
 * @param error why it is backing off
 * @param since when the state was entered
 * @param lastArrival when rows were last processed
 */
public record FlowStatus(
        NodeId node,
        FlowState state,
        long rows,
        double rowsPerSecond,
        OptionalLong lag,
        OptionalLong lagMillis,
        Optional<Instant> watermark,
        String position,
        Optional<MillraceException> error,
        Instant since,
        Optional<Instant> lastArrival) {}
