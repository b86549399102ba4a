package dev.millrace.cdc;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A project folder with one connector named {@code shop} and a DuckDB file, and ways to run it. */
final class CdcProject {
    private final Path root;

    CdcProject(Path root) {
        this.root = root;
        if (!Files.exists(root.resolve("profiles.yml"))) {
            write(
                    "profiles.yml",
                    "lake: {target: dev, outputs: {dev: {type: duckdb, path: lake.duckdb, threads: 2}}}\n");
        }
    }

    /** With the database of {@code server} as the source {@code postgres}. */
    static CdcProject of(Path root, PostgresServer server, String database) {
        return new CdcProject(root)
                .write(
                        "millrace.yml",
                        "name: mill\nprofile: lake\nsources:\n  postgres: {type: postgres, host: " + server.host()
                                + ", port: " + server.port() + ", database: " + database + ", user: " + server.user()
                                + ", password: " + server.password() + "}\n");
    }

    /** With {@code server} as the source {@code shop}, and a connector over these of its tables. */
    static CdcProject of(Path root, MariaDbServer server, String tables, String... properties) {
        return ofBinlog(root, "mariadb.MariaDb", "mariadb", server.port(), tables, properties);
    }

    /** With {@code server} as the source {@code shop}, and a connector over these of its tables. */
    static CdcProject of(Path root, MySqlServer server, String tables, String... properties) {
        return ofBinlog(root, "mysql.MySql", "mysql", server.port(), tables, properties);
    }

    private static CdcProject ofBinlog(
            Path root, String connector, String type, int port, String tables, String... properties) {
        String more = String.join("\n    ", properties);
        return new CdcProject(root)
                .write("millrace.yml", """
                name: mill
                profile: lake
                sources:
                  shop: {type: %s, host: 127.0.0.1, port: %d, user: cdc, password: secret}
                """.formatted(type, port))
                .write("cdc/shop.yml", """
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaConnector
                metadata: {name: shop}
                spec:
                  class: io.debezium.connector.%sConnector
                  config:
                    database.hostname: shop
                    table.include.list: "%s"
                    %s
                """.formatted(connector, tables, more));
    }

    /** A connector over these tables, with further properties. */
    CdcProject connector(String database, String tables, String... properties) {
        StringBuilder config = new StringBuilder("""
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaConnector
                metadata: {name: shop}
                spec:
                  class: io.debezium.connector.postgresql.PostgresConnector
                  config:
                    database.hostname: postgres
                    database.dbname: %s
                    table.include.list: %s
                """.formatted(database, tables));
        for (String property : properties) {
            config.append("    ").append(property).append('\n');
        }
        return write("cdc/shop.yml", config.toString());
    }

    CdcProject write(String file, String text) {
        try {
            Path path = root.resolve(file);
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.writeString(path, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return root;
    }

    Graph graph(String command) {
        Project project = ProjectLoader.load(Invocation.of(command, root));
        try (Warehouses warehouses = new Warehouses(project)) {
            return graph(project, warehouses);
        }
    }

    private static Graph graph(Project project, Warehouses warehouses) {
        GraphBuilder builder = new GraphBuilder();
        new CdcLayer(warehouses).contribute(project, builder);
        return builder.build();
    }

    /** Runs the connector once. */
    StepResult run() {
        return run(Invocation.of("ingest", root));
    }

    StepResult fullRefresh() {
        return run(Invocation.of("ingest", root).withFullRefresh());
    }

    private StepResult run(Invocation invocation) {
        return withStep(invocation, (node, step) -> step.run(new Context(node)));
    }

    /** What a connector's step does. */
    interface Use<T> {
        T with(Node node, ContinuousStep step) throws Exception;
    }

    <T> T withStep(Use<T> use) {
        return withStep(Invocation.of("up", root), use);
    }

    private <T> T withStep(Invocation invocation, Use<T> use) {
        Project project = ProjectLoader.load(invocation);
        try (Warehouses warehouses = new Warehouses(project)) {
            Node node = graph(project, warehouses).nodes().stream()
                    .filter(one -> one.kind() == NodeKind.CDC && one.step().isPresent())
                    .findFirst()
                    .orElseThrow();
            Step step = node.step().orElseThrow();
            return use.with(node, (ContinuousStep) step);
        } catch (MillraceException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What {@code millrace cdc status} tells of the connector. */
    CdcStatus status() {
        Project project = ProjectLoader.load(Invocation.of("cdc", root));
        try (Warehouses warehouses = new Warehouses(project)) {
            return CdcStatus.of(project, warehouses).get(0);
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

    /** A run without a runner. */
    static class Context implements StepContext {
        private final Node node;

        Context(Node node) {
            this.node = node;
        }

        @Override
        public Node node() {
            return node;
        }

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
}
