package dev.millrace.core.live;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.StepResult;
import java.time.Instant;

/**
 * Hears what becomes of flows. It is called by their threads, several at a time, and keeps them from their work while
 * it is. A flow's {@code run} is the span from when it is opened until it fails or is stopped.
 */
public interface FlowListener {
    FlowListener NONE = new FlowListener() {};

    /** It is about to be opened. */
    default void started(Node node, String run, Instant at) {}

    /** A call has come back, with rows or without. */
    default void called(Node node, String run, StepResult result, Instant at) {}

    /** It has failed, and will be opened again. */
    default void failed(Node node, String run, MillraceException error, Instant at) {}

    /** It was asked to stop, and has. */
    default void stopped(Node node, String run, Instant at) {}
}
