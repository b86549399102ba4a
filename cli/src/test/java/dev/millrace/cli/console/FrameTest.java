package dev.millrace.cli.console;

import static dev.millrace.cli.console.Nodes.NOON;
import static dev.millrace.cli.console.Nodes.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.graph.NodeKind;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
    private static final Instant LATER = NOON.plusMillis(2_000);
    private static final Frame.Totals TOTALS = new Frame.Totals(NOON, 4, 0, 12, false);
    private static final Running LOAD = Running.from(node(NodeKind.CONNECTION, "pg_to_duck.orders"), NOON)
            .progressed(500_000, OptionalLong.of(1_000_000));

    @Test
    void a_node_with_a_known_total_has_rows_rate_bar_and_percentage() {
        List<String> lines = new Frame(Style.PLAIN, 100, 40).lines(List.of(LOAD), TOTALS, LATER, 0);

        assertThat(lines)
                .containsExactly(
                        "⠋ connection pg_to_duck.orders                 500,000 rows  250k/s  ━━━━━━━━────────  50%    2.00s",
                        "━━━━━━━━────────────────  4 of 12 · 2.00s");
    }

    @Test
    void without_unicode_it_is_drawn_in_ascii() {
        List<String> lines = new Frame(new Style(false, false), 100, 40).lines(List.of(LOAD), TOTALS, LATER, 1);

        assertThat(lines.get(0)).startsWith("/ connection").contains("[#######       ]");
        assertThat(String.join("", lines).chars()).allMatch(c -> c < 128);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 40, 60, 79, 80, 81, 99, 100, 120, 200})
    void no_line_is_as_wide_as_the_terminal(int width) {
        Running wide = Running.from(node(NodeKind.MODEL, "顧客_übersicht_über_alles_und_jeden"), NOON)
                .progressed(123_456_789, OptionalLong.of(200_000_000));

        List<String> lines = new Frame(Style.PLAIN, width, 40).lines(List.of(LOAD, wide), TOTALS, LATER, 0);

        assertThat(lines).allSatisfy(line -> assertThat(Columns.width(line)).isLessThan(width));
    }

    @Test
    void more_nodes_than_half_the_screen_are_counted_instead() {
        List<Running> many = IntStream.range(0, 30)
                .mapToObj(i -> Running.from(node(NodeKind.MODEL, "model_" + i), NOON))
                .toList();

        List<String> lines = new Frame(Style.PLAIN, 80, 20).lines(many, TOTALS, LATER, 0);

        assertThat(lines).hasSize(9).anyMatch(line -> line.contains("… and 23 more"));
    }

    @Test
    void a_cancelled_run_says_how_to_stop_at_once() {
        Frame.Totals cancelling = new Frame.Totals(NOON, 4, 1, 12, true);

        List<String> lines = new Frame(Style.PLAIN, 100, 40).lines(List.of(LOAD), cancelling, LATER, 0);

        assertThat(lines.get(1)).contains("1 failed").contains("cancelling 1, Ctrl-C again to stop at once");
    }
}
