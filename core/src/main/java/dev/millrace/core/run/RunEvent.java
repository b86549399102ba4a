package dev.millrace.core.run;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Node;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Everything that happens in a run, on one stream. Console, log, artifacts and history are listeners to it. */
public sealed interface RunEvent {
    Instant at();

    /** @param nodes the plan, in topological order */
    record RunStarted(Instant at, String runId, String command, List<Node> nodes, int threads) implements RunEvent {}

    /**
     * @param index 1-based, in the order nodes start
     * @param total how many nodes the plan has
     */
    record NodeStarted(Instant at, Node node, int index, int total) implements RunEvent {}

    record NodeProgressed(Instant at, Node node, long rows, long bytes, OptionalLong totalRows) implements RunEvent {}

    /** @param attempt the one that failed, 1-based */
    record NodeRetrying(Instant at, Node node, int attempt, int attempts, MillraceException error, Duration delay)
            implements RunEvent {}

    /** @param index as in {@link NodeStarted}; a skipped node gets one too */
    record NodeFinished(Instant at, NodeResult result, int index, int total) implements RunEvent {}

    record Logged(Instant at, LogLevel level, Optional<Node> node, String message) implements RunEvent {}

    record RunFinished(Instant at, RunResult result) implements RunEvent {}
}
