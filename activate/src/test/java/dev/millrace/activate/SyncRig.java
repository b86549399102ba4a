package dev.millrace.activate;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.Plan;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunOptions;
import dev.millrace.core.run.Runner;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;
import dev.millrace.warehouse.Warehouses;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A project that is open, with the one model {@code tenants}, and its syncs run as the command line runs them. */
final class SyncRig implements AutoCloseable {
    private final Project project;
    private final Warehouses warehouses;
    private final ActivateOptions options;
    private final List<String> log = new ArrayList<>();

    private SyncRig(Invocation invocation, ActivateOptions options) {
        this.project = ProjectLoader.load(invocation);
        this.warehouses = new Warehouses(project);
        this.options = options;
    }

    static SyncRig open(Path folder) {
        return new SyncRig(Invocation.of("build", folder), ActivateOptions.DEFAULT);
    }

    static SyncRig openForFullRefresh(Path folder) {
        return new SyncRig(Invocation.of("build", folder).withFullRefresh(), ActivateOptions.DEFAULT);
    }

    static SyncRig openForDryRun(Path folder) {
        return new SyncRig(Invocation.of("build", folder), new ActivateOptions(true));
    }

    NodeResult run() {
        return run((event, stop) -> {});
    }

    /** Runs the only sync; {@code onEvent} hears what happens and may stop it. */
    NodeResult run(BiConsumer<RunEvent, Runnable> onEvent) {
        return runAll(onEvent).get(0);
    }

    /** Runs all syncs, two at a time. */
    List<NodeResult> runAll() {
        return runAll((event, stop) -> {});
    }

    private List<NodeResult> runAll(BiConsumer<RunEvent, Runnable> onEvent) {
        ActivateLayer layer = new ActivateLayer(warehouses, options);
        Graph graph = ProjectFolder.graph(project, warehouses, layer, "tenants");
        List<NodeId> syncs = graph.nodes().stream()
                .filter(node -> node.kind() == NodeKind.SYNC)
                .map(Node::id)
                .toList();
        AtomicReference<@Nullable Runner> running = new AtomicReference<>();
        Runnable stop = () -> Objects.requireNonNull(running.get()).cancel();
        Events events = new Events(List.of(event -> {
            if (event instanceof RunEvent.Logged line) {
                log.add(line.message());
            }
            onEvent.accept(event, stop);
        }));
        Runner runner = new Runner(Plan.of(graph, syncs), new RunOptions("sync", 2, false), events, Clock.systemUTC());
        running.set(runner);
        return runner.run().nodes();
    }

    List<String> log() {
        return log;
    }

    void sql(String statement) {
        try (Session session = warehouses.warehouse(project.target()).open()) {
            session.execute(statement);
        }
    }

    Table query(String sql) {
        try (Session session = warehouses.warehouse(project.target()).open()) {
            return session.query(sql);
        }
    }

    @Override
    public void close() {
        warehouses.close();
    }
}
