package dev.millrace.cli.console;

import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Nodes and results to show, with good defaults. */
final class Nodes {
    static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

    private Nodes() {}

    static Node node(NodeKind kind, String name) {
        return Node.builder(new NodeId(kind, "shop", name), new Position("models/" + name + ".sql", 3, 5))
                .build();
    }

    static NodeResult result(NodeKind kind, String name, Status status, String message) {
        return result(kind, name, status, message, OptionalLong.empty(), OptionalLong.empty(), null);
    }

    static NodeResult result(
            NodeKind kind,
            String name,
            Status status,
            String message,
            OptionalLong rows,
            OptionalLong failures,
            @Nullable MillraceException error) {
        return new NodeResult(
                node(kind, name),
                status,
                message,
                NOON,
                NOON.plusMillis(420),
                "Thread-1",
                1,
                rows,
                failures,
                Map.of(),
                error);
    }

    static RunResult run(NodeResult... results) {
        return new RunResult("run-1", NOON, NOON.plusMillis(1500), List.of(results), false);
    }
}
