package dev.millrace.core.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunEventJsonTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final Node ORDERS = Node.builder(
                    new NodeId(NodeKind.MODEL, "shop", "orders"), new Position("models/orders.sql", 3, 7))
            .config(Map.of("materialized", "table"))
            .writes(new RelationName("w", "db", "main", "orders"))
            .build();

    private final RunEventReader reader = new RunEventReader();

    @Test
    void a_run_is_read_back_as_it_was_written() {
        NodeResult failed = result(
                Status.ERROR,
                new MillraceException(
                        ErrorCode.SQL_FAILED, "no column x", new Position("models/orders.sql", 4, 1), "Try y.", null));

        RunEvent.RunStarted started =
                (RunEvent.RunStarted) again(new RunEvent.RunStarted(NOON, "run-1", "build", List.of(ORDERS), 4));
        RunEvent.NodeFinished finished = (RunEvent.NodeFinished) again(new RunEvent.NodeFinished(NOON, failed, 1, 1));
        RunResult result = new RunResult("run-1", NOON, NOON.plusSeconds(2), List.of(failed), true);
        RunEvent.RunFinished end = (RunEvent.RunFinished) again(new RunEvent.RunFinished(NOON.plusSeconds(2), result));

        assertThat(started.runId()).isEqualTo("run-1");
        assertThat(started.threads()).isEqualTo(4);
        Node node = started.nodes().get(0);
        assertThat(node.id()).isEqualTo(ORDERS.id());
        assertThat(node.position()).isEqualTo(ORDERS.position());
        assertThat(node.config()).containsEntry("materialized", "table");
        assertThat(node.relation()).hasToString("Optional[main.orders]");
        assertThat(finished.result().elapsed()).isEqualTo(Duration.ofMillis(420));
        MillraceException error = finished.result().error().orElseThrow();
        assertThat(error.code()).isEqualTo(ErrorCode.SQL_FAILED);
        assertThat(error.position()).contains(new Position("models/orders.sql", 4, 1));
        assertThat(error.hint()).contains("Try y.");
        assertThat(end.result().nodes()).containsExactly(finished.result());
        assertThat(end.result().cancelled()).isTrue();
        assertThat(end.result().elapsed()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void progress_retries_and_messages_are_read_back() {
        RunEvent progressed = new RunEvent.NodeProgressed(NOON, ORDERS, 10, 200, OptionalLong.of(40));
        RunEvent logged = new RunEvent.Logged(NOON, LogLevel.WARN, Optional.empty(), "hm\nand more");

        assertThat(again(new RunEvent.NodeStarted(NOON, ORDERS, 2, 3)))
                .isInstanceOfSatisfying(RunEvent.NodeStarted.class, event -> {
                    assertThat(event.index()).isEqualTo(2);
                    assertThat(event.total()).isEqualTo(3);
                });
        assertThat(again(progressed)).isInstanceOfSatisfying(RunEvent.NodeProgressed.class, event -> {
            assertThat(event.rows()).isEqualTo(10);
            assertThat(event.totalRows()).hasValue(40);
        });
        assertThat(again(new RunEvent.NodeRetrying(
                        NOON,
                        ORDERS,
                        1,
                        3,
                        new MillraceException(ErrorCode.CONNECTION_LOST, "gone"),
                        Duration.ofMillis(1500))))
                .isInstanceOfSatisfying(RunEvent.NodeRetrying.class, event -> {
                    assertThat(event.delay()).isEqualTo(Duration.ofMillis(1500));
                    assertThat(event.error().code()).isEqualTo(ErrorCode.CONNECTION_LOST);
                });
        assertThat(again(logged)).isEqualTo(logged);
    }

    @Test
    void what_is_no_event_of_a_run_is_passed_over() {
        assertThat(reader.read(RunEventJson.cancelling(NOON, "run-1"))).isEmpty();
    }

    private RunEvent again(RunEvent event) {
        return reader.read(RunEventJson.write(event, "run-1")).orElseThrow();
    }

    private static NodeResult result(Status status, @Nullable MillraceException failure) {
        return new NodeResult(
                ORDERS,
                status,
                "message",
                NOON.minusMillis(420),
                NOON,
                "Thread-1",
                1,
                OptionalLong.of(7),
                OptionalLong.empty(),
                Map.of(),
                failure);
    }
}
