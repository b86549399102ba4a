package dev.millrace.cli.console;

import static dev.millrace.cli.console.Nodes.NOON;
import static dev.millrace.cli.console.Nodes.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import java.time.ZoneOffset;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NodeLineTest {
    private static final NodeResult ORDERS = result(
            NodeKind.MODEL, "fct_orders", Status.SUCCESS, "table", OptionalLong.of(1_204), OptionalLong.empty(), null);

    @Test
    void a_finished_node_fills_the_width_of_the_terminal() {
        String text = line(80, true, ORDERS);

        assertThat(text).isEqualTo("12:00:00   3 of 12  OK     model fct_orders ................. 1,204 rows   0.42s");
        assertThat(Columns.width(text)).isEqualTo(80);
    }

    @Test
    void a_test_shows_its_failures() {
        NodeResult test =
                result(NodeKind.TEST, "unique_id", Status.FAIL, "", OptionalLong.empty(), OptionalLong.of(3), null);

        assertThat(line(80, true, test)).contains("FAIL   test  unique_id ..").endsWith("3 failures   0.42s");
    }

    @Test
    void a_long_name_is_cut_on_a_terminal_and_whole_in_a_pipe() {
        String name = "accepted_values_fct_orders_status__open__paid__returned__cancelled__shipped__lost";
        NodeResult test = result(NodeKind.TEST, name, Status.PASS, "");

        assertThat(Columns.width(line(80, true, test))).isLessThanOrEqualTo(80);
        assertThat(line(80, true, test)).contains("accepted_values_fct_orders").contains("…");
        assertThat(line(80, false, test)).contains(name);
    }

    @Test
    void a_skipped_node_has_neither_rows_nor_time() {
        NodeResult skipped = result(NodeKind.MODEL, "fct_orders", Status.SKIPPED, "stg_orders did not succeed");

        assertThat(line(80, true, skipped)).isEqualTo("12:00:00   3 of 12  SKIP   model fct_orders");
    }

    private static String line(int width, boolean cut, NodeResult result) {
        return new NodeLine(Style.PLAIN, ZoneOffset.UTC, width, cut).finished(NOON, result, 3, 12);
    }

    @Test
    void a_load_says_how_it_read_where_there_is_room() {
        NodeResult load = result(
                NodeKind.CONNECTION,
                "shop.orders",
                Status.SUCCESS,
                "1,204 rows, incremental from 2024-05-01",
                OptionalLong.of(1_204),
                OptionalLong.empty(),
                null);

        assertThat(line(120, true, load)).endsWith(". 1,204 rows, incremental from 2024-05-01   0.42s");
        assertThat(line(80, true, load)).endsWith(". 1,204 rows   0.42s");
        assertThat(Columns.width(line(80, true, load))).isEqualTo(80);
        assertThat(line(80, false, load)).endsWith(". 1,204 rows, incremental from 2024-05-01   0.42s");
    }
}
