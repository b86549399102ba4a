package dev.millrace.activate;

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
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project folder for a test: a DuckDB warehouse named {@code lake}, and models that some test has already built. */
public final class ProjectFolder {
    private final Path root;

    private ProjectFolder(Path root) {
        this.root = root;
    }

    /** @param database the DuckDB file, or {@code :memory:} */
    public static ProjectFolder in(Path root, String database) {
        ProjectFolder folder = new ProjectFolder(root);
        folder.write("dbt_project.yml", "name: clinic\nprofile: lake\n");
        folder.write(
                "profiles.yml",
                "lake:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: '" + database
                        + "', schema: main}\nother:\n  target: dev\n  outputs:\n    dev: {type: duckdb, path: ':memory:', schema: main}\n");
        return folder;
    }

    public ProjectFolder write(String file, String text) {
        try {
            Files.writeString(root.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** A millrace.yml whose destination {@code crm} is the Salesforce at {@code url}. */
    public ProjectFolder salesforceAt(String url, String clientSecret) {
        return write(
                "millrace.yml",
                "destinations:\n  crm: {type: salesforce, login_url: '" + url
                        + "', client_id: millrace, client_secret: '" + clientSecret + "'}\n");
    }

    public Project load() {
        return ProjectLoader.load(Invocation.of("build", root));
    }

    public Project loadForFullRefresh() {
        return ProjectLoader.load(Invocation.of("build", root).withFullRefresh());
    }

    /** The graph of the project's syncs over models that are tables of the schema {@code main}. */
    public static Graph graph(Project project, Warehouses warehouses, ActivateLayer layer, String... models) {
        GraphBuilder graph = new GraphBuilder();
        for (String model : models) {
            graph.add(model(project, warehouses, model));
        }
        layer.contribute(project, graph);
        return graph.build();
    }

    public static Node model(Project project, Warehouses warehouses, String name) {
        return Node.builder(
                        new NodeId(NodeKind.MODEL, project.name(), name), new Position("models/" + name + ".sql", 1, 1))
                .writes(warehouses.relation(project.target(), "main", name))
                .step(context -> StepResult.success("built"))
                .build();
    }
}
