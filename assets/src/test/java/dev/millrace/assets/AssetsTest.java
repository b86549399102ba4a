package dev.millrace.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Status;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.Plan;
import dev.millrace.core.run.RunOptions;
import dev.millrace.core.run.RunResult;
import dev.millrace.core.run.Runner;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetsTest {
    @TempDir
    private Path folder;

    private Project project;
    private Warehouses warehouses;

    @BeforeEach
    void makeProject() throws IOException {
        write("millrace.yml", "name: shop\nprofile: shop\n");
        write(
                "profiles.yml",
                "shop: {target: dev, outputs: {dev: {type: duckdb, path: shop.duckdb, schema: analytics}}}\n");
        project = ProjectLoader.load(Invocation.of("build", folder));
        warehouses = new Warehouses(project);
    }

    @AfterEach
    void close() {
        warehouses.close();
    }

    @Test
    void assets_feed_each_other_by_the_names_of_their_parameters() throws IOException {
        write("assets/Orders.java", """
                import dev.millrace.assets.*;
                import java.math.BigDecimal;
                import java.time.*;
                import java.util.*;
                import java.util.stream.*;

                public class Orders {
                    record Order(long orderId, String customer, @Digits(precision = 12, scale = 2) BigDecimal amount,
                            LocalDate day, Instant at, Boolean paid) {}

                    @Asset(description = "As they come", tags = "daily")
                    Stream<Order> rawOrders() {
                        return IntStream.range(0, 5000).mapToObj(i -> new Order(i, "c" + i % 3,
                                new BigDecimal(i).movePointLeft(2), LocalDate.of(2026, 1, 1), Instant.EPOCH,
                                i % 2 == 0 ? true : null));
                    }

                    @Asset
                    List<Order> paidOrders(List<Order> rawOrders) {
                        return rawOrders.stream().filter(order -> order.paid() != null).toList();
                    }

                    @Asset
                    @Schedule(cron = "0 6 * * *", timezone = "Europe/Amsterdam")
                    static Sql orderMetrics(@Input("paid_orders") Rows orders, AssetContext context) {
                        context.log(orders.count() + " of " + orders.columns());
                        return Sql.of("select customer, count(*) as n, sum(amount) as total from " + orders
                                + " group by 1 order by 1");
                    }
                }
                """);

        Graph graph = graph();
        RunResult result = run(graph);

        assertThat(result.nodes())
                .allSatisfy(node -> assertThat(node.status()).as(node.message()).isEqualTo(Status.SUCCESS));
        assertThat(graph.nodes())
                .extracting(node -> node.id().toString())
                .containsExactly("asset.shop.raw_orders", "asset.shop.paid_orders", "asset.shop.order_metrics");
        Node metrics = graph.require(new NodeId(NodeKind.ASSET, "shop", "order_metrics"));
        assertThat(metrics.inputs()).extracting(NodeId::name).containsExactly("paid_orders");
        assertThat(metrics.config().get("schedule"))
                .isEqualTo(Map.of(
                        "cron", "0 6 * * *", "timezone", "Europe/Amsterdam", "upstream", true, "downstream", false));
        assertThat(metrics.position()).hasToString("assets/Orders.java:25:16");
        assertThat(result.nodes().get(0).rows()).hasValue(5000);
        assertThat(
                        query(
                                "select count(*), sum(amount)::varchar, epoch(min(\"at\"))::bigint, typeof(any_value(amount)) from analytics.raw_orders"))
                .containsExactly(List.of(5000L, "124975.00", 0L, "DECIMAL(12,2)"));
        assertThat(query("select sum(n)::bigint from analytics.order_metrics")).containsExactly(List.of(2500L));
    }

    @Test
    void a_table_is_replaced_whole_and_one_that_fails_leaves_the_old() throws IOException {
        String asset = """
                import dev.millrace.assets.*;
                import java.util.*;
                import java.util.stream.*;

                public class Numbers {
                    record Number(int n) {}

                    @Asset
                    Stream<Number> numbers() {
                        return IntStream.range(0, COUNT).mapToObj(n -> {
                            if (n == BAD) {
                                throw new IllegalStateException("no number " + n);
                            }
                            return new Number(n);
                        });
                    }
                }
                """;
        write("assets/Numbers.java", asset.replace("COUNT", "10").replace("BAD", "-1"));
        run(graph());
        write("assets/Numbers.java", asset.replace("COUNT", "4").replace("BAD", "-1"));
        run(graph());
        List<List<Object>> replaced = query("select count(*) from analytics.numbers");
        write("assets/Numbers.java", asset.replace("COUNT", "5000").replace("BAD", "4500"));
        RunResult failed = run(graph());

        assertThat(replaced).containsExactly(List.of(4L));
        assertThat(query("select count(*) from analytics.numbers")).containsExactly(List.of(4L));
        assertThat(failed.nodes().get(0).error()).hasValueSatisfying(error -> {
            assertThat(error.code()).isEqualTo(ErrorCode.ASSET_FAILED);
            assertThat(error.text()).contains("IllegalStateException: no number 4500");
            assertThat(error.position()).contains(new Position("assets/Numbers.java", 12, 0));
        });
    }

    @Test
    void what_does_not_compile_is_said_at_its_place() throws IOException {
        write("assets/Broken.java", "public class Broken {\n    int x = \"text\";\n}\n");

        MillraceException error = catchThrowableOfType(MillraceException.class, this::graph);

        assertThat(error.code()).isEqualTo(ErrorCode.JAVA_INVALID);
        assertThat(error.position()).contains(new Position("assets/Broken.java", 2, 13));
    }

    @Test
    void what_no_asset_can_be_is_refused_before_anything_runs() throws IOException {
        refused("@Asset String text() { return \"\"; }", ErrorCode.JAVA_INVALID, "cannot return");
        refused("@Asset void a(int n) {}", ErrorCode.JAVA_INVALID, "'n'");
        refused("@Asset void a(Rows nothingLikeIt) {}", ErrorCode.REF_NOT_FOUND, "nothing_like_it");
        refused("record R(Object o) {} @Asset List<R> a() { return null; }", ErrorCode.JAVA_INVALID, "'o'");
        refused(
                "@Asset(materialized = \"view\") List<R> a() { return null; } record R(int i) {}",
                ErrorCode.JAVA_INVALID,
                "Sql");
    }

    @Test
    void the_same_files_are_compiled_once() throws IOException {
        write("assets/One.java", "import dev.millrace.assets.*;\npublic class One { @Asset void one() {} }\n");
        graph();
        Path cache = project.cacheDir().resolve("assets");
        List<Path> before = list(cache);

        graph();

        assertThat(list(cache)).isEqualTo(before).hasSize(1);
    }

    private void refused(String member, ErrorCode code, String words) throws IOException {
        write(
                "assets/Wrong.java",
                "import dev.millrace.assets.*;\nimport java.util.*;\npublic class Wrong {\n    " + member + "\n}\n");
        MillraceException error = catchThrowableOfType(MillraceException.class, this::graph);
        assertThat(error).as(member).isNotNull();
        assertThat(error.code()).as(error.text()).isEqualTo(code);
        assertThat(error.text()).contains(words);
        assertThat(error.position())
                .hasValueSatisfying(position -> assertThat(position.line()).isEqualTo(4));
    }

    private Graph graph() {
        GraphBuilder builder = new GraphBuilder();
        new AssetsLayer(warehouses).contribute(project, builder);
        return builder.build();
    }

    private static RunResult run(Graph graph) {
        Plan plan = Plan.of(graph, graph.nodes().stream().map(Node::id).toList());
        return new Runner(plan, new RunOptions("build", 2, false), new Events(List.of()), Clock.systemUTC()).run();
    }

    private List<List<Object>> query(String sql) {
        try (Session session = warehouses.warehouse(project.target()).open()) {
            return session.query(sql).rows().stream()
                    .map(row -> row.stream()
                            .map(value -> value == null ? "null" : value)
                            .toList())
                    .toList();
        }
    }

    private static List<Path> list(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.sorted().toList();
        }
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
