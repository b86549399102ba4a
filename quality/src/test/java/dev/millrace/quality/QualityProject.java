package dev.millrace.quality;

import dev.millrace.core.Position;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepResult;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A project folder with suites, and models that are SQL run by a plain step, on a real DuckDB. */
final class QualityProject implements AutoCloseable {
    private final Path root;
    private final Map<String, String> models = new LinkedHashMap<>();
    private final Project project;
    private final Warehouses warehouses;

    QualityProject(Path root) {
        this.root = root;
        file("dbt_project.yml", "name: mill\nversion: '1.0'\nprofile: mill\n");
        file(
                "profiles.yml",
                "mill:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: mill.duckdb, threads: 2}\n");
        project = ProjectLoader.load(Invocation.of("build", root));
        warehouses = new Warehouses(project);
    }

    QualityProject file(String path, String text) {
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

    /** A model that is made by a statement {@code create or replace table … as sql}. */
    QualityProject model(String name, String sql) {
        models.put(name, sql);
        return this;
    }

    Project project() {
        return project;
    }

    Warehouses warehouses() {
        return warehouses;
    }

    <T> T session(Function<Session, T> work) {
        try (Session session = warehouses.warehouse(project.target()).open()) {
            return work.apply(session);
        }
    }

    List<String> rows(String sql) {
        return session(session -> {
            List<String> rows = new ArrayList<>();
            session.query(sql).rows().forEach(row -> rows.add(row.toString()));
            return rows;
        });
    }

    /** What a run came to. */
    record Outcome(Graph graph, RunResult result) {
        NodeResult node(String id) {
            return result.nodes().stream()
                    .filter(one -> one.node().id().toString().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(id + " did not run; these did: "
                            + result.nodes().stream().map(NodeResult::node).toList()));
        }
    }

    Graph graph() {
        return graph(new QualityLayer(warehouses));
    }

    private Graph graph(QualityLayer layer) {
        GraphBuilder builder = new GraphBuilder();
        NodeId before = null;
        for (Map.Entry<String, String> model : models.entrySet()) {
            NodeId id = new NodeId(NodeKind.MODEL, "mill", model.getKey());
            Step step = context -> {
                try (Session session = warehouses.warehouse(project.target()).open()) {
                    session.execute("create or replace table " + model.getKey() + " as " + model.getValue());
                }
                return StepResult.success("");
            };
            Node.Builder node = Node.builder(id, Position.ofFile("models/" + model.getKey() + ".sql"))
                    .writes(warehouses.relation(project.target(), "main", model.getKey()))
                    .step(step);
            if (before != null) {
                node.input(before);
            }
            before = id;
            builder.add(node.build());
        }
        layer.contribute(project, builder);
        return builder.build();
    }

    Outcome build() {
        QualityLayer layer = new QualityLayer(warehouses);
        Graph graph = graph(layer);
        List<RunListener> listeners = List.of(new CheckRecorder(layer, Clock.systemUTC()));
        Runner runner = new Runner(
                Plan.of(graph, graph.nodes().stream().map(Node::id).toList()),
                new RunOptions("build", project.threads(), false),
                new Events(listeners),
                Clock.systemUTC());
        return new Outcome(graph, runner.run());
    }

    @Override
    public void close() {
        warehouses.close();
    }
}
