package dev.millrace.serving;

import dev.millrace.core.Position;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.StepResult;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project whose warehouse is a DuckDB file, with a few relations that some test has built. */
public final class Shop implements AutoCloseable {
    private final Path root;
    private final Project project;
    private final Warehouses warehouses;

    private Shop(Path root) {
        this.root = root;
        write(root.resolve("dbt_project.yml"), "name: shop\nprofile: lake\n");
        write(
                root.resolve("profiles.yml"),
                "lake:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: shop.duckdb, schema: main}\n");
        project = ProjectLoader.load(Invocation.of("build", root));
        warehouses = new Warehouses(project);
    }

    public static Shop in(Path root) {
        return new Shop(root);
    }

    /** Runs statements as the project itself would. */
    public Shop sql(String statements) {
        try (Session session = warehouse().open()) {
            session.execute(statements);
        }
        return this;
    }

    public Path root() {
        return root;
    }

    public Warehouse warehouse() {
        return warehouses.warehouse(project.target());
    }

    /** The graph in which each {@code schema.name} is a model. */
    public Graph graph(String... relations) {
        GraphBuilder graph = new GraphBuilder();
        for (String relation : relations) {
            String[] parts = relation.split("\\.");
            graph.add(Node.builder(
                            new NodeId(NodeKind.MODEL, project.name(), parts[0] + "_" + parts[1]),
                            new Position("models/" + parts[1] + ".sql", 1, 1))
                    .name(parts[1])
                    .description("what " + parts[1] + " holds")
                    .writes(warehouses.relation(project.target(), parts[0], parts[1]))
                    .step(context -> StepResult.success("built"))
                    .build());
        }
        return graph.build();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        warehouses.close();
    }
}
