package dev.millrace.transform;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.Status;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.Plan;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunListener;
import dev.millrace.core.run.RunOptions;
import dev.millrace.core.run.RunResult;
import dev.millrace.core.run.Runner;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A dbt project in a folder of its own, written file by file and run in this process against a real DuckDB. */
final class TestProject {
    private final Path root;
    private UnaryOperator<Invocation> invocation = given -> given;

    /** A new project in an empty folder. */
    TestProject(Path root) {
        this(root, false);
    }

    /** A project that is there already. */
    static TestProject open(Path root) {
        return new TestProject(root, true);
    }

    private TestProject(Path root, boolean exists) {
        this.root = root;
        if (exists) {
            return;
        }
        file("dbt_project.yml", "name: mill\nversion: '1.0'\nprofile: mill\n");
        file(
                "profiles.yml",
                "mill:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: mill.duckdb, threads: 2}\n");
    }

    Path root() {
        return root;
    }

    TestProject file(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean exists(String path) {
        return Files.exists(root.resolve(path));
    }

    TestProject model(String name, String sql) {
        return file("models/" + name + ".sql", sql);
    }

    /** Adds to dbt_project.yml. */
    TestProject settings(String yaml) {
        return file("dbt_project.yml", "name: mill\nversion: '1.0'\nprofile: mill\n" + yaml);
    }

    TestProject fullRefresh() {
        invocation = Invocation::withFullRefresh;
        return this;
    }

    TestProject incrementally() {
        invocation = given -> given;
        return this;
    }

    TestProject vars(Map<String, @Nullable Object> vars) {
        invocation = given -> given.withVars(vars);
        return this;
    }

    /** What the command line says besides. */
    TestProject flags(Map<String, Object> flags) {
        invocation = given -> given.withFlags(flags);
        return this;
    }

    /** What a run came to. */
    record Outcome(Graph graph, RunResult result, List<RunEvent> events) {
        Status status(String id) {
            return node(id).status();
        }

        NodeResult node(String id) {
            return result.nodes().stream()
                    .filter(one -> one.node().id().toString().equals(id)
                            || one.node().id().toString().startsWith(id + "."))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(id + " did not run; these did: "
                            + result.nodes().stream().map(NodeResult::node).toList()));
        }

        Outcome succeeded() {
            for (NodeResult node : result.nodes()) {
                if (node.status().blocks()) {
                    MillraceException failure = node.failure();
                    throw new AssertionError(
                            node.node().id() + ": " + node.status() + " " + node.message() + " "
                                    + (failure == null ? "" : failure.position() + " " + failure.hint()),
                            failure);
                }
            }
            return this;
        }

        List<String> messages() {
            List<String> texts = new ArrayList<>();
            for (RunEvent event : events) {
                if (event instanceof RunEvent.Logged logged) {
                    texts.add(logged.message());
                }
            }
            return texts;
        }
    }

    Outcome build() {
        return build(node -> true);
    }

    Outcome build(Predicate<Node> selected, RunListener... listeners) {
        return with((project, layer, warehouses, graph) -> run(project, graph, selected, List.of(listeners)));
    }

    static Outcome run(Project project, Graph graph, Predicate<Node> selected, List<RunListener> listeners) {
        List<NodeId> chosen =
                graph.nodes().stream().filter(selected).map(Node::id).toList();
        List<RunEvent> events = new ArrayList<>();
        List<RunListener> all = new ArrayList<>(listeners);
        all.add(events::add);
        Runner runner = new Runner(
                Plan.of(graph, chosen),
                new RunOptions("build", project.threads(), false),
                new Events(all),
                Clock.systemUTC());
        return new Outcome(graph, runner.run(), events);
    }

    Graph graph() {
        return with((project, layer, warehouses, graph) -> graph);
    }

    Project project() {
        return ProjectLoader.load(invocation.apply(Invocation.of("build", root)));
    }

    /** Work on the loaded project. */
    @FunctionalInterface
    interface Work<T> {
        T with(Project project, TransformLayer layer, Warehouses warehouses, Graph graph);
    }

    <T> T with(Work<T> work) {
        Project project = project();
        try (Warehouses warehouses = new Warehouses(project)) {
            TransformLayer layer = new TransformLayer(warehouses);
            GraphBuilder builder = new GraphBuilder();
            layer.contribute(project, builder);
            return work.with(project, layer, warehouses, builder.build());
        }
    }

    /** Runs SQL on the project's warehouse. */
    TestProject sql(String sql) {
        session(session -> session.execute(sql));
        return this;
    }

    void session(Consumer<Session> work) {
        Project project = project();
        try (Warehouses warehouses = new Warehouses(project);
                Session session = warehouses.warehouse(project.target()).open()) {
            work.accept(session);
        }
    }

    /** The rows of a query, each as text in the way of {@code [1, a]}. */
    List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        session(session -> {
            Table table = session.query(sql);
            table.rows().forEach(row -> rows.add(row.toString()));
        });
        return rows;
    }

    /** What the relation is: TABLE or VIEW. */
    String kind(String schema, String name) {
        List<String> found = new ArrayList<>();
        session(session -> {
            RelationName relation = session.warehouse().relation(schema, name);
            found.add(session.relationType(relation).map(Enum::name).orElse("nothing"));
        });
        return found.get(0);
    }
}
