package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.select.IndirectSelection;
import dev.millrace.core.select.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProjectStateTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() throws IOException {
        project = new TestProject(folder)
                .sql("create schema raw; create table raw.carts as select 1 as id")
                .file("seeds/mills.csv", "id,power\n1,wind\n")
                .file(
                        "macros/one.sql",
                        "{% macro inner() %}1{% endmacro %}{% macro one() %}{{ inner() }}{% endmacro %}")
                .model("first", "select {{ one() }} as n from {{ ref('mills') }}")
                .model("second", "{{ config(materialized='table') }} select * from {{ ref('first') }}")
                .model("broken", "select missing from {{ source('raw', 'carts') }}")
                .file("models/all.yml", "sources: [{name: raw, tables: [{name: carts}]}]\nmodels: [{name: second}]\n");
        project.build(node -> true);
        project.with((loaded, layer, warehouses, graph) ->
                TestProject.run(loaded, graph, node -> true, List.of(new ArtifactWriter(layer))));
        Files.createDirectories(folder.resolve("state"));
        for (String artifact : List.of("manifest.json", "run_results.json")) {
            Files.copy(folder.resolve("target/" + artifact), folder.resolve("state/" + artifact));
        }
    }

    private List<String> select(String... criteria) {
        return project.with((loaded, layer, warehouses, graph) -> new Selector(
                        graph,
                        "mill",
                        IndirectSelection.EMPTY,
                        unmatched -> {},
                        new ProjectState(layer, Optional.of(folder.resolve("state"))))
                .select(List.of(criteria), List.of()).stream().map(NodeId::name).toList());
    }

    @Test
    void nothing_is_modified_when_nothing_has_changed() {
        assertThat(select("state:modified")).isEmpty();
        assertThat(select("state:new")).isEmpty();
        assertThat(select("state:old")).containsExactlyInAnyOrder("mills", "first", "second", "broken", "raw.carts");
        assertThat(select("state:unmodified")).hasSize(5);
    }

    @Test
    void another_text_is_a_modified_body() {
        project.model("second", "{{ config(materialized='table') }} select n + 1 as n from {{ ref('first') }}")
                .file("seeds/mills.csv", "id,power\n1,water\n");
        assertThat(select("state:modified")).containsExactlyInAnyOrder("mills", "second");
        assertThat(select("state:modified.body")).containsExactlyInAnyOrder("mills", "second");
        assertThat(select("state:modified.configs")).isEmpty();
        assertThat(select("state:modified+")).containsExactlyInAnyOrder("mills", "first", "second");
    }

    @Test
    void a_new_node_is_new_and_modified() {
        project.model("third", "select 1 as n");
        assertThat(select("state:new")).containsExactly("third");
        assertThat(select("state:modified")).containsExactly("third");
    }

    @Test
    void a_changed_configuration_is_seen_and_so_is_another_place() {
        project.file(
                "models/all.yml",
                "sources: [{name: raw, tables: [{name: carts}]}]\nmodels: [{name: second, config: {materialized: view, alias: other}}]\n");
        assertThat(select("state:modified.configs")).isEmpty();
        assertThat(select("state:modified.relation")).containsExactly("second");
        project.settings("models: {+persist_docs: {relation: true}}\n");
        assertThat(select("state:modified.configs")).containsExactlyInAnyOrder("first", "second", "broken");
    }

    @Test
    void a_macro_that_a_macro_calls_modifies_those_who_use_it() {
        project.file(
                "macros/one.sql", "{% macro inner() %}2{% endmacro %}{% macro one() %}{{ inner() }}{% endmacro %}");
        assertThat(select("state:modified.macros")).containsExactly("first");
        assertThat(select("state:modified")).containsExactly("first");
    }

    @Test
    void a_source_that_moved_is_modified() {
        project.file("models/all.yml", "sources: [{name: raw, tables: [{name: carts, identifier: carts2}]}]\n");
        assertThat(select("state:modified")).containsExactly("raw.carts");
    }

    @Test
    void results_of_the_state_select() {
        assertThat(select("result:error")).containsExactly("broken");
        assertThat(select("result:success")).containsExactlyInAnyOrder("mills", "first", "second");
    }

    @Test
    void an_unknown_check_is_told() {
        assertThatThrownBy(() -> select("state:modfied")).hasMessageContaining("'state:modfied'");
    }

    @Test
    void what_is_not_built_is_read_from_the_state() {
        project.sql("create schema prod; create table prod.first as select 42 as n");
        String manifest = project.read("state/manifest.json")
                .replace(
                        "\"database\": \"mill\", \"schema\": \"main\", \"name\": \"first\"",
                        "\"database\": \"mill\", \"schema\": \"prod\", \"name\": \"first\"");
        project.file("state/manifest.json", manifest);

        assertThat(deferred(true)).isEqualTo("[42]");
        assertThat(deferred(false)).isEqualTo("[1]");
        project.sql("drop view main.first");
        assertThat(deferred(false)).isEqualTo("[42]");
    }

    private String deferred(boolean favorState) {
        project.with((loaded, layer, warehouses, graph) -> {
            List<NodeId> selected = graph.nodes().stream()
                    .map(node -> node.id())
                    .filter(id -> id.name().equals("second"))
                    .toList();
            ProjectState state = new ProjectState(layer, Optional.of(folder.resolve("state")));
            layer.readInputs(false, Optional.of(state.deferral(selected, favorState)));
            return TestProject.run(loaded, graph, node -> selected.contains(node.id()), List.of())
                    .succeeded();
        });
        return project.rows("select n from main.second").get(0);
    }

    @Test
    void empty_builds_relations_without_rows() {
        project.with((loaded, layer, warehouses, graph) -> {
            layer.readInputs(true, Optional.empty());
            return TestProject.run(loaded, graph, node -> !node.name().equals("broken"), List.of())
                    .succeeded();
        });
        assertThat(project.rows("select count(*) from main.second")).containsExactly("[0]");
        assertThat(project.rows("select count(*) from main.mills")).containsExactly("[1]");
    }
}
