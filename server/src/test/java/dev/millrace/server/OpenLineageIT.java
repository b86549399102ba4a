package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Secret;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.live.LiveRunner;
import dev.millrace.core.run.Events;
import dev.millrace.core.run.Plan;
import dev.millrace.core.run.RunOptions;
import dev.millrace.core.run.Runner;
import dev.millrace.core.select.IndirectSelection;
import dev.millrace.core.select.Selector;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.sql.NodeColumns;
import dev.millrace.sql.OutputColumn;
import dev.millrace.sql.SourceColumn;
import dev.millrace.sql.Use;
import dev.millrace.warehouse.Session;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenLineageIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private SamplePlatform platform;
    private final List<MillraceException> problems = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        platform = new SamplePlatform(folder);
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void events_in_a_file_are_valid_by_the_published_schemas() throws IOException {
        Path file = folder.resolve("target/lineage.ndjson");
        run(new OpenLineageSettings(Optional.of(file), Optional.empty(), Optional.empty(), "shop"), "+dim_customers");

        validate(Files.readAllLines(file));
        assertThat(problems).isEmpty();
    }

    private static void validate(List<String> lines) throws IOException {
        Map<String, String> schemas = new LinkedHashMap<>();
        for (String name : List.of(
                "OpenLineage",
                "ParentRunFacet",
                "ErrorMessageRunFacet",
                "SchemaDatasetFacet",
                "ColumnLineageDatasetFacet",
                "OutputStatisticsOutputDatasetFacet",
                "JobTypeJobFacet",
                "DocumentationJobFacet")) {
            String text = resource(name);
            schemas.put(JSON.readTree(text).path("$id").asText(), text);
        }
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(schemas));
        Schema event = registry.getSchema(resource("OpenLineage"));
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            assertThat(event.validate(line, InputFormat.JSON)).as(line).isEmpty();
            for (JsonNode facet : JSON.readTree(line).findParents("_schemaURL")) {
                String id = facet.path("_schemaURL").asText();
                String root = id.substring(0, id.indexOf('#'));
                String name = id.substring(id.lastIndexOf('/') + 1);
                String wrapped = "{\"$ref\": \"" + root + "#/$defs/" + name + "\"}";
                assertThat(schemas).containsKey(root);
                assertThat(registry.getSchema(wrapped).validate(facet.toString(), InputFormat.JSON))
                        .as(facet.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void a_node_that_is_kept_running_is_told_as_a_streaming_job() throws IOException {
        Path file = folder.resolve("flows.ndjson");
        OpenLineageSettings settings =
                new OpenLineageSettings(Optional.of(file), Optional.empty(), Optional.empty(), "shop");
        Set<NodeId> kept = new LinkedHashSet<>();
        platform.graph().nodes().stream()
                .filter(node -> node.trigger().isPresent())
                .forEach(node -> kept.add(node.id()));
        try (OpenLineage lineage = lineage(settings);
                LiveRunner live = new LiveRunner(
                        platform.graph(), kept, new Events(List.of()), lineage.flows(), Clock.systemUTC())) {
            live.start();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Files.exists(file)
                            && Files.readString(file).contains("RUNNING")
                            && Files.readString(file).contains("went away"));
        }

        List<String> lines = Files.readAllLines(file);
        validate(lines);
        List<JsonNode> clicks = events(lines).stream()
                .filter(event -> event.path("job").path("name").asText().equals("topic.shop.kafka.clicks"))
                .toList();
        assertThat(clicks.stream().map(event -> event.path("eventType").asText()))
                .startsWith("START", "RUNNING")
                .endsWith("COMPLETE");
        assertThat(clicks.stream().map(event -> event.path("run").path("runId").asText()))
                .containsOnly(clicks.get(0).path("run").path("runId").asText());
        assertThat(clicks.get(0)
                        .path("job")
                        .path("facets")
                        .path("jobType")
                        .path("processingType")
                        .asText())
                .isEqualTo("STREAMING");
        assertThat(clicks.get(1).path("outputs").get(0).path("name").asText()).isEqualTo("shop.raw.clicks");
        assertThat(problems).isEmpty();
    }

    @Test
    void a_node_is_told_with_what_it_reads_and_writes() throws IOException {
        Path file = folder.resolve("lineage.ndjson");
        run(new OpenLineageSettings(Optional.of(file), Optional.empty(), Optional.empty(), "shop"), "+dim_customers");

        List<JsonNode> events = events(Files.readAllLines(file));
        JsonNode done = events.stream()
                .filter(event -> event.path("job").path("name").asText().equals("model.shop.dim_customers"))
                .filter(event -> event.path("eventType").asText().equals("COMPLETE"))
                .findFirst()
                .orElseThrow();
        assertThat(done.path("inputs").findValuesAsText("name")).contains("shop.main.stg_customers");
        assertThat(done.path("outputs").get(0).path("name").asText()).isEqualTo("shop.main.dim_customers");
        assertThat(done.path("outputs")
                        .get(0)
                        .path("facets")
                        .path("schema")
                        .path("fields")
                        .findValuesAsText("name"))
                .containsExactly("customer_id", "name", "segment");
        assertThat(done.path("outputs")
                        .get(0)
                        .path("outputFacets")
                        .path("outputStatistics")
                        .path("rowCount")
                        .asLong())
                .isEqualTo(1129);
        JsonNode segment = done.path("outputs")
                .get(0)
                .path("facets")
                .path("columnLineage")
                .path("fields")
                .path("segment")
                .path("inputFields");
        assertThat(segment.findValuesAsText("field")).containsExactly("customer_id", "name");
        assertThat(segment.findValuesAsText("type")).containsExactly("INDIRECT", "DIRECT");
        assertThat(segment.get(0).path("name").asText()).isEqualTo("shop.main.stg_customers");
        JsonNode run = events.get(0);
        assertThat(run.path("eventType").asText()).isEqualTo("START");
        assertThat(done.path("run").path("facets").path("parent").path("run").path("runId"))
                .isEqualTo(run.path("run").path("runId"));
        assertThat(events.get(events.size() - 1).path("eventType").asText()).isEqualTo("COMPLETE");
    }

    @Test
    void a_failed_node_says_why() throws IOException {
        Path file = folder.resolve("lineage.ndjson");
        run(new OpenLineageSettings(Optional.of(file), Optional.empty(), Optional.empty(), "shop"), "churn_risk");

        JsonNode failed = events(Files.readAllLines(file)).stream()
                .filter(event -> event.path("eventType").asText().equals("FAIL"))
                .findFirst()
                .orElseThrow();
        assertThat(failed.path("run")
                        .path("facets")
                        .path("errorMessage")
                        .path("message")
                        .asText())
                .contains("customer_value");
    }

    @Test
    void events_are_posted_in_order_with_the_key_and_a_refusal_is_told_once() throws IOException {
        List<String> bodies = new CopyOnWriteArrayList<>();
        List<String> keys = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/good", exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(201, -1);
            exchange.close();
        });
        collector.createContext("/bad", exchange -> {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
        });
        collector.start();
        try {
            URI base = URI.create("http://127.0.0.1:" + collector.getAddress().getPort());
            run(settings(base.resolve("/good")), "category_targets");
            assertThat(events(bodies).stream()
                            .map(event -> event.path("eventType").asText()))
                    .containsExactly("START", "START", "COMPLETE", "COMPLETE");
            assertThat(keys).containsOnly("Bearer key-1");
            assertThat(problems).isEmpty();

            run(settings(base.resolve("/bad")), "category_targets");
            assertThat(problems).singleElement().satisfies(e -> assertThat(e).hasMessageContaining("400"));
        } finally {
            collector.stop(0);
        }
    }

    private static OpenLineageSettings settings(URI url) {
        return new OpenLineageSettings(Optional.empty(), Optional.of(url), Optional.of(Secret.of("key-1")), "shop");
    }

    private void run(OpenLineageSettings settings, String select) {
        Plan plan = Plan.of(
                platform.graph(),
                new Selector(platform.graph(), "shop", IndirectSelection.EMPTY, nothing -> {})
                        .select(List.of(select), List.of()));
        try (OpenLineage lineage = lineage(settings)) {
            new Runner(
                            plan,
                            new RunOptions("build", 2, false),
                            new Events(List.of(lineage.listener("shop"))),
                            Clock.systemUTC())
                    .run();
        }
    }

    private OpenLineage lineage(OpenLineageSettings settings) {
        return new OpenLineage(
                settings,
                platform::graph,
                relation -> {
                    try (Session session = platform.warehouses()
                            .warehouse(platform.project().target())
                            .open()) {
                        return session.columns(relation);
                    }
                },
                OpenLineageIT::columns,
                problems::add);
    }

    private static ColumnGraph columns() {
        SourceColumn id = new SourceColumn("model.shop.stg_customers", "customer_id");
        SourceColumn name = new SourceColumn("model.shop.stg_customers", "name");
        return new ColumnGraph(List.of(new NodeColumns(
                "model.shop.dim_customers",
                List.of(
                        new OutputColumn("customer_id", Map.of(id, Use.DIRECT), true),
                        new OutputColumn("segment", Map.of(name, Use.DERIVED, id, Use.INDIRECT), true)),
                true,
                Set.of(name))));
    }

    private static List<JsonNode> events(List<String> lines) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : lines) {
            events.add(JSON.readTree(line));
        }
        return events;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(OpenLineageIT.class.getResourceAsStream("/openlineage/" + name + ".json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
