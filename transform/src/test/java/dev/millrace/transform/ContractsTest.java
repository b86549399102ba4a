package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Status;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContractsTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder)
                .model("mills", "{{ config(materialized='table') }} select 1 as mill_id, 'wind' as power");
    }

    private void mills(String columns) {
        project.file(
                "models/mills.yml",
                "models:\n  - name: mills\n    config: {contract: {enforced: true}}\n" + columns.indent(4));
    }

    @Test
    void a_table_that_keeps_its_contract_is_built_with_its_constraints() {
        mills("""
                constraints:
                  - {type: unique, columns: [power], name: one_of_each}
                columns:
                  - {name: mill_id, data_type: int, constraints: [{type: primary_key}, {type: check, expression: mill_id > 0}]}
                  - {name: power, data_type: varchar, quote: true, constraints: [{type: not_null}]}
                """);
        project.model(
                        "sacks",
                        "{{ config(materialized='incremental', unique_key='id', on_schema_change='append_new_columns') }}"
                                + " select 7 as id, 1 as mill")
                .file("models/sacks.yml", """
                        models:
                          - name: sacks
                            config: {contract: {enforced: true}}
                            columns:
                              - {name: id, data_type: integer}
                              - name: mill
                                data_type: integer
                                constraints: [{type: foreign_key, to: ref('mills'), to_columns: [mill_id]}]
                        """);
        TestProject.Outcome outcome = project.build().succeeded();
        assertThat(project.rows("select constraint_type from duckdb_constraints() where schema_name = 'main'"
                        + " order by table_name, constraint_type"))
                .containsExactly("[CHECK]", "[NOT NULL]", "[NOT NULL]", "[PRIMARY KEY]", "[UNIQUE]", "[FOREIGN KEY]");
        assertThat(project.rows("select * from mills")).containsExactly("[1, wind]");
        assertThat(outcome.result().nodes().stream()
                        .map(node -> node.node().id().name()))
                .containsExactly("mills", "sacks");
    }

    @Test
    void columns_that_differ_are_shown_and_what_was_there_stays() {
        project.build().succeeded();
        mills("""
                columns:
                  - {name: mill_id, data_type: varchar}
                  - {name: built, data_type: date}
                """);
        TestProject.Outcome outcome = project.build();
        assertThat(outcome.status("model.mill.mills")).isEqualTo(Status.ERROR);
        MillraceException failure =
                Objects.requireNonNull(outcome.node("model.mill.mills").failure());
        assertThat(failure.code()).isEqualTo(ErrorCode.CONTRACT_BROKEN);
        assertThat(failure.text()).contains("""
                | column  | model gives | contract says | difference            |
                | ------- | ----------- | ------------- | --------------------- |
                | mill_id | INTEGER     | VARCHAR       | data type mismatch    |
                | power   | VARCHAR     |               | missing in contract   |
                | built   |             | DATE          | missing in definition |""");
        assertThat(project.rows("select * from mills")).containsExactly("[1, wind]");
    }

    @Test
    void a_row_that_breaks_a_constraint_leaves_the_table_as_it_was() {
        mills(
                "columns: [{name: mill_id, data_type: int, constraints: [{type: not_null}]}, {name: power, data_type: text}]");
        project.build().succeeded();
        project.model("mills", "{{ config(materialized='table') }} select nullif(2, 2) as mill_id, 'steam' as power");
        TestProject.Outcome outcome = project.build();
        assertThat(outcome.status("model.mill.mills")).isEqualTo(Status.ERROR);
        assertThat(outcome.node("model.mill.mills").message()).containsIgnoringCase("not null");
        assertThat(project.rows("select * from mills")).containsExactly("[1, wind]");
    }

    @Test
    void a_view_is_held_to_its_contract_too() {
        project.model("mills", "select 1 as mill_id, 2 as power");
        mills("columns: [{name: mill_id, data_type: int}, {name: power, data_type: text}]");
        assertThat(project.build().node("model.mill.mills").message()).contains("data type mismatch");
    }

    @Test
    void a_column_without_a_type_is_found_before_anything_runs() {
        mills("columns: [{name: mill_id, data_type: int}, {name: power}]");
        assertThatThrownBy(project::graph).isInstanceOfSatisfying(MillraceException.class, problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.CONFIG_MISSING);
            assertThat(problem.text()).contains("'power'");
            assertThat(problem.position().orElseThrow().toString()).startsWith("models/mills.yml:2:");
        });
    }

    @Test
    void an_incremental_model_with_a_contract_says_what_happens_to_new_columns() {
        TestProject stock = new TestProject(folder.resolve("stock"))
                .model("stock", "{{ config(materialized='incremental') }} select 1 as id")
                .file(
                        "models/all.yml",
                        "models: [{name: stock, config: {contract: {enforced: true}}, columns: [{name: id, data_type: int}]}]");
        assertThatThrownBy(stock::graph)
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("on_schema_change ignore");
    }
}
