package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.graph.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigurationTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder);
    }

    private Node node(String name) {
        return project.graph().nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_file_wins_over_yaml_and_yaml_over_the_project() {
        project.settings("models:\n  mill:\n    +materialized: table\n    +alias: from_project\n    +group: g\n")
                .file(
                        "models/m.yml",
                        "{groups: [{name: g, owner: {name: Ann}}],"
                                + " models: [{name: grain, config: {alias: from_yaml, materialized: incremental}}]}")
                .model("grain", "{{ config(materialized='ephemeral') }} select 1 as n");
        assertThat(node("grain").config())
                .containsEntry("materialized", "ephemeral")
                .containsEntry("alias", "from_yaml")
                .containsEntry("group", "g");
    }

    @Test
    void deeper_folders_win() {
        project.settings("models:\n  +materialized: table\n  mill:\n    north:\n      materialized: view\n")
                .model("a", "select 1 as n")
                .model("north/b", "select 1 as n");
        assertThat(node("a").config()).containsEntry("materialized", "table");
        assertThat(node("b").config()).containsEntry("materialized", "view");
        assertThat(node("b").fqn()).containsExactly("mill", "north", "b");
    }

    @Test
    void tags_add_up_and_meta_merges() {
        project.settings("models:\n  +tags: daily\n  +meta: {owner: ann, kept: yes}\n")
                .file("models/m.yml", "models: [{name: grain, config: {tags: [yaml], meta: {owner: bob}}}]")
                .model("grain", "{{ config(tags=['file', 'daily']) }} select 1 as n");
        assertThat(node("grain").tags()).containsExactly("daily", "file", "yaml");
        assertThat(node("grain").config().get("meta")).isEqualTo(Map.of("owner", "bob", "kept", true));
    }

    @Test
    void hooks_add_up_in_order() {
        project.settings(
                        "models:\n  +pre-hook: create table if not exists log (word varchar)\n  +post-hook: \"insert into log values ('project')\"\n")
                .model(
                        "grain",
                        "{{ config(post_hook=[\"insert into log values ('{{ this.name }}')\"]) }} select 1 as n")
                .build()
                .succeeded();
        assertThat(project.rows("from log")).containsExactly("[project]", "[grain]");
    }

    @Test
    void a_failed_post_hook_undoes_the_model() {
        project.model("grain", "{{ config(materialized='table', post_hook='select error(\\'no\\')') }} select 1 as n");
        project.build();
        assertThat(project.kind("main", "grain")).isEqualTo("nothing");
    }

    @Test
    void a_hook_after_commit_does_not_undo_the_model() {
        project.model(
                "grain",
                "{{ config(materialized='table', post_hook=after_commit('select error(\\'no\\')')) }} select 1 as n");
        project.build();
        assertThat(project.kind("main", "grain")).isEqualTo("TABLE");
    }

    @Test
    void vars_come_from_the_project_and_the_command_line() {
        project.settings("vars: {kg: 3, mill: {kind: rye}}\n")
                .model(
                        "grain",
                        "select {{ var('kg') }} as kg, '{{ var(\"kind\") }}' as kind, {{ var('other', 9) }} as other")
                .build()
                .succeeded();
        assertThat(project.rows("from grain")).containsExactly("[3, rye, 9]");
        project.vars(Map.of("kg", 4L)).build().succeeded();
        assertThat(project.rows("from grain")).containsExactly("[4, rye, 9]");
    }

    @Test
    void hooks_of_the_project_run_before_and_after_everything() {
        project.settings(
                        "on-run-start: create table if not exists log (word varchar)\non-run-end:\n  - \"insert into log values ('{{ target.name }}')\"\n")
                .model("grain", "select * from log")
                .build()
                .succeeded();
        assertThat(project.rows("from log")).containsExactly("[dev]");
    }

    @Test
    void hooks_at_the_end_know_how_everything_ended() {
        project.settings("""
                        on-run-end: >-
                          create table log as select * from (values
                          {% for r in results %}
                          ('{{ r.node.name }}', '{{ r.status }}', {{ r.to_dict().failures or 0 }}, '{{ r.node.config.materialized }}',
                           {{ r.execution_time >= 0 }}, {{ r.timing | length }}){{ ',' if not loop.last }}
                          {% endfor %}) t
                        """)
                .model("grain", "select 1 as n")
                .model("below", "select * from {{ ref('grain') }}")
                .file("tests/none.sql", "select * from {{ ref('grain') }}")
                .build();
        assertThat(project.rows("from log"))
                .containsExactlyInAnyOrder(
                        "[grain, success, 0, view, true, 2]",
                        "[none, fail, 1, test, true, 2]",
                        "[below, skipped, 0, view, true, 0]");
    }

    @Test
    void exposures_and_sources_are_nodes() {
        project.file("models/m.yml", """
                        sources:
                          - {name: raw, schema: lake, tags: [a], tables: [{name: sacks, identifier: sacks_v1}]}
                        exposures:
                          - {name: board, type: dashboard, owner: {name: Ann}, depends_on: [ref('grain')]}
                        """)
                .model("grain", "select * from {{ source('raw', 'sacks') }}")
                .sql("create schema lake; create table lake.sacks_v1 as select 1 as n")
                .build()
                .succeeded();
        assertThat(project.rows("from grain")).containsExactly("[1]");
        assertThat(project.graph().nodes().stream()
                        .map(node -> node.id().toString())
                        .toList())
                .isEqualTo(List.of("source.mill.raw.sacks", "model.mill.grain", "exposure.mill.board"));
    }

    @Test
    void descriptions_hooks_and_filters_of_metrics_are_not_rendered_when_files_are_read() {
        project.model("grain", "select 1 as n").file("models/all.yml", """
                        models:
                          - name: grain
                            config: {post_hook: "create view {{ this.schema }}.seen as select * from {{ this }}"}
                            metrics:
                              - {name: big, filter: "{{ Dimension('grain__n') }} > 1"}
                        metrics:
                          - {name: small, type: simple, label: Small, filter: ["{{ Dimension('grain__n') }} < 1"]}
                        saved_queries:
                          - {name: all_of_it, query_params: {metrics: [small], where: ["{{ Dimension('grain__n') }} = 1"]}}
                        """);

        project.build().succeeded();

        assertThat(project.rows("select n from seen")).containsExactly("[1]");
    }

    @Test
    void an_exposure_may_name_metrics() {
        TestProject weekly = new TestProject(folder.resolve("weekly"))
                .model("sacks", "select 1 as id")
                .file(
                        "models/all.yml",
                        "exposures: [{name: weekly, type: dashboard, owner: {name: mill}, "
                                + "depends_on: [\"ref('sacks')\", \"metric('sacks_sold')\"]}]");
        assertThat(weekly.graph().nodes())
                .extracting(node -> node.id().toString())
                .contains("exposure.mill.weekly");
    }
}
