package dev.millrace.stream;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.Plan;
import dev.millrace.core.run.RunOptions;
import dev.millrace.core.run.RunResult;
import dev.millrace.core.run.Runner;
import dev.millrace.transform.TransformLayer;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A dbt project with streaming models over a real DuckDB that stays open until it is closed. */
final class StreamProject implements AutoCloseable {
    static final String EVENTS =
            "create schema if not exists raw; create table if not exists raw.events (id bigint, kind varchar, amount integer, "
                    + "price double, ts timestamptz, _millrace_batch_id bigint, _millrace_partition integer, _millrace_offset bigint, "
                    + "_millrace_timestamp timestamptz)";

    private final Path root;
    private UnaryOperator<Invocation> invocation = given -> given;
    private final Warehouses warehouses;

    StreamProject(Path root) {
        this.root = root;
        if (!Files.exists(root.resolve("dbt_project.yml"))) {
            file(
                    "models/sources.yml",
                    "sources: [{name: raw, tables: [{name: events}, {name: e}, {name: kinds}, {name: texts}]}]\n");
            file("dbt_project.yml", "name: mill\nversion: '1.0'\nprofile: mill\n");
            file(
                    "profiles.yml",
                    "mill:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: mill.duckdb, threads: 2, settings: {TimeZone: America/New_York}}\n");
        }
        warehouses = new Warehouses(project());
    }

    StreamProject file(String path, String text) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    StreamProject model(String name, String sql) {
        return file("models/" + name + ".sql", sql);
    }

    Project project() {
        return ProjectLoader.load(invocation.apply(Invocation.of("build", root)));
    }

    Session session() {
        return warehouses.warehouse(project().target()).open();
    }

    StreamProject sql(String sql) {
        try (Session session = session()) {
            session.execute(sql);
        }
        return this;
    }

    List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        try (Session session = session()) {
            session.query(sql).rows().forEach(row -> rows.add(row.toString()));
        }
        return rows;
    }

    long number(String sql) {
        try (Session session = session()) {
            return session.query(sql).singleLong();
        }
    }

    Graph graph() {
        GraphBuilder builder = new GraphBuilder();
        new TransformLayer(warehouses, List.of(new StreamingMaterialization()), List.of(new DeltaOutput()))
                .contribute(project(), builder);
        return builder.build();
    }

    RunResult build() {
        Graph graph = graph();
        List<NodeId> all = graph.nodes().stream().map(Node::id).toList();
        return new Runner(
                        Plan.of(graph, all),
                        new RunOptions("build", 2, false),
                        new Events(List.of()),
                        Clock.systemUTC())
                .run();
    }

    NodeResult fullRefresh(String model) {
        invocation = Invocation::withFullRefresh;
        try {
            return build(model);
        } finally {
            invocation = given -> given;
        }
    }

    /** Builds everything; every node must succeed. */
    NodeResult build(String model) {
        NodeResult wanted = null;
        for (NodeResult node : build().nodes()) {
            MillraceException failure = node.failure();
            if (node.status().blocks()) {
                if (failure != null) {
                    throw failure;
                }
                throw new AssertionError(node.node().id() + ": " + node.message());
            }
            if (node.node().id().name().equals(model)) {
                wanted = node;
            }
        }
        if (wanted == null) {
            throw new AssertionError("no model " + model);
        }
        return wanted;
    }

    ContinuousStep.Flow open(String model) throws Exception {
        Node node = graph().node(new NodeId(NodeKind.MODEL, "mill", model)).orElseThrow();
        ContinuousStep step = (ContinuousStep) node.step().orElseThrow();
        return step.open(new TestContext(node));
    }

    @Override
    public void close() {
        warehouses.close();
    }
}
