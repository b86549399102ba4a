package dev.millrace.cli.console;

import static dev.millrace.cli.console.Nodes.NOON;
import static dev.millrace.cli.console.Nodes.node;
import static dev.millrace.cli.console.Nodes.result;
import static dev.millrace.cli.console.Nodes.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.error.ErrorText;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunEvent;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class NarratorTest {
    private final NodeResult broken = result(
            NodeKind.MODEL,
            "revenue",
            Status.ERROR,
            "no column amuont",
            OptionalLong.empty(),
            OptionalLong.empty(),
            new MillraceException(
                    ErrorCode.SQL_FAILED,
                    "no column amuont",
                    new Position("models/revenue.sql", 2, 8),
                    "Did you mean 'amount'?",
                    null));

    @Test
    void a_failed_node_tells_its_error_at_once() {
        List<String> lines = narrator(LogLevel.INFO, false).lines(new RunEvent.NodeFinished(NOON, broken, 1, 2));

        assertThat(lines.get(0)).contains("1 of 2  ERROR  model revenue ..");
        assertThat(lines.subList(1, lines.size()))
                .containsExactly(
                        "  error[SQL_FAILED]: no column amuont",
                        "    --> models/revenue.sql:2:8",
                        "     |",
                        "   2 | select amuont",
                        "     |        ^^^^^^",
                        "    help: Did you mean 'amount'?");
    }

    @Test
    void only_debug_shows_a_stack_trace() {
        RunEvent failed = new RunEvent.NodeFinished(NOON, broken, 1, 2);

        assertThat(narrator(LogLevel.INFO, false).lines(failed)).noneMatch(line -> line.contains("\tat "));
        assertThat(narrator(LogLevel.DEBUG, true).lines(failed)).anyMatch(line -> line.contains("\tat "));
    }

    @Test
    void the_summary_says_what_failed_where_what_was_skipped_and_what_to_run_next() {
        NodeResult good = result(NodeKind.SEED, "countries", Status.SUCCESS, "seed");
        NodeResult skipped = result(NodeKind.MODEL, "report", Status.SKIPPED, "model.shop.revenue did not succeed");

        List<String> lines =
                narrator(LogLevel.INFO, false).lines(new RunEvent.RunFinished(NOON, run(good, broken, skipped)));

        assertThat(lines)
                .containsExactly(
                        "",
                        "Failed",
                        "  ERROR model revenue",
                        "        models/revenue.sql:2:8: no column amuont",
                        "",
                        "Skipped",
                        "  1 node: model.shop.revenue did not succeed",
                        "",
                        "Failed in 1.50s: 1 ok, 1 error, 1 skipped, 3 in all.",
                        "Next: millrace build --select revenue+");
    }

    @Test
    void what_a_cancelled_run_had_not_begun_is_only_counted() {
        NodeResult waiting = new NodeResult(
                node(NodeKind.MODEL, "report"),
                Status.SKIPPED,
                "cancelled",
                NOON,
                NOON,
                "",
                0,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Map.of(),
                null);

        assertThat(narrator(LogLevel.INFO, false).lines(new RunEvent.NodeFinished(NOON, waiting, 1, 1)))
                .isEmpty();
        assertThat(narrator(LogLevel.INFO, false).lines(new RunEvent.RunFinished(NOON, run(waiting))))
                .contains("  1 node: cancelled");
    }

    @Test
    void quiet_tells_only_what_failed() {
        NodeResult good = result(NodeKind.SEED, "countries", Status.SUCCESS, "seed");
        Narrator quiet = narrator(LogLevel.ERROR, false);

        assertThat(quiet.lines(new RunEvent.NodeFinished(NOON, good, 1, 1))).isEmpty();
        assertThat(quiet.lines(new RunEvent.RunFinished(NOON, run(good)))).isEmpty();
        assertThat(quiet.lines(new RunEvent.NodeFinished(NOON, broken, 1, 1))).isNotEmpty();
    }

    private static Narrator narrator(LogLevel level, boolean stackTraces) {
        ErrorText errors = new ErrorText(Style.PLAIN, (file, line) -> Optional.of("select amuont"), file -> file);
        return new Narrator(
                new NodeLine(Style.PLAIN, ZoneOffset.UTC, 80, true),
                errors,
                new Subject("shop", "dev (duckdb)", "millrace build"),
                level,
                stackTraces);
    }
}
