package dev.millrace.orchestrate;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.Plan;
import dev.millrace.core.run.RunListener;
import dev.millrace.core.run.RunOptions;
import dev.millrace.core.run.RunResult;
import dev.millrace.core.run.Runner;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs a test's graph by the real runner, as the command line does. */
public final class TestExecutor implements RunExecutor {
    public final List<RunRequest> requests = new CopyOnWriteArrayList<>();
    private final TestProject project;
    private final Supplier<Graph> graphs;

    public TestExecutor(TestProject project, Supplier<Graph> graphs) {
        this.project = project;
        this.graphs = graphs;
    }

    @Override
    public RunResult execute(
            RunRequest request, String runId, Set<NodeId> done, RunListener listener, Consumer<Runnable> cancel) {
        requests.add(request);
        Graph graph = graphs.get();
        NodeSelection selection = TestGraph.selection(graph);
        PlannedRun planned = request.pipeline().isPresent()
                ? new PipelinePlanner(project.load(plain(request)), graph, selection).plan(request)
                : new PlannedRun(
                        graph, selection.select(request.command(), request.select(), request.exclude()), List.of());
        Set<NodeId> nodes = new java.util.LinkedHashSet<>(planned.nodes());
        nodes.removeAll(done);
        Runner runner = new Runner(
                runId,
                Plan.of(planned.graph(), nodes),
                new RunOptions(request.command(), 2, false),
                new Events(List.of(listener)),
                Clock.systemUTC());
        cancel.accept(runner::cancel);
        return runner.run();
    }

    private static java.util.Map<String, Object> plain(RunRequest request) {
        java.util.Map<String, Object> vars = new java.util.HashMap<>();
        request.vars().forEach((name, value) -> vars.put(name, value == null ? "" : value));
        return vars;
    }
}
