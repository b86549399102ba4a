package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class SourceFreshnessTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder).sql("""
                create schema raw;
                create table raw.new as select now()::timestamp - interval 10 minute as seen, true as good;
                create table raw.mixed as select now() - interval 90 minute as seen, true as good
                    union all select now(), false;
                create table raw.old as select now() - interval 3 day as seen;
                create table raw.none (seen timestamp);
                create table raw.day as select current_date as seen;
                """).file("models/sources.yml", """
                sources:
                  - name: raw
                    config:
                      loaded_at_field: seen
                      freshness: {warn_after: {count: 1, period: hour}, error_after: {count: 1, period: day}}
                    tables:
                      - name: new
                      - {name: mixed, config: {freshness: {filter: good}}}
                      - name: old
                      - {name: old_but_fine, identifier: old, freshness: {warn_after: {count: 5}, error_after: null}}
                      - {name: asked, identifier: old, config: {loaded_at_query: "select max(seen) + interval 4290 minute from {{ this }}"}}
                      - {name: unlimited, freshness: null}
                      - name: none
                      - name: day
                      - name: gone
                """);
    }

    private TestProject.Outcome ask() {
        return project.with((loaded, layer, warehouses, graph) -> {
            SourceFreshness freshness = new SourceFreshness(layer);
            return TestProject.run(
                    loaded,
                    freshness.graph(graph),
                    node -> node.kind() == NodeKind.SOURCE,
                    List.of(freshness.writer()));
        });
    }

    @Test
    void sources_are_judged_by_their_limits() {
        TestProject.Outcome outcome = ask();

        assertThat(outcome.status("source.mill.raw.new")).isEqualTo(Status.PASS);
        assertThat(outcome.status("source.mill.raw.mixed")).isEqualTo(Status.WARN);
        assertThat(outcome.status("source.mill.raw.old")).isEqualTo(Status.FAIL);
        assertThat(outcome.status("source.mill.raw.none")).isEqualTo(Status.FAIL);
        assertThat(outcome.result().exitCode()).isEqualTo(1);
    }

    @Test
    void a_tables_limits_win_key_by_key_over_its_sources() {
        assertThat(ask().status("source.mill.raw.old_but_fine")).isEqualTo(Status.WARN);
    }

    @Test
    void a_query_may_say_when_a_table_was_loaded() {
        assertThat(ask().node("source.mill.raw.asked").message()).contains("minutes ago");
    }

    @Test
    void a_source_without_limits_is_not_asked() {
        assertThat(ask().result().nodes())
                .noneMatch(result -> result.node().name().equals("unlimited"));
    }

    @Test
    void sources_json_follows_dbts_schema() {
        ask();

        JsonNode sources = DbtSchemas.read(project, "sources.json", "sources-v3.json");

        List<String> told = new java.util.ArrayList<>();
        sources.get("results")
                .forEach(result -> told.add(result.get("unique_id").asString().substring("source.mill.raw.".length())
                        + " " + result.get("status").asString()));
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "new pass",
                        "mixed warn",
                        "old error",
                        "old_but_fine warn",
                        "asked pass",
                        "none error",
                        "day runtime error",
                        "gone runtime error");
    }

    @Test
    void a_build_asks_no_source() {
        project.model("newest", "select * from {{ source('raw', 'old') }}");
        assertThat(project.build().succeeded().result().nodes()).hasSize(1);
    }

    @Test
    void an_unknown_period_is_told_where_it_stands() {
        project.file(
                "models/sources.yml",
                "sources:\n  - name: raw\n    freshness: {warn_after: {count: 1, period: hours}}\n    tables: [{name: new}]\n");
        assertThatThrownBy(project::graph)
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.position().orElseThrow().toString()).startsWith("models/sources.yml:3"))
                .hasMessageContaining("'hours'");
    }
}
