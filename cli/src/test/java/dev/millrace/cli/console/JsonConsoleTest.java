package dev.millrace.cli.console;

import static dev.millrace.cli.console.Nodes.NOON;
import static dev.millrace.cli.console.Nodes.result;
import static dev.millrace.cli.console.Nodes.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JsonConsoleTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final JsonConsole console = new JsonConsole(
            new PrintStream(bytes, true, StandardCharsets.UTF_8), LogLevel.INFO, Clock.fixed(NOON, ZoneOffset.UTC));

    @Test
    void every_event_is_one_line_with_its_name_time_and_run() {
        NodeResult done = result(
                NodeKind.MODEL,
                "orders",
                Status.SUCCESS,
                "table\nof two lines",
                OptionalLong.of(7),
                OptionalLong.empty(),
                null);

        console.on(new RunEvent.RunStarted(NOON, "run-1", "build", List.of(done.node()), 4));
        console.on(new RunEvent.NodeStarted(NOON, done.node(), 1, 1));
        console.on(new RunEvent.NodeFinished(NOON, done, 1, 1));
        console.on(new RunEvent.RunFinished(NOON, run(done)));

        List<JsonNode> events = events();
        assertThat(events)
                .extracting(event -> event.at("/info/name").asText())
                .containsExactly("RunStarted", "NodeStarted", "NodeFinished", "RunFinished");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.at("/info/ts").asText()).isEqualTo("2024-05-01T12:00:00Z");
            assertThat(event.at("/info/invocation_id").asText()).isEqualTo("run-1");
        });
        JsonNode data = events.get(2).get("data");
        assertThat(data.at("/node_info/unique_id").asText()).isEqualTo("model.shop.orders");
        assertThat(data.get("status").asText()).isEqualTo("success");
        assertThat(data.get("rows").asLong()).isEqualTo(7);
        assertThat(data.get("execution_time").asDouble()).isEqualTo(0.42);
        assertThat(events.get(3).at("/data/counts/success").asInt()).isEqualTo(1);
    }

    @Test
    void an_error_says_code_place_and_hint() {
        console.failed(new MillraceException(
                ErrorCode.YAML_SYNTAX, "not valid", new Position("dbt_project.yml", 3, 7), "Look here.", null));

        JsonNode error = events().get(0).at("/data/error");
        assertThat(error.get("code").asText()).isEqualTo("YAML_SYNTAX");
        assertThat(error.get("category").asText()).isEqualTo("USER");
        assertThat(error.get("file").asText()).isEqualTo("dbt_project.yml");
        assertThat(error.get("line").asInt()).isEqualTo(3);
        assertThat(error.get("column").asInt()).isEqualTo(7);
        assertThat(error.get("hint").asText()).isEqualTo("Look here.");
    }

    @Test
    void progress_is_told_at_debug_level_only() {
        NodeResult done = result(NodeKind.MODEL, "orders", Status.SUCCESS, "table");

        console.on(new RunEvent.NodeProgressed(NOON, done.node(), 10, 0, OptionalLong.of(20)));

        assertThat(events()).isEmpty();
    }

    private List<JsonNode> events() {
        ObjectMapper json = new ObjectMapper();
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> {
                    try {
                        return json.readTree(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }
}
