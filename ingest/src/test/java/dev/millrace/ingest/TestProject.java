package dev.millrace.ingest;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeKind;
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
import dev.millrace.testkit.PostgresServer;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A project folder with one PostgreSQL source named {@code shopdb} and a DuckDB file, and ways to run its connections.
 */
final class TestProject {
    private final Path root;
    private RunListener listener = event -> {};

    TestProject(Path root) {
        this.root = root;
        write("profiles.yml", "lake: {target: dev, outputs: {dev: {type: duckdb, path: lake.duckdb, threads: 2}}}\n");
    }

    /** With a source at {@code server}, which sees the schema {@code public}. */
    static TestProject of(Path root, PostgresServer server) {
        return new TestProject(root)
                .source("{type: postgres, host: " + server.host() + ", port: " + server.port() + ", database: "
                        + server.database() + ", user: " + server.user() + ", password: " + server.password() + "}");
    }

    TestProject source(String settings) {
        return write("millrace.yml", "name: mill\nprofile: lake\nsources:\n  shopdb: " + settings + "\n");
    }

    /** {@code connections.yml} with one connection from {@code shopdb} to {@code lake}. */
    TestProject connection(String... lines) {
        return write(
                "connections.yml",
                "connections:\n  - source: shopdb\n    destination: lake\n    "
                        + String.join("\n", lines).replace("\n", "\n    ") + "\n");
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

    Path root() {
        return root;
    }

    /** Loads the project as {@code command} would, and its graph. */
    Graph graph(String command, Consumer<GraphBuilder> before) {
        Project project = ProjectLoader.load(Invocation.of(command, root));
        try (Warehouses warehouses = new Warehouses(project)) {
            return graph(project, warehouses, before);
        }
    }

    Graph graph(String command) {
        return graph(command, graph -> {});
    }

    List<Node> connections(String command) {
        return graph(command).nodes().stream()
                .filter(node -> node.kind() == NodeKind.CONNECTION)
                .toList();
    }

    private static Graph graph(Project project, Warehouses warehouses, Consumer<GraphBuilder> before) {
        GraphBuilder builder = new GraphBuilder();
        before.accept(builder);
        new IngestLayer(warehouses).contribute(project, builder);
        return builder.build();
    }

    /** Runs every connection, as {@code millrace ingest} does. */
    RunResult ingest() {
        return ingest(Invocation.of("ingest", root), runner -> {});
    }

    RunResult fullRefresh() {
        return ingest(Invocation.of("ingest", root).withFullRefresh(), runner -> {});
    }

    RunResult ingest(Invocation invocation, Consumer<Runner> onStart) {
        Project project = ProjectLoader.load(invocation);
        try (Warehouses warehouses = new Warehouses(project)) {
            Graph graph = graph(project, warehouses, builder -> {});
            Plan plan = Plan.of(graph, graph.nodes().stream().map(Node::id).toList());
            Runner runner = new Runner(
                    plan, new RunOptions("ingest", 2, false), new Events(List.of(listener)), Clock.systemUTC());
            onStart.accept(runner);
            return runner.run();
        }
    }

    /** Rows of the warehouse, each as the values' texts with {@code |} between. */
    List<String> rows(String sql) {
        return inWarehouse(session -> {
            List<String> rows = new ArrayList<>();
            session.query(sql).rows().forEach(row -> rows.add(join(row)));
            return rows;
        });
    }

    long count(String table) {
        return inWarehouse(
                session -> session.query("select count(*) from " + table).singleLong());
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

    static NodeResult result(RunResult run, String stream) {
        return run.nodes().stream()
                .filter(result -> result.node().name().equals(stream))
                .findFirst()
                .orElseThrow();
    }

    static MillraceException error(RunResult run, String stream) {
        Optional<MillraceException> error = result(run, stream).error();
        return error.orElseThrow(() -> new AssertionError(stream + " did not fail"));
    }

    static Map<String, Object> config(List<Node> nodes, String stream) {
        return nodes.stream()
                .filter(node -> node.name().equals(stream))
                .findFirst()
                .orElseThrow()
                .config();
    }
}
