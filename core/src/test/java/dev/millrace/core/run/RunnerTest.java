package dev.millrace.core.run;

import static dev.millrace.core.graph.Nodes.model;
import static dev.millrace.core.graph.Nodes.nodeOf;
import static dev.millrace.core.graph.Nodes.test;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodePolicy;
import dev.millrace.core.graph.Nodes;
import dev.millrace.core.graph.Status;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepResult;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class RunnerTest {
    private static final Step FAILING = context -> {
        throw new MillraceException(ErrorCode.SQL_FAILED, "no such column");
    };

    private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());

    @Test
    void a_node_that_waits_for_its_input_and_what_depends_on_it_do_not_fail_the_run() {
        Step waits = context -> new StepResult(
                Status.SKIPPED,
                "counts waits for the first message",
                OptionalLong.empty(),
                OptionalLong.empty(),
                Map.of());
        RunResult result = run(
                1, nodeOf(model("counts")).step(waits), nodeOf(model("report"), model("counts")), nodeOf(model("z")));

        assertThat(statuses(result))
                .containsEntry("counts", Status.SKIPPED)
                .containsEntry("report", Status.SKIPPED)
                .containsEntry("z", Status.SUCCESS);
        assertThat(message(result, "report")).isEqualTo("counts waits for the first message");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void a_failed_node_skips_what_depends_on_it_and_nothing_else() {
        RunResult result = run(
                4,
                nodeOf(model("bad")).step(FAILING),
                nodeOf(model("below"), model("bad")),
                nodeOf(model("far_below"), model("below")),
                nodeOf(model("other")));

        assertThat(statuses(result))
                .containsEntry("bad", Status.ERROR)
                .containsEntry("below", Status.SKIPPED)
                .containsEntry("far_below", Status.SKIPPED)
                .containsEntry("other", Status.SUCCESS);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(message(result, "far_below")).contains("model.shop.bad");
    }

    @Test
    void a_step_knows_which_nodes_may_start_with_it() {
        Map<String, List<String>> peers = new HashMap<>();
        Step remembering = context -> {
            synchronized (peers) {
                peers.put(
                        context.node().name(),
                        context.peers().stream().map(Node::name).toList());
            }
            return StepResult.success("");
        };
        run(
                2,
                nodeOf(model("a")),
                nodeOf(model("b")),
                nodeOf(test("one"), model("a")).step(remembering),
                nodeOf(test("both"), model("a"), model("b")).step(remembering),
                nodeOf(test("other"), model("a")).step(remembering));

        assertThat(peers)
                .containsEntry("one", List.of("one", "other"))
                .containsEntry("other", List.of("one", "other"))
                .containsEntry("both", List.of("both"));
    }

    @Test
    void a_failed_test_holds_back_what_is_downstream_of_the_tested_node() {
        Step failed = context -> new StepResult(
                Status.FAIL, "2 rows", java.util.OptionalLong.empty(), java.util.OptionalLong.of(2), Map.of());
        RunResult result = run(
                2,
                nodeOf(model("a")),
                nodeOf(test("unique_a"), model("a")).step(failed),
                nodeOf(model("b"), model("a")),
                nodeOf(model("c")));

        assertThat(statuses(result))
                .containsEntry("a", Status.SUCCESS)
                .containsEntry("unique_a", Status.FAIL)
                .containsEntry("b", Status.SKIPPED)
                .containsEntry("c", Status.SUCCESS);
    }

    @Test
    void a_test_of_a_node_that_is_not_planned_holds_back_its_readers() {
        Graph graph = Nodes.graph(
                nodeOf(model("a")),
                nodeOf(test("positive_a"), model("a")),
                nodeOf(model("between"), model("a")),
                nodeOf(model("b"), model("between")),
                nodeOf(model("c"), model("b")));
        Plan plan = Plan.of(graph, List.of(test("positive_a"), model("b"), model("c")));

        assertThat(plan.waitsFor(model("b"))).containsExactly(test("positive_a"));
        assertThat(plan.waitsFor(model("c"))).containsExactly(model("b"));
    }

    @Test
    void a_test_of_two_nodes_holds_back_only_what_depends_on_both() {
        Graph graph = Nodes.graph(
                nodeOf(model("a")),
                nodeOf(model("b")),
                nodeOf(test("rel"), model("a"), model("b")),
                nodeOf(model("both"), model("a"), model("b")),
                nodeOf(model("only_b"), model("b")));
        Plan plan = Plan.of(graph, graph.nodes().stream().map(Node::id).toList());

        assertThat(plan.waitsFor(model("both"))).contains(test("rel"));
        assertThat(plan.waitsFor(model("only_b"))).doesNotContain(test("rel"));
    }

    @Test
    void dependencies_lead_through_nodes_that_are_not_selected() {
        Graph graph = Nodes.graph(nodeOf(model("a")), nodeOf(model("b"), model("a")), nodeOf(model("c"), model("b")));
        Plan plan = Plan.of(graph, List.of(model("a"), model("c")));

        assertThat(plan.waitsFor(model("c"))).containsExactly(model("a"));
    }

    @Test
    void a_failure_from_outside_is_retried_as_the_policy_says() {
        AtomicInteger tries = new AtomicInteger();
        Step flaky = context -> {
            if (tries.incrementAndGet() < 3) {
                throw new MillraceException(ErrorCode.CONNECTION_LOST, "gone");
            }
            return StepResult.success("attempt " + context.attempt());
        };
        RunResult result = run(
                1, nodeOf(model("flaky")).step(flaky).policy(NodePolicy.DEFAULT.withRetries(2, Duration.ofMillis(1))));

        assertThat(message(result, "flaky")).isEqualTo("attempt 3");
        assertThat(events.stream().filter(RunEvent.NodeRetrying.class::isInstance))
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"SQL_FAILED", "AUTHENTICATION_FAILED", "STREAM_NOT_FOUND", "DISK_FULL"})
    void a_failure_that_will_not_pass_is_not_retried(ErrorCode code) {
        AtomicInteger tries = new AtomicInteger();
        Step broken = context -> {
            tries.incrementAndGet();
            throw new MillraceException(code, "no");
        };
        run(1, nodeOf(model("m")).step(broken).policy(NodePolicy.DEFAULT.withRetries(5, Duration.ofMillis(1))));

        assertThat(tries).hasValue(1);
    }

    @Test
    void an_exception_that_is_not_ours_becomes_an_internal_error() {
        RunResult result = run(1, nodeOf(model("m")).step(context -> {
            throw new IllegalStateException("boom");
        }));

        assertThat(result.nodes().get(0).error().orElseThrow().code()).isEqualTo(ErrorCode.INTERNAL);
    }

    @Test
    void a_step_over_its_time_limit_is_stopped() {
        Step endless = context -> {
            new CountDownLatch(1).await();
            return StepResult.success("never");
        };
        RunResult result = run(
                1,
                nodeOf(model("m"))
                        .step(endless)
                        .policy(new NodePolicy(0, Duration.ZERO, Optional.of(Duration.ofMillis(50)))));

        assertThat(result.nodes().get(0).error().orElseThrow().code()).isEqualTo(ErrorCode.TIMEOUT);
    }

    @Test
    void cancel_stops_what_runs_and_skips_the_rest() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        Step endless = context -> {
            started.countDown();
            new CountDownLatch(1).await();
            return StepResult.success("never");
        };
        Runner runner = runner(
                1, nodeOf(model("long")).step(endless), nodeOf(model("next"), model("long")), nodeOf(model("z")));
        Thread canceller = new Thread(() -> {
            try {
                started.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            runner.cancel();
        });
        canceller.start();

        RunResult result = runner.run();

        canceller.join();
        assertThat(result.cancelled()).isTrue();
        assertThat(statuses(result).values()).containsOnly(Status.SKIPPED);
        assertThat(result.nodes()).hasSize(3);
    }

    @Test
    void fail_fast_skips_everything_that_has_not_started() {
        Graph graph = Nodes.graph(nodeOf(model("bad")).step(FAILING), nodeOf(model("z1")), nodeOf(model("z2")));
        Plan plan = Plan.of(graph, graph.nodes().stream().map(Node::id).toList());
        RunResult result = new Runner(
                        plan, new RunOptions("build", 1, true), new Events(List.of(events::add)), Clock.systemUTC())
                .run();

        assertThat(statuses(result)).containsEntry("z1", Status.SKIPPED).containsEntry("z2", Status.SKIPPED);
    }

    @Test
    void with_warn_error_a_warning_fails_and_skips_what_is_downstream() {
        Graph graph = Nodes.graph(
                nodeOf(model("raw"))
                        .step(context ->
                                new StepResult(Status.WARN, "odd", OptionalLong.empty(), OptionalLong.of(3), Map.of())),
                nodeOf(model("report"), model("raw")));
        Plan plan = Plan.of(graph, graph.nodes().stream().map(Node::id).toList());
        RunResult result = new Runner(
                        plan,
                        new RunOptions("build", 1, false, true),
                        new Events(List.of(events::add)),
                        Clock.systemUTC())
                .run();

        assertThat(statuses(result)).containsEntry("raw", Status.FAIL).containsEntry("report", Status.SKIPPED);
        assertThat(result.ok()).isFalse();
    }

    @Test
    void no_node_starts_before_its_inputs_have_ended_and_every_node_ends_once() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            int size = 1 + random.nextInt(40);
            Map<NodeId, Integer> ended = new HashMap<>();
            List<Node.Builder> nodes = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                List<NodeId> inputs = new ArrayList<>();
                for (int j = 0; j < i; j++) {
                    if (random.nextInt(4) == 0) {
                        inputs.add(model("m" + j));
                    }
                }
                boolean fails = random.nextInt(10) == 0;
                nodes.add(nodeOf(model("m" + i), inputs.toArray(NodeId[]::new)).step(context -> {
                    for (NodeId input : inputs) {
                        synchronized (ended) {
                            assertThat(ended).containsKey(input);
                        }
                    }
                    synchronized (ended) {
                        ended.merge(context.node().id(), 1, Integer::sum);
                    }
                    if (fails) {
                        throw new MillraceException(ErrorCode.SQL_FAILED, "no");
                    }
                    return StepResult.success("ok");
                }));
            }
            RunResult result = run(3, nodes.toArray(Node.Builder[]::new));

            assertThat(result.nodes()).hasSize(size);
            assertThat(result.nodes())
                    .allSatisfy(node -> assertThat(node.error().map(MillraceException::code))
                            .isIn(Optional.empty(), Optional.of(ErrorCode.SQL_FAILED)));
            assertThat(ended.values()).allMatch(count -> count == 1);
        }
    }

    private RunResult run(int threads, Node.Builder... nodes) {
        return runner(threads, nodes).run();
    }

    private Runner runner(int threads, Node.Builder... nodes) {
        Graph graph = Nodes.graph(nodes);
        Plan plan = Plan.of(
                graph, Arrays.stream(nodes).map(builder -> builder.build().id()).toList());
        return new Runner(
                plan, new RunOptions("build", threads, false), new Events(List.of(events::add)), Clock.systemUTC());
    }

    private static Map<String, Status> statuses(RunResult result) {
        return result.nodes().stream()
                .collect(Collectors.toMap(node -> node.node().name(), NodeResult::status));
    }

    private static String message(RunResult result, String name) {
        return result.nodes().stream()
                .filter(node -> node.node().name().equals(name))
                .findFirst()
                .orElseThrow()
                .message();
    }
}
