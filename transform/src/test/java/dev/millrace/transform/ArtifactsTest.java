package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ArtifactsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder)
                .settings(
                        "on-run-start: ['create table if not exists log (x int)']\nmodels: {+docs: {node_color: red}}\n")
                .sql("create schema raw; create table raw.carts as select 1 as id")
                .file("seeds/mills.csv", "id,power\n1,wind\n")
                .model("base", "{{ config(materialized='ephemeral') }} select * from {{ ref('mills') }}")
                .model(
                        "carts",
                        "{{ config(post_hook='select 1', meta={'since': 1850}) }} select * from {{ source('raw', 'carts') }}")
                .model(
                        "top",
                        "{{ config(materialized='table') }} select b.* from {{ ref('base') }} b, {{ ref('carts') }} c")
                .model("gone", "{{ config(enabled=false) }} select 1")
                .model("sails_v1", "select 1 as n")
                .model("sails_v2", "select 2 as n")
                .model("broken", "select nonsense")
                .model("behind", "select * from {{ ref('broken') }}")
                .file("models/docs.md", "{% docs top_doc %}The *top*.{% enddocs %}")
                .file("macros/one.sql", "{% macro one() %}1{% endmacro %}")
                .file("analyses/look.sql", "select * from {{ ref('top') }}")
                .file("tests/positive.sql", "select * from {{ ref('top') }} where id < {{ one() }}")
                .file("models/all.yml", """
                        version: 2
                        groups: [{name: millers, owner: {name: Ann}}]
                        models:
                          - name: sails
                            versions: [{v: 1, deprecation_date: 2020-01-01}, {v: 2}]
                            config: {group: millers, contract: {enforced: true}}
                            columns: [{name: n, data_type: int, constraints: [{type: not_null}]}]
                          - name: top
                            description: "{{ doc('top_doc') }}"
                            columns:
                              - name: id
                                description: its number
                                tests: [unique, {relationships: {to: ref('mills'), field: id}}]
                        sources:
                          - name: raw
                            freshness: {warn_after: {count: 1, period: day}}
                            loaded_at_field: at
                            tables: [{name: carts, columns: [{name: id, tests: [not_null]}]}]
                        unit_tests:
                          - name: reads_carts
                            model: carts
                            given: [{input: "source('raw', 'carts')", rows: [{id: 1}]}]
                            expect: {format: csv, rows: "id\\n1\\n"}
                            overrides: {vars: {since: 2026-01-01}}
                        exposures:
                          - {name: board, type: dashboard, owner: {name: Ann, email: a@mill.example}, depends_on: [ref('top')]}
                        """);
    }

    private JsonNode written(String file, String schema) {
        project.with((loaded, layer, warehouses, graph) ->
                TestProject.run(loaded, graph, node -> true, List.of(new ArtifactWriter(layer))));
        String text = project.read("target/" + file);
        assertThat(schema(schema).validate(text, InputFormat.JSON)).isEmpty();
        return JSON.readTree(text);
    }

    private static Schema schema(String name) {
        try (InputStream in = ArtifactsTest.class.getResourceAsStream("/dbt-schemas/" + name)) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void the_manifest_follows_dbts_schema() {
        JsonNode manifest = written("manifest.json", "manifest-v12.json");
        assertThat(manifest.at("/nodes/model.mill.top/description").asString()).isEqualTo("The *top*.");
        assertThat(manifest.at("/nodes/model.mill.top/compiled_code").asString())
                .contains("__dbt__cte__base");
        assertThat(manifest.at("/child_map/source.mill.raw.carts").toString())
                .contains("\"model.mill.carts\"", "\"test.mill.source_not_null_raw_carts_id.");
        assertThat(manifest.at("/nodes/model.mill.sails.v1/latest_version").asInt())
                .isEqualTo(2);
        assertThat(manifest.at("/group_map/millers").toString()).contains("model.mill.sails.v1");
        assertThat(manifest.at("/groups/group.mill.millers/owner/name").asString())
                .isEqualTo("Ann");
        assertThat(manifest.at("/unit_tests/unit_test.mill.carts.reads_carts/depends_on/nodes")
                        .toString())
                .contains("model.mill.carts");
        assertThat(manifest.at("/disabled/model.mill.gone").isMissingNode()).isFalse();
    }

    @Test
    void the_run_results_follow_dbts_schema() {
        JsonNode results = written("run_results.json", "run-results-v6.json");
        List<String> statuses = new java.util.ArrayList<>();
        results.get("results")
                .forEach(result -> statuses.add(result.get("unique_id").asString() + " "
                        + result.get("status").asString()));
        assertThat(statuses)
                .contains(
                        "model.mill.top success",
                        "model.mill.broken error",
                        "model.mill.behind skipped",
                        "test.mill.positive pass",
                        "unit_test.mill.carts.reads_carts pass")
                .doesNotContain("model.mill.base success");
    }
}
