package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.graph.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SemanticLayerTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void write() {
        project = new TestProject(folder)
                .model("sacks", "select 1 as id, 2.5 as weight, date '2026-01-01' as ground_on")
                .model("seen", """
                        {% if execute %}
                        select '{{ graph.metrics.values() | map(attribute="name") | sort | join(" ") }}' as metrics,
                            '{{ graph.semantic_models["semantic_model.mill.sacks"].node_relation.alias }}' as alias,
                            {{ graph.saved_queries | length }} as queries
                        {% endif %}
                        """)
                .file("models/semantics.yml", """
                        semantic_models:
                          - name: sacks
                            description: What was ground
                            model: ref('sacks')
                            defaults: {agg_time_dimension: ground_on}
                            config: {meta: {room: upper}}
                            entities: [{name: sack, type: primary, expr: id}]
                            dimensions:
                              - {name: ground_on, type: time, type_params: {time_granularity: day}}
                              - {name: heavy, type: categorical, expr: weight > 2, config: {meta: {room: lower}}}
                            measures:
                              - {name: sack_count, agg: sum, expr: 1, create_metric: true}
                              - {name: weight, agg: sum}
                        metrics:
                          - {name: weight, label: Weight, type: simple, type_params: {measure: weight}}
                          - name: mean_weight
                            label: Mean weight
                            type: ratio
                            type_params: {numerator: weight, denominator: {name: sack_count, filter: "{{ Dimension('sack__heavy') }}"}}
                          - name: growth
                            label: Growth
                            type: derived
                            type_params:
                              expr: weight - before
                              metrics: [weight, {name: weight, alias: before, offset_window: 2 months}]
                          - {name: gone, label: Gone, type: simple, type_params: {measure: weight}, config: {enabled: false}}
                        saved_queries:
                          - name: weekly
                            tags: [monday]
                            query_params: {metrics: [growth], group_by: ["TimeDimension('metric_time', 'week')"]}
                            exports: [{name: weekly_table, config: {export_as: table}}]
                        exposures:
                          - {name: board, type: dashboard, owner: {name: Ann, email: a@mill.example}, depends_on: [metric('mean_weight')]}
                        """);
    }

    private JsonNode manifest() {
        project.with((loaded, layer, warehouses, graph) ->
                TestProject.run(loaded, graph, node -> true, List.of(new ArtifactWriter(layer))));
        return DbtSchemas.read(project, "manifest.json", "manifest-v12.json");
    }

    private List<String> inputs(String id) {
        return project.graph().nodes().stream()
                .filter(node -> node.id().toString().equals(id))
                .flatMap(node -> node.inputs().stream())
                .map(Object::toString)
                .toList();
    }

    @Test
    void metrics_reach_from_models_to_saved_queries_and_exposures() {
        assertThat(inputs("semantic_model.mill.sacks")).containsExactly("model.mill.sacks");
        assertThat(inputs("metric.mill.weight")).containsExactly("semantic_model.mill.sacks");
        assertThat(inputs("metric.mill.mean_weight")).containsExactly("metric.mill.weight", "metric.mill.sack_count");
        assertThat(inputs("saved_query.mill.weekly")).containsExactly("metric.mill.growth");
        assertThat(inputs("exposure.mill.board")).containsExactly("metric.mill.mean_weight");
        assertThat(project.graph().nodes()).extracting(Node::name).doesNotContain("gone");
    }

    @Test
    void the_manifest_describes_them_in_dbts_form() {
        JsonNode manifest = manifest();
        JsonNode growth = manifest.at("/metrics/metric.mill.growth/type_params");
        assertThat(growth.at("/metrics/1/offset_window").toString())
                .isEqualTo("{\"count\":2,\"granularity\":\"month\"}");
        assertThat(growth.at("/input_measures")).hasSize(1);
        assertThat(manifest.at("/metrics/metric.mill.mean_weight/type_params/input_measures"))
                .hasSize(2);
        assertThat(manifest.at("/metrics/metric.mill.sack_count/description").asString())
                .isEqualTo("Metric created from measure sack_count");
        JsonNode model = manifest.at("/semantic_models/semantic_model.mill.sacks");
        assertThat(model.at("/node_relation/alias").asString()).isEqualTo("sacks");
        assertThat(model.at("/dimensions/0/config/meta/room").asString()).isEqualTo("upper");
        assertThat(model.at("/dimensions/1/config/meta/room").asString()).isEqualTo("lower");
        JsonNode query = manifest.at("/saved_queries/saved_query.mill.weekly");
        assertThat(query.at("/exports/0/config/alias").asString()).isEqualTo("weekly_table");
        assertThat(query.at("/tags").toString()).isEqualTo("[\"monday\"]");
        assertThat(manifest.at("/exposures/exposure.mill.board/metrics").toString())
                .isEqualTo("[[\"mean_weight\"]]");
        assertThat(manifest.at("/child_map/semantic_model.mill.sacks")).hasSize(2);
    }

    @Test
    void templates_see_them_in_the_graph() {
        project.build().succeeded();

        assertThat(project.rows("select metrics, alias, queries from seen"))
                .containsExactly("[growth mean_weight sack_count weight, sacks, 1]");
    }

    @Test
    void a_build_says_that_there_was_nothing_to_do_for_exposures_and_saved_queries() {
        assertThat(results()).contains("exposure.mill.board no-op", "saved_query.mill.weekly no-op");
        project.model("sacks", "select 1 as id, missing as weight");
        assertThat(results()).contains("exposure.mill.board skipped", "saved_query.mill.weekly skipped");
        project.model("sacks", "select 1 as id, 2.5 as weight, date '2026-01-01' as ground_on")
                .file("tests/none.sql", "select * from {{ ref('sacks') }}");
        assertThat(results()).contains("model.mill.sacks success", "exposure.mill.board skipped");
    }

    private List<String> results() {
        project.with((loaded, layer, warehouses, graph) -> {
            layer.selected(graph.nodes().stream().map(Node::id).toList());
            return TestProject.run(loaded, graph, node -> true, List.of(new ArtifactWriter(layer)));
        });
        List<String> results = new ArrayList<>();
        DbtSchemas.read(project, "run_results.json", "run-results-v6.json")
                .get("results")
                .forEach(result -> results.add(result.get("unique_id").asString() + " "
                        + result.get("status").asString()));
        return results;
    }

    @Test
    void a_parse_from_the_cache_knows_them_too() {
        JsonNode before = manifest();
        JsonNode after = manifest();

        for (String part : List.of("metrics", "semantic_models", "saved_queries")) {
            assertThat(names(after.get(part)))
                    .isEqualTo(names(before.get(part)))
                    .isNotEmpty();
        }
    }

    private static List<String> names(JsonNode nodes) {
        return List.copyOf(nodes.propertyNames());
    }
}
