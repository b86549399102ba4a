package dev.millrace.orchestrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Status;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepResult;
import dev.millrace.core.run.RunEventReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrchestratorTest {
    private static final Step WELL = context -> StepResult.success("done", 3);
    private static final Step BADLY = context -> {
        throw new MillraceException(ErrorCode.SQL_FAILED, "no column x");
    };

    @TempDir
    private Path folder;

    private final List<MillraceException> problems = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private TestProject project;
    private RunStore store;

    @BeforeEach
    void openStore() {
        project = new TestProject(folder);
        store = RunStore.open(project.load());
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        store.close();
    }

    @Test
    void a_run_is_carried_out_and_remembered_with_its_nodes_and_events() {
        Orchestrator orchestrator = start(new TestGraph()
                .model("orders", WELL)
                .model("revenue", WELL, "orders")
                .build());

        RunRecord run = orchestrator.runs().submit(RunRequest.of("build", List.of("+revenue")));
        RunRecord ended = ended(orchestrator, run);

        assertThat(ended.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(ended.counts()).containsExactly(Map.entry(Status.SUCCESS, 2));
        assertThat(ended.total()).isEqualTo(2);
        assertThat(orchestrator.runs().nodes(run.id()))
                .extracting(NodeRun::nodeId)
                .containsExactly("model.shop.orders", "model.shop.revenue");
        assertThat(orchestrator.runs().nodes(run.id())).allSatisfy(node -> {
            assertThat(node.status()).contains(Status.SUCCESS);
            assertThat(node.rows()).hasValue(3);
            assertThat(node.kind()).isEqualTo("model");
        });
        RunEventReader reader = new RunEventReader();
        assertThat(orchestrator.runs().events(run.id(), 0, 100))
                .extracting(entry ->
                        reader.read(entry.json()).orElseThrow().getClass().getSimpleName())
                .containsExactly(
                        "RunStarted", "NodeStarted", "NodeFinished", "NodeStarted", "NodeFinished", "RunFinished");
        assertThat(orchestrator.runs().history("model.shop.orders", 5)).hasSize(1);
        assertThat(orchestrator.runs().recent(RunFilter.newest(5).in(RunState.SUCCEEDED)))
                .containsExactly(ended);
    }

    @Test
    void a_retry_runs_what_failed_or_was_skipped_and_nothing_else() {
        AtomicBoolean broken = new AtomicBoolean(true);
        AtomicInteger orders = new AtomicInteger();
        Orchestrator orchestrator = start(new TestGraph()
                .model("orders", context -> {
                    orders.incrementAndGet();
                    return StepResult.success("");
                })
                .model("revenue", context -> broken.get() ? BADLY.run(context) : WELL.run(context), "orders")
                .model("report", WELL, "revenue")
                .build());
        RunRecord failed = ended(orchestrator, orchestrator.runs().submit(RunRequest.of("build", List.of())));
        broken.set(false);

        RunRecord again = ended(orchestrator, orchestrator.runs().retry(failed.id()));

        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        assertThat(failed.count(Status.SKIPPED)).isEqualTo(1);
        assertThat(again.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(again.request().cause()).isEqualTo(Cause.RETRY);
        assertThat(again.retryOf()).contains(failed.id());
        assertThat(orders).hasValue(1);
        assertThat(orchestrator.runs().nodes(again.id())).hasSize(2);
        assertThatThrownBy(() -> orchestrator.runs().retry(again.id()))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RUN_STATE));
    }

    @Test
    void a_run_can_be_cancelled_while_it_waits_and_while_it_runs() {
        CountDownLatch running = new CountDownLatch(1);
        Orchestrator orchestrator = start(
                new TestGraph().model("slow", context -> sleeping(running)).build(),
                OrchestratorOptions.standard().withWorkers(1));
        RunRecord first = orchestrator.runs().submit(RunRequest.of("build", List.of()));
        await().until(() -> running.getCount() == 0);
        RunRecord second = orchestrator.runs().submit(RunRequest.of("build", List.of()));

        assertThat(orchestrator.runs().cancel(second.id())).isTrue();
        assertThat(orchestrator.runs().cancel(first.id())).isTrue();

        assertThat(ended(orchestrator, first).state()).isEqualTo(RunState.CANCELLED);
        assertThat(ended(orchestrator, second).state()).isEqualTo(RunState.CANCELLED);
        assertThat(orchestrator.runs().cancel(first.id())).isFalse();
    }

    @Test
    void a_run_that_cannot_begin_says_why() {
        Orchestrator orchestrator = start(new TestGraph().model("orders", WELL).build());

        RunRecord run = ended(orchestrator, orchestrator.runs().submit(RunRequest.of("build", List.of("nonsense:x"))));

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.error()).hasValueSatisfying(error -> assertThat(error).contains("nonsense"));
        assertThat(orchestrator.runs().events(run.id(), 0, 10))
                .extracting(RunLog::name)
                .containsExactly("Error");
    }

    @Test
    void closing_puts_a_run_back_and_the_next_start_goes_on_with_it() {
        CountDownLatch running = new CountDownLatch(1);
        AtomicInteger orders = new AtomicInteger();
        TestGraph before = new TestGraph()
                .model("orders", context -> {
                    orders.incrementAndGet();
                    return StepResult.success("");
                })
                .model("slow", context -> sleeping(running), "orders");
        Orchestrator first = start(before.build());
        RunRecord run = first.runs().submit(RunRequest.of("build", List.of()));
        await().until(() -> running.getCount() == 0);
        first.close();
        RunState between = first.runs().find(run.id()).orElseThrow().state();

        Orchestrator second = start(new TestGraph()
                .model("orders", context -> {
                    orders.incrementAndGet();
                    return StepResult.success("");
                })
                .model("slow", WELL, "orders")
                .build());
        RunRecord ended = ended(second, run);

        assertThat(between).isEqualTo(RunState.QUEUED);
        assertThat(ended.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(ended.attempt()).isEqualTo(2);
        assertThat(orders).hasValue(1);
        assertThat(ended.counts()).containsExactly(Map.entry(Status.SUCCESS, 2));
        assertThat(ended.total()).isEqualTo(2);
    }

    @Test
    void steps_run_in_their_order_with_the_interval_at_hand() {
        List<String> order = new CopyOnWriteArrayList<>();
        project.pipelines("""
                pipelines:
                  - name: daily
                    schedule: "@daily"
                    vars: {region: eu}
                    steps:
                      - {name: report, select: report, depends_on: [announce]}
                      - {name: prepare, select: orders}
                      - name: announce
                        shell: 'echo "$MILLRACE_LOGICAL_DATE {{ var("region") }} {{ var("data_interval_end") }} $WHO"'
                        env: {WHO: "{{ var('nobody', 'me') }}"}
                        depends_on: prepare
                """);
        Orchestrator orchestrator = start(new TestGraph()
                .model("orders", named(order, "orders"))
                .model("report", named(order, "report"))
                .build());

        RunRecord run = orchestrator
                .pipelines()
                .trigger("daily", Optional.of(java.time.Instant.parse("2026-05-01T13:00:00Z")), Map.of());
        RunRecord ended = ended(orchestrator, run);

        assertThat(ended.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(order).containsExactly("orders", "report");
        NodeRun shell = orchestrator.runs().nodes(run.id()).get(1);
        assertThat(shell.nodeId()).isEqualTo("operation.shop.daily.announce");
        assertThat(shell.message()).isEqualTo("2026-05-01T00:00:00Z eu 2026-05-02T00:00:00Z me");
    }

    @Test
    void a_pipeline_that_takes_too_long_is_stopped_and_has_failed() {
        project.pipelines("pipelines: [{name: slow, select: slow, timeout: 100ms}]\n");
        Orchestrator orchestrator = start(new TestGraph()
                .model("slow", context -> sleeping(new CountDownLatch(1)))
                .build());

        RunRecord run = ended(orchestrator, orchestrator.pipelines().trigger("slow", Optional.empty(), Map.of()));

        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.error()).hasValueSatisfying(error -> assertThat(error).contains("limit"));
    }

    @Test
    void a_backfill_runs_each_interval_once_and_not_again() {
        project.pipelines("pipelines: [{name: daily, schedule: '@daily', select: orders}]\n");
        AtomicInteger runs = new AtomicInteger();
        Orchestrator orchestrator = start(new TestGraph()
                .model("orders", context -> {
                    runs.incrementAndGet();
                    return StepResult.success("");
                })
                .build());
        java.time.Instant from = java.time.Instant.parse("2026-01-30T00:00:00Z");
        java.time.Instant to = java.time.Instant.parse("2026-02-02T00:00:00Z");

        List<RunRecord> queued = orchestrator.pipelines().backfill("daily", from, to, 2, false);
        queued.forEach(run -> ended(orchestrator, run));

        assertThat(queued)
                .extracting(run -> run.request().logicalDate().orElseThrow().toString())
                .containsExactly("2026-01-30T00:00:00Z", "2026-01-31T00:00:00Z", "2026-02-01T00:00:00Z");
        assertThat(runs).hasValue(3);
        assertThat(orchestrator.pipelines().backfill("daily", from, to, 2, false))
                .isEmpty();
    }

    @Test
    void whoever_subscribes_hears_the_run_as_it_happens() {
        Orchestrator orchestrator = start(new TestGraph()
                .model("orders", context -> {
                    context.progress(5, 50, java.util.OptionalLong.empty());
                    return StepResult.success("");
                })
                .build());
        List<String> heard = new CopyOnWriteArrayList<>();
        List<RunState> states = new CopyOnWriteArrayList<>();
        var subscription = orchestrator.runs().subscribe(new RunObserver() {
            @Override
            public void logged(RunLog entry) {
                heard.add(entry.name());
            }

            @Override
            public void changed(RunRecord run) {
                states.add(run.state());
            }
        });

        ended(orchestrator, orchestrator.runs().submit(RunRequest.of("build", List.of())));
        await().until(() -> states.contains(RunState.SUCCEEDED));
        subscription.close();

        assertThat(heard).containsExactly("RunStarted", "NodeStarted", "NodeProgressed", "NodeFinished", "RunFinished");
        assertThat(states).startsWith(RunState.QUEUED, RunState.RUNNING).endsWith(RunState.SUCCEEDED);
    }

    @Test
    void the_run_of_a_command_line_is_remembered_too() {
        Graph graph = new TestGraph().model("orders", WELL).build();
        TestExecutor executor = new TestExecutor(project, () -> graph);
        RunRequest request = RunRequest.of("build", List.of("orders"));
        try (RunHistory history = new RunHistory(folder, request, problems::add)) {
            executor.execute(request, "run-1", java.util.Set.of(), history, cancel -> {});
        }

        Orchestrator orchestrator = start(graph);
        RunRecord run = orchestrator.runs().find("run-1").orElseThrow();

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(run.counts()).containsExactly(Map.entry(Status.SUCCESS, 1));
        assertThat(orchestrator.runs().events("run-1", 0, 10)).hasSize(4);
    }

    @Test
    void a_history_that_cannot_be_written_spoils_no_run() throws Exception {
        Path blocked = java.nio.file.Files.createDirectories(folder.resolve("elsewhere"));
        java.nio.file.Files.writeString(blocked.resolve(".millrace"), "a file where the folder should be");
        Graph graph = new TestGraph().model("orders", WELL).build();
        RunRequest request = RunRequest.of("build", List.of("orders"));

        boolean well;
        try (RunHistory history = new RunHistory(blocked, request, problems::add)) {
            well = new TestExecutor(project, () -> graph)
                    .execute(request, "run-1", java.util.Set.of(), history, cancel -> {})
                    .ok();
        }

        assertThat(well).isTrue();
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ErrorCode.RUN_STORE_FAILED));
        problems.clear();
    }

    private Orchestrator start(Graph graph) {
        return start(graph, OrchestratorOptions.standard());
    }

    private Orchestrator start(Graph graph, OrchestratorOptions options) {
        Orchestrator orchestrator = new Orchestrator(
                project.load(),
                graph,
                store,
                new TestExecutor(project, () -> graph),
                Clock.systemUTC(),
                options.withProblems(problems::add));
        orchestrator.start();
        open.add(orchestrator);
        return orchestrator;
    }

    private static RunRecord ended(Orchestrator orchestrator, RunRecord run) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> orchestrator.runs().find(run.id()).orElseThrow(),
                        found -> found.state().ended());
    }

    private static StepResult sleeping(CountDownLatch running) throws InterruptedException {
        running.countDown();
        new CountDownLatch(1).await();
        return StepResult.success("");
    }

    private static Step named(List<String> order, String name) {
        return context -> {
            order.add(name);
            return StepResult.success(name);
        };
    }
}
