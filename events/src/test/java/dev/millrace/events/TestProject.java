package dev.millrace.events;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.KafkaBroker;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.Plan;
import dev.millrace.core.run.RunListener;
import dev.millrace.core.run.RunOptions;
import dev.millrace.core.run.RunResult;
import dev.millrace.core.run.Runner;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A project folder with a Kafka source named {@code kafka} and a DuckDB file, and ways to land its topics. */
final class TestProject {
    private final Path root;
    private RunListener listener = event -> {};

    TestProject(Path root) {
        this.root = root;
        write("profiles.yml", "lake: {target: dev, outputs: {dev: {type: duckdb, path: lake.duckdb, threads: 2}}}\n");
    }

    /** A project that reads {@code topics}, a YAML list, from the broker. */
    static TestProject of(Path root, KafkaBroker broker, String topics) {
        return new TestProject(root).source("bootstrap_servers: " + broker.bootstrapServers(), "topics: " + topics);
    }

    TestProject source(String... lines) {
        return write(
                "millrace.yml",
                "name: mill\nprofile: lake\nsources:\n  kafka:\n    type: kafka\n    " + String.join("\n    ", lines)
                        + "\n");
    }

    TestProject write(String file, String text) {
        try {
            Files.writeString(root.resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestProject listener(RunListener value) {
        listener = value;
        return this;
    }

    Graph graph(Consumer<GraphBuilder> before) {
        Project project = ProjectLoader.load(Invocation.of("build", root));
        try (Warehouses warehouses = new Warehouses(project)) {
            return graph(project, warehouses, before);
        }
    }

    List<Node> topics() {
        return graph(graph -> {}).nodes().stream()
                .filter(node -> node.kind() == NodeKind.TOPIC)
                .toList();
    }

    private static Graph graph(Project project, Warehouses warehouses, Consumer<GraphBuilder> before) {
        GraphBuilder builder = new GraphBuilder();
        before.accept(builder);
        new EventsLayer(warehouses, TestProject::startBroker).contribute(project, builder);
        return builder.build();
    }

    private static String startBroker(String source, Path folder, int port) {
        return KafkaBroker.start(BrokerSettings.of(folder, port)).bootstrapServers();
    }

    /** Lands every topic, as {@code millrace build} does. */
    NodeResult land() {
        return land(Invocation.of("build", root)).nodes().get(0);
    }

    NodeResult fullRefresh() {
        return land(Invocation.of("build", root).withFullRefresh()).nodes().get(0);
    }

    RunResult land(Invocation invocation) {
        Project project = ProjectLoader.load(invocation);
        try (Warehouses warehouses = new Warehouses(project)) {
            Graph graph = graph(project, warehouses, builder -> {});
            Plan plan = Plan.of(graph, graph.nodes().stream().map(Node::id).toList());
            return new Runner(plan, new RunOptions("build", 2, false), new Events(List.of(listener)), Clock.systemUTC())
                    .run();
        }
    }

    /** Keeps the only topic open while {@code work} is done. */
    void open(FlowWork work) throws Exception {
        Project project = ProjectLoader.load(Invocation.of("up", root));
        try (Warehouses warehouses = new Warehouses(project)) {
            Node node = graph(project, warehouses, builder -> {}).nodes().stream()
                    .filter(one -> one.kind() == NodeKind.TOPIC)
                    .findFirst()
                    .orElseThrow();
            ContinuousStep step = (ContinuousStep) node.step().orElseThrow();
            try (ContinuousStep.Flow flow = step.open(new TestContext(node));
                    Session session = warehouses.warehouse(project.target()).open()) {
                work.with(flow, session);
            }
        }
    }

    /** What is done with an open topic and the warehouse. */
    @FunctionalInterface
    interface FlowWork {
        void with(ContinuousStep.Flow flow, Session session) throws Exception;
    }

    private record TestContext(Node node) implements StepContext {
        @Override
        public String runId() {
            return "test";
        }

        @Override
        public int attempt() {
            return 1;
        }

        @Override
        public void progress(long rows, long bytes, OptionalLong totalRows) {}

        @Override
        public void log(LogLevel level, String message) {}

        @Override
        public Registration onCancel(Runnable stop) {
            return () -> {};
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    /** Rows of the warehouse, each as the values' texts with {@code |} between. */
    List<String> rows(String sql) {
        return inWarehouse(session -> rows(session, sql));
    }

    static List<String> rows(Session session, String sql) {
        List<String> rows = new ArrayList<>();
        session.query(sql).rows().forEach(row -> rows.add(join(row)));
        return rows;
    }

    void execute(String sql) {
        inWarehouse(session -> session.execute(sql));
    }

    <T> T inWarehouse(Function<Session, T> work) {
        Project project = ProjectLoader.load(Invocation.of("show", root));
        try (Warehouses warehouses = new Warehouses(project);
                Session session = warehouses.warehouse(project.target()).open()) {
            return work.apply(session);
        }
    }

    private static String join(List<@Nullable Object> row) {
        return String.join("|", row.stream().map(String::valueOf).toList());
    }

    static MillraceException error(NodeResult result) {
        return result.error().orElseThrow(() -> new AssertionError("it did not fail: " + result.message()));
    }
}
