package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class CatalogTest {
    @Test
    void the_catalog_tells_what_the_warehouse_holds(@TempDir Path folder) {
        TestProject project = new TestProject(folder)
                .sql("create schema raw; create table raw.carts as select 1 as id, 2.5 as weight")
                .model("carts", "select * from {{ source('raw', 'carts') }}")
                .model("big", "{{ config(materialized='table') }} select id as \"Id\" from {{ ref('carts') }}")
                .model("inner", "{{ config(materialized='ephemeral') }} select 1 as x")
                .file("models/all.yml", "sources: [{name: raw, tables: [{name: carts}, {name: missing}]}]\n");
        project.build().succeeded();
        project.model("never_built", "select 1 as x");

        project.with((loaded, layer, warehouses, graph) -> new CatalogWriter(layer).write(id -> true));

        JsonNode catalog = DbtSchemas.read(project, "catalog.json", "catalog-v1.json");
        assertThat(catalog.get("nodes").propertyNames())
                .containsExactlyInAnyOrder("model.mill.carts", "model.mill.big");
        assertThat(catalog.get("sources").propertyNames()).containsExactly("source.mill.raw.carts");
        JsonNode big = catalog.at("/nodes/model.mill.big");
        assertThat(big.at("/metadata/type").asString()).isEqualTo("BASE TABLE");
        assertThat(big.at("/columns/Id/type").asString()).isEqualTo("INTEGER");
        assertThat(catalog.at("/nodes/model.mill.carts/metadata/type").asString())
                .isEqualTo("VIEW");
        assertThat(catalog.at("/nodes/model.mill.carts/columns/weight/index").asInt())
                .isEqualTo(2);
    }

    @Test
    void comments_that_are_kept_in_the_warehouse_are_in_the_catalog(@TempDir Path folder) {
        TestProject project = new TestProject(folder)
                .model("carts", "{{ config(persist_docs={'relation': true, 'columns': true}) }} select 1 as Id")
                .file(
                        "models/all.yml",
                        "models: [{name: carts, description: What's pushed, columns: [{name: id, description: Its"
                                + " number}]}]");
        project.build().succeeded();

        project.with((loaded, layer, warehouses, graph) -> new CatalogWriter(layer).write(id -> true));

        JsonNode carts =
                DbtSchemas.read(project, "catalog.json", "catalog-v1.json").at("/nodes/model.mill.carts");
        assertThat(carts.at("/metadata/comment").asString()).isEqualTo("What's pushed");
        assertThat(carts.at("/columns/Id/comment").asString()).isEqualTo("Its number");
    }

    @Test
    void an_empty_catalog_follows_the_schema_too(@TempDir Path folder) {
        TestProject project = new TestProject(folder).model("one", "select 1 as x");
        project.with((loaded, layer, warehouses, graph) -> new CatalogWriter(layer).writeEmpty());
        assertThat(DbtSchemas.read(project, "catalog.json", "catalog-v1.json").get("nodes"))
                .isEmpty();
    }
}
