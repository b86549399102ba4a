package dev.millrace.core.live;

import static dev.millrace.core.graph.Nodes.model;
import static dev.millrace.core.graph.Nodes.nodeOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.Nodes;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.Plan;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunOptions;
import dev.millrace.core.run.RunResult;
import dev.millrace.core.run.Runner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveRunnerTest {
    private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();

    @Test
    void what_arrives_is_processed_and_wakes_what_is_downstream() throws Exception {
        CountDownLatch looked = new CountDownLatch(1);
        CountDownLatch woken = new CountDownLatch(2);
        Step counting = context -> {
            looked.countDown();
            woken.countDown();
            return StepResult.success("ok", 1);
        };
        Node.Builder topic = nodeOf(model("topic")).step(new Queue()).trigger(Duration.ZERO);
        Node.Builder windows =
                nodeOf(model("windows"), model("topic")).step(counting).trigger(Duration.ofMillis(1));
        try (LiveRunner runner = runner(topic, windows)) {
            runner.start();
            assertThat(looked.await(10, TimeUnit.SECONDS)).isTrue();
            arrivals.add(7L);
            assertThat(woken.await(9, TimeUnit.SECONDS)).isTrue();

            FlowStatus status = runner.flows().get(0);
            assertThat(status.rows()).isEqualTo(7);
            assertThat(status.rowsPerSecond()).isPositive();
            assertThat(status.lag()).hasValue(3);
            assertThat(status.watermark()).contains(Instant.parse("2026-01-01T00:00:00Z"));
            assertThat(status.lastArrival()).isPresent();
        }
    }

    @Test
    void a_flow_that_fails_is_opened_again_and_says_why() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        CountDownLatch again = new CountDownLatch(2);
        Step failing = context -> {
            again.countDown();
            if (opened.incrementAndGet() == 1) {
                throw new MillraceException(ErrorCode.CONNECTION_LOST, "the broker went away");
            }
            return StepResult.success("ok", 0);
        };
        try (LiveRunner runner = runner(nodeOf(model("topic")).step(failing).trigger(Duration.ZERO))) {
            runner.start();
            assertThat(again.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(events)
                    .anySatisfy(event -> assertThat(event)
                            .isInstanceOfSatisfying(
                                    RunEvent.Logged.class,
                                    logged -> assertThat(logged.message()).contains("the broker went away")));
        }
    }

    @Test
    void a_run_beside_a_flow_waits_until_it_has_processed_everything() throws Exception {
        Node.Builder topic = nodeOf(model("topic")).step(new Queue()).trigger(Duration.ZERO);
        Graph graph = Nodes.graph(topic, nodeOf(model("reader"), model("topic")));
        try (LiveRunner live =
                new LiveRunner(graph, List.of(model("topic")), new Events(List.of(events::add)), Clock.systemUTC())) {
            live.start();
            arrivals.addAll(List.of(5L, 6L));
            Plan plan = Plan.of(live.besides(graph), List.of(model("topic"), model("reader")));
            RunResult result =
                    new Runner(plan, new RunOptions("build", 2, false), new Events(List.of()), Clock.systemUTC()).run();

            assertThat(result.ok()).isTrue();
            assertThat(live.flows().get(0).rows()).isEqualTo(11);
        }
    }

    @Test
    void closing_lets_what_runs_end_and_closes_it() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        AtomicBoolean closed = new AtomicBoolean();
        Queue queue = new Queue() {
            @Override
            public Flow open(StepContext context) {
                Flow flow = super.open(context);
                return new Flow() {
                    @Override
                    public StepResult next(Duration wait) throws Exception {
                        running.countDown();
                        return flow.next(wait);
                    }

                    @Override
                    public void close() {
                        closed.set(true);
                    }
                };
            }
        };
        LiveRunner runner = runner(nodeOf(model("topic")).step(queue).trigger(Duration.ZERO));
        runner.start();
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
        runner.close();

        assertThat(closed).isTrue();
        assertThat(runner.flows()).extracting(FlowStatus::state).containsExactly(FlowState.STOPPED);
    }

    private LiveRunner runner(Node.Builder... nodes) {
        Graph graph = Nodes.graph(nodes);
        List<NodeId> ids = graph.nodes().stream().map(Node::id).toList();
        return new LiveRunner(graph, ids, new Events(List.of(events::add)), Clock.systemUTC());
    }

    /** Hands on the numbers of the queue as rows. */
    private class Queue implements ContinuousStep {
        @Override
        public StepResult run(StepContext context) {
            return StepResult.success("ok", 0);
        }

        @Override
        public Flow open(StepContext context) {
            return new Flow() {
                @Override
                public StepResult next(Duration wait) throws InterruptedException {
                    Long rows = arrivals.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
                    return StepResult.success("ok", rows == null ? 0 : rows)
                            .with("lag", 3)
                            .with("watermark", "2026-01-01T00:00:00Z");
                }

                @Override
                public void close() {}
            };
        }
    }
}
