package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelVersionsTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder)
                .model("mills_v1", "select 1 as mill_id, 'wind' as power")
                .model("mills", "select 2 as mill_id, 'wind' as power, 5 as watts")
                .model("mills_next", "select 3 as mill_id")
                .file("models/mills.yml", """
                        models:
                          - name: mills
                            latest_version: 2
                            config: {materialized: table}
                            columns:
                              - {name: mill_id, data_tests: [unique]}
                              - {name: power}
                            versions:
                              - v: 1
                                deprecation_date: 2020-01-01
                                config: {alias: mills_old}
                              - v: 2
                                columns:
                                  - {include: all, exclude: [power]}
                                  - {name: watts, data_tests: [not_null]}
                              - v: 3
                                defined_in: mills_next
                                config: {materialized: view}
                                columns: [{include: [power]}]
                        """);
    }

    @Test
    void each_version_is_a_model_of_its_own_and_ref_means_the_latest() {
        project.model(
                "all_of_them",
                "select 'latest' as v, mill_id from {{ ref('mills') }} union all select 'one', mill_id from"
                        + " {{ ref('mills', v=1) }} union all select 'three', mill_id from {{ ref('mills', version='3') }}");
        TestProject.Outcome outcome = project.build().succeeded();
        assertThat(project.rows("select * from all_of_them order by 1"))
                .containsExactly("[latest, 2]", "[one, 1]", "[three, 3]");
        assertThat(project.rows("select table_name, table_type from information_schema.tables"
                        + " where table_name like 'mills%' order by 1"))
                .containsExactly("[mills_old, BASE TABLE]", "[mills_v2, BASE TABLE]", "[mills_v3, VIEW]");
        assertThat(outcome.graph().nodes().stream()
                        .filter(node -> node.kind() == NodeKind.TEST)
                        .map(Node::name))
                .containsExactlyInAnyOrder(
                        "unique_mills_v1_mill_id", "unique_mills_v2_mill_id", "not_null_mills_v2_watts");
    }

    @Test
    void versions_can_be_told_apart_by_their_stage() {
        Map<String, Object> stages = project.graph().nodes().stream()
                .filter(node -> node.kind() == NodeKind.MODEL)
                .collect(Collectors.toMap(
                        node -> node.id().toString(), node -> node.attributes().get("version")));
        assertThat(stages)
                .containsOnly(
                        Map.entry("model.mill.mills.v1", "old"),
                        Map.entry("model.mill.mills.v2", "latest"),
                        Map.entry("model.mill.mills.v3", "prerelease"));
        assertThat(project.graph().nodes().stream()
                        .filter(node -> node.id().equals(new NodeId(NodeKind.MODEL, "mill", "mills.v1")))
                        .flatMap(node -> node.fqn().stream()))
                .containsExactly("mill", "mills", "v1");
    }

    @Test
    void a_version_that_is_not_there_is_an_error_at_the_ref() {
        project.model("reader", "select *\nfrom {{ ref('mills', v=4) }}");
        assertThatThrownBy(project::graph).isInstanceOfSatisfying(MillraceException.class, problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.REF_NOT_FOUND);
            assertThat(problem.hint())
                    .hasValueSatisfying(hint -> assertThat(hint).contains("1, 2, 3"));
            assertThat(problem.position().orElseThrow().line()).isEqualTo(2);
        });
    }

    @Test
    void who_reads_a_deprecated_version_is_warned() {
        project.model("reader", "select * from {{ ref('mills', v=1) }}");
        List<String> warnings = project.with((loaded, layer, warehouses, graph) ->
                layer.warnings().stream().map(MillraceException::text).toList());
        assertThat(warnings)
                .anyMatch(text -> text.contains("model.mill.reader refers to model.mill.mills.v1"))
                .anyMatch(text -> text.contains("model.mill.mills.v1 is deprecated since 2020-01-01"));
    }

    @Test
    void a_unit_test_is_of_all_versions_or_of_some() {
        project.file("models/units.yml", """
                unit_tests:
                  - {name: any, model: mills, given: [], versions: {exclude: [3]}, expect: {rows: [{power: wind}]}}
                  - {name: one, model: mills, given: [], versions: {include: [1]}, expect: {rows: [{mill_id: 1}]}}
                """);
        TestProject.Outcome outcome = project.build().succeeded();
        assertThat(outcome.graph().nodes().stream()
                        .filter(node -> node.kind() == NodeKind.UNIT_TEST)
                        .map(node -> node.id().name()))
                .containsExactlyInAnyOrder("mills.any_v1", "mills.any_v2", "mills.one_v1");
    }
}
