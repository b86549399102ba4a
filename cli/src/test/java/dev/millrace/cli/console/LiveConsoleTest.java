package dev.millrace.cli.console;

import static dev.millrace.cli.console.Nodes.NOON;
import static dev.millrace.cli.console.Nodes.node;
import static dev.millrace.cli.console.Nodes.result;
import static dev.millrace.cli.console.Nodes.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.cli.error.ErrorText;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunEvent;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveConsoleTest {
    private final FakeScreen screen = new FakeScreen(100);
    private final ErrorText errors = new ErrorText(Style.PLAIN, (file, line) -> Optional.empty(), file -> file);
    private final LiveConsole console = new LiveConsole(
            screen,
            new Narrator(
                    new NodeLine(Style.PLAIN, ZoneOffset.UTC, 100, true),
                    errors,
                    new Subject("shop", "dev (duckdb)", "millrace build"),
                    LogLevel.INFO,
                    false),
            Style.PLAIN,
            Clock.fixed(NOON.plusSeconds(1), ZoneOffset.UTC));

    @Test
    void a_running_node_is_shown_until_it_has_finished_and_then_the_summary() {
        NodeResult done = result(NodeKind.MODEL, "orders", Status.SUCCESS, "table");

        console.on(new RunEvent.RunStarted(NOON, "run-1", "build", List.of(done.node()), 4));
        console.on(new RunEvent.NodeStarted(NOON, done.node(), 1, 1));
        await().untilAsserted(() -> assertThat(String.join("\n", screen.text()))
                .contains("build shop on dev (duckdb): 1 model; 4 threads")
                .contains(" model orders ")
                .contains("0 of 1"));

        console.on(new RunEvent.NodeFinished(NOON, done, 1, 1));
        console.on(new RunEvent.RunFinished(NOON, run(done)));

        assertThat(String.join("\n", screen.text()))
                .contains("1 of 1  OK     model orders ...")
                .endsWith("Done in 1.50s: 1 ok, 1 in all.\n")
                .doesNotContain("⠋");
        assertThat(screen.cursorShown()).isTrue();
    }

    @Test
    void closing_twice_does_no_harm() {
        console.on(new RunEvent.RunStarted(NOON, "run-1", "build", List.of(node(NodeKind.MODEL, "orders")), 4));
        console.close();
        console.close();

        assertThat(screen.text().get(0)).contains("build shop");
    }
}
