package dev.millrace.server;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.live.FlowStatus;
import dev.millrace.core.live.LiveRunner;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.Plan;
import dev.millrace.core.run.RunListener;
import dev.millrace.core.run.RunOptions;
import dev.millrace.core.run.RunResult;
import dev.millrace.core.run.Runner;
import dev.millrace.core.select.IndirectSelection;
import dev.millrace.core.select.Selector;
import dev.millrace.orchestrate.NodeSelection;
import dev.millrace.orchestrate.Orchestrator;
import dev.millrace.orchestrate.OrchestratorOptions;
import dev.millrace.orchestrate.PipelinePlanner;
import dev.millrace.orchestrate.Pipelines;
import dev.millrace.orchestrate.PlannedRun;
import dev.millrace.orchestrate.RunRequest;
import dev.millrace.orchestrate.RunStore;
import dev.millrace.orchestrate.Runs;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouses;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The sample project as {@code millrace up} would run it: a real warehouse, a real run store, real runs. */
final class SamplePlatform implements Platform, AutoCloseable {
    private final Project project;
    private final Warehouses warehouses;
    private final SampleGraph sample;
    private final Graph graph;
    private final RunStore store;
    private final Orchestrator orchestrator;
    private final LiveRunner live;
    final Map<String, List<String>> published = new ConcurrentHashMap<>();
    final AtomicInteger reloads = new AtomicInteger();

    SamplePlatform(Path folder) {
        this(folder, Map.of());
    }

    SamplePlatform(Path folder, Map<String, String> environment) {
        SampleFiles.write(folder);
        Invocation plain = Invocation.of("up", folder);
        project = ProjectLoader.load(new Invocation(
                "up",
                folder,
                plain.profilesDir(),
                plain.profile(),
                plain.target(),
                Map.of(),
                plain.threads(),
                false,
                environment));
        warehouses = new Warehouses(project);
        sample = new SampleGraph(warehouses.warehouse(project.target()));
        graph = sample.build();
        store = RunStore.open(project);
        orchestrator = new Orchestrator(
                project, graph, store, this::execute, Clock.systemUTC(), OrchestratorOptions.standard());
        orchestrator.start();
        live = new LiveRunner(
                graph,
                graph.nodes().stream()
                        .filter(node -> node.trigger().isPresent())
                        .map(Node::id)
                        .toList(),
                new Events(List.of()),
                Clock.systemUTC());
    }

    SamplePlatform withStreams() {
        live.start();
        return this;
    }

    /**
     * Lays down results of a check as the quality layer keeps them: one run an hour, the last one now.
     *
     * @param unexpected of each run, oldest first
     * @param result of the last, in JSON
     */
    void keep(String node, long[] unexpected, String result) {
        try (Session session = warehouses.warehouse(project.target()).open()) {
            session.execute("create schema if not exists _millrace");
            session.execute(
                    "create or replace table _millrace.check_results (run_id varchar, node_id varchar, status varchar,"
                            + " element_count bigint, missing_count bigint, unexpected_count bigint, result json, message varchar,"
                            + " started_at timestamptz)");
            for (int i = 0; i < unexpected.length; i++) {
                session.execute(
                        "insert into _millrace.check_results values (?, ?, ?, 1000, 4, ?, ?, '', now() - to_hours(?))",
                        "run-" + i,
                        node,
                        unexpected[i] == 0 ? "pass" : "fail",
                        unexpected[i],
                        result,
                        unexpected.length - 1 - i);
            }
        }
    }

    /** Lets the step of {@code slow} end. */
    void openGate() {
        sample.gate.countDown();
    }

    private RunResult execute(
            RunRequest request, String runId, Set<NodeId> done, RunListener listener, Consumer<Runnable> cancel) {
        NodeSelection selection = (command, select, exclude) ->
                new Selector(graph, project.name(), IndirectSelection.EAGER, nothing -> {}).select(select, exclude);
        Plan plan;
        if (request.pipeline().isPresent()) {
            PlannedRun planned = new PipelinePlanner(project, graph, selection).plan(request);
            plan = Plan.of(planned.graph(), planned.nodes());
        } else {
            List<NodeId> chosen =
                    new ArrayList<>(selection.select(request.command(), request.select(), request.exclude()));
            chosen.removeAll(done);
            plan = Plan.of(graph, chosen);
        }
        Runner runner = new Runner(
                runId,
                plan,
                new RunOptions(request.command(), 4, false),
                new Events(List.of(listener)),
                Clock.systemUTC());
        cancel.accept(runner::cancel);
        return runner.run();
    }

    @Override
    public Project project() {
        return project;
    }

    @Override
    public Graph graph() {
        return graph;
    }

    @Override
    public Warehouses warehouses() {
        return warehouses;
    }

    @Override
    public Runs runs() {
        return orchestrator.runs();
    }

    @Override
    public Pipelines pipelines() {
        return orchestrator.pipelines();
    }

    @Override
    public List<FlowStatus> flows() {
        return live.flows();
    }

    @Override
    public Optional<NodeCode> code(NodeId node) {
        return Optional.ofNullable(sample.code().get(node));
    }

    @Override
    public Optional<EventPublisher> events() {
        return Optional.of((topic, events) ->
                published.computeIfAbsent(topic, name -> new ArrayList<>()).addAll(events));
    }

    @Override
    public void reload() {
        reloads.incrementAndGet();
    }

    @Override
    public void close() {
        openGate();
        live.close();
        orchestrator.close();
        store.close();
        warehouses.close();
    }
}
