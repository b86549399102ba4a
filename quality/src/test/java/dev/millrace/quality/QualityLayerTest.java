package dev.millrace.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.ProblemsException;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.Status;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QualityLayerTest {
    @TempDir
    Path folder;

    private QualityProject project;

    @BeforeEach
    void create() {
        project = new QualityProject(folder)
                .model(
                        "orders",
                        "select * from (values (1, 10.5, 'paid'), (2, -3.0, 'lost'), (null, 7, null)) t(order_id, amount, status)")
                .model("report", "select count(*) as n from orders");
    }

    @AfterEach
    void close() {
        project.close();
    }

    private QualityProject suite(String expectations) {
        return project.file("expectations/orders_suite.json", """
                {
                \t"expectation_suite_name": "orders_suite",
                \t"data_asset_type": null,
                \t"ge_cloud_id": null,
                \t"meta": {"great_expectations_version": "0.18.22"},
                \t"expectations": [%s]
                }
                """.formatted(expectations));
    }

    private MillraceException problem() {
        MillraceException thrown = catchThrowableOfType(MillraceException.class, project::graph);
        assertThat(thrown).isNotNull();
        return thrown instanceof ProblemsException several ? several.problems().get(0) : thrown;
    }

    @Test
    void a_suite_as_gx_saves_it_becomes_nodes_that_read_its_model() {
        suite("""
                {"expectation_type": "expect_column_values_to_not_be_null", "kwargs": {"column": "order_id"}, "meta": {}},
                {"expectation_type": "expect_column_values_to_be_between", "kwargs": {"column": "amount", "min_value": 0}, "meta": {}}
                """);
        List<Node> nodes = project.graph().nodes().stream()
                .filter(node -> node.kind().key().equals("expectation"))
                .toList();
        assertThat(nodes)
                .extracting(node -> node.id().toString())
                .containsExactlyInAnyOrder(
                        "expectation.mill.orders_suite.values_to_not_be_null_order_id",
                        "expectation.mill.orders_suite.values_to_be_between_amount");
        assertThat(nodes).allSatisfy(node -> {
            assertThat(node.inputs()).hasToString("[model.mill.orders]");
            assertThat(node.gate()).isTrue();
            assertThat(node.fqn()).startsWith("mill", "orders_suite");
        });
    }

    @Test
    void what_is_not_met_fails_and_holds_back_what_is_downstream() {
        suite(
                "{\"type\": \"expect_column_values_to_be_between\", \"kwargs\": {\"column\": \"amount\", \"min_value\": 0}}");
        QualityProject.Outcome outcome = project.build();
        assertThat(outcome.node("expectation.mill.orders_suite.values_to_be_between_amount")
                        .status())
                .isEqualTo(Status.FAIL);
        assertThat(outcome.node("expectation.mill.orders_suite.values_to_be_between_amount")
                        .message())
                .isEqualTo("1 of 3 rows unexpected (33.33 %), such as -3.0; expected: amount is at least 0");
        assertThat(outcome.node("model.mill.report").status()).isEqualTo(Status.SKIPPED);
    }

    @Test
    void a_warning_holds_back_nothing_even_when_it_cannot_be_asked() {
        suite("""
                {"type": "expect_column_values_to_be_between", "kwargs": {"column": "amount", "min_value": 0}, "severity": "warning"},
                {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "nothing"}, "severity": "info"}
                """);
        QualityProject.Outcome outcome = project.build();
        assertThat(outcome.node("expectation.mill.orders_suite.values_to_be_between_amount")
                        .status())
                .isEqualTo(Status.WARN);
        assertThat(outcome.node("expectation.mill.orders_suite.values_to_be_unique_nothing")
                        .status())
                .isEqualTo(Status.WARN);
        assertThat(outcome.node("model.mill.report").status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void a_column_that_is_not_there_fails_its_own_expectation_alone() {
        suite("""
                {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "amounts"}},
                {"type": "expect_column_values_to_be_unique", "kwargs": {"column": "amount"}}
                """);
        QualityProject.Outcome outcome = project.build();
        MillraceException failure = outcome.node("expectation.mill.orders_suite.values_to_be_unique_amounts")
                .error()
                .orElseThrow();
        assertThat(failure).hasMessage("there is no column 'amounts' in main.orders");
        assertThat(failure.hint()).hasValue("Did you mean 'amount'?");
        assertThat(failure.position().orElseThrow().toString()).startsWith("expectations/orders_suite.json:6:");
        assertThat(outcome.node("expectation.mill.orders_suite.values_to_be_unique_amount")
                        .status())
                .isEqualTo(Status.PASS);
    }

    @Test
    void expectations_of_a_relation_are_one_statement() {
        suite("""
                {"type": "unexpected_rows_expectation", "kwargs": {"unexpected_rows_query": "select unnest(range(cast(txid_current() as bigint))) as i from {batch}"}},
                {"type": "unexpected_rows_expectation", "kwargs": {"unexpected_rows_query": "select unnest(range(cast(txid_current() as bigint))) as j from {batch}"}}
                """);
        QualityProject.Outcome outcome = project.build();
        List<Object> observed = outcome.result().nodes().stream()
                .filter(node -> node.node().kind().key().equals("expectation"))
                .map(node -> (Object) node.message().replaceFirst(";.*", ""))
                .toList();
        assertThat(observed).hasSize(2);
        assertThat(observed.get(0).toString()).startsWith("found ").isEqualTo(observed.get(1));
    }

    @Test
    void an_unknown_expectation_is_an_error_at_its_place() {
        suite("{\"expectation_type\": \"expect_column_values_to_be_uniqe\", \"kwargs\": {\"column\": \"amount\"}}");
        MillraceException problem = problem();
        assertThat(problem.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
        assertThat(problem).hasMessage("there is no expectation 'expect_column_values_to_be_uniqe'");
        assertThat(problem.hint()).hasValue("Did you mean 'expect_column_values_to_be_unique'?");
        assertThat(problem.position()).hasToString("Optional[expectations/orders_suite.json:6:40]");
    }

    @Test
    void an_unknown_argument_is_an_error_at_its_place() {
        suite("{\"type\": \"expect_column_values_to_be_between\", \"kwargs\": {\"column\": \"amount\", \"min\": 0}}");
        assertThat(problem()).hasMessage("unknown key 'min'");
        assertThat(problem().position().orElseThrow().line()).isEqualTo(6);
    }

    @Test
    void a_schema_that_is_none_is_an_error_at_its_place() {
        suite("{\"type\": \"expect_column_values_to_match_json_schema\","
                + " \"kwargs\": {\"column\": \"amount\", \"json_schema\": {\"type\": \"objekt\"}}}");
        assertThat(problem()).hasMessageStartingWith("'json_schema' is no JSON schema");
        assertThat(problem().position().orElseThrow().line()).isEqualTo(6);
    }

    @Test
    void weights_that_do_not_add_up_are_an_error_at_their_place() {
        suite("{\"type\": \"expect_column_kl_divergence_to_be_less_than\", \"kwargs\": {\"column\": \"amount\","
                + " \"threshold\": 1, \"partition_object\": {\"values\": [1, 2], \"weights\": [0.5, 0.6]}}}");
        assertThat(problem()).hasMessage("'weights' must add up to 1, but add up to 1.1");
        assertThat(problem().position().orElseThrow().line()).isEqualTo(6);
    }

    @Test
    void text_that_is_no_json_is_an_error_at_its_place() {
        suite("{\"type\": \"expect_column_to_exist\", \"kwargs\": {\"column\": \"amount\" \"x\"}}");
        assertThat(problem().code()).isEqualTo(ErrorCode.CONFIG_INVALID);
        assertThat(problem()).hasMessageStartingWith("not valid JSON");
        assertThat(problem().position().orElseThrow().line()).isEqualTo(6);
    }

    @Test
    void a_suite_of_no_known_relation_is_an_error_with_the_nearest_name() {
        project.file("expectations/ordrs_suite.json", "{\"name\": \"ordrs\", \"expectations\": []}");
        assertThat(problem().code()).isEqualTo(ErrorCode.REF_NOT_FOUND);
        assertThat(problem().hint().orElseThrow()).startsWith("Did you mean 'orders'?");
        assertThat(problem().position()).hasToString("Optional[expectations/ordrs_suite.json:1:10]");
    }

    @Test
    void a_suite_may_be_yaml_and_name_its_relation() {
        project.file("expectations/money.yml", """
                name: money
                millrace: {relation: ref('orders'), severity: warning}
                suite_parameters: {least: -5}
                expectations:
                  - expect_column_min_to_be_between: {column: amount, min_value: {$PARAMETER: least}}
                  - type: expect_column_values_to_be_in_set
                    kwargs: {column: status, value_set: [paid], row_condition: 'col("amount") > 0', condition_parser: great_expectations}
                  - type: expect_table_row_count_to_equal_other_table
                    kwargs: {other_table_name: report}
                """);
        QualityProject.Outcome outcome = project.build();
        assertThat(outcome.node("expectation.mill.money.min_to_be_between_amount")
                        .status())
                .isEqualTo(Status.PASS);
        assertThat(outcome.node("expectation.mill.money.values_to_be_in_set_status")
                        .status())
                .isEqualTo(Status.PASS);
        assertThat(outcome.node("expectation.mill.money.table_row_count_to_equal_other_table")
                        .status())
                .isEqualTo(Status.WARN);
    }

    @Test
    void results_are_kept_over_time_and_drawn() {
        suite("""
                {"type": "expect_column_values_to_not_be_null", "kwargs": {"column": "order_id"}, "severity": "warning"},
                {"type": "expect_column_values_to_be_in_set", "kwargs": {"column": "status", "value_set": ["paid", "<b>"]}, "severity": "warning"},
                {"type": "expect_column_to_exist", "kwargs": {"column": "amount"}}
                """);
        project.build();
        project.build();
        assertThat(project.rows("select expectation, status, element_count, unexpected_count, count(*),"
                        + " count(distinct run_id) from _millrace.check_results group by all order by 1"))
                .containsExactly(
                        "[expect_column_to_exist, pass, null, null, 2, 2]",
                        "[expect_column_values_to_be_in_set, warn, 3, 1, 2, 2]",
                        "[expect_column_values_to_not_be_null, warn, 3, 1, 2, 2]");
        assertThat(project.read("target/quality/index.html"))
                .contains("1 of 3</b> checks met", "status is one of paid, &lt;b&gt;", "<code>lost</code>")
                .doesNotContain("<b>\"");
        assertThat(project.read("target/quality/results.json"))
                .contains("\"successful_expectations\" : 1", "\"unexpected_percent\" : 33.33333333333333");
    }

    @Test
    void the_same_rows_meet_expectations_of_every_family() {
        suite("""
                {"type": "expect_column_values_to_match_regex", "kwargs": {"column": "status", "regex": "^[a-z]+$"}},
                {"type": "expect_compound_columns_to_be_unique", "kwargs": {"column_list": ["order_id", "amount"]}},
                {"type": "expect_column_distinct_values_to_equal_set", "kwargs": {"column": "status", "value_set": ["paid", "lost"]}},
                {"type": "expect_column_values_to_be_of_type", "kwargs": {"column": "status", "type_": "TEXT"}},
                {"type": "expect_table_column_count_to_equal", "kwargs": {"value": 3}},
                {"type": "expect_column_quantile_values_to_be_between", "kwargs": {"column": "amount", "quantile_ranges": {"quantiles": [0.5], "value_ranges": [[6, 8]]}}}
                """);
        assertThat(project.build().result().ok()).isTrue();
    }
}
