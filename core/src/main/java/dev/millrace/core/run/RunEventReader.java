package dev.millrace.core.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.TemplateFrame;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of one run from what {@link RunEventJson} wrote, in order: so that a run of another process can be
 * shown here. The nodes have no steps and no inputs; a result has no details. Not thread-safe.
 */
public final class RunEventReader {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Node> nodes = new HashMap<>();
    private final List<NodeResult> results = new ArrayList<>();
    private @Nullable Instant started;

    /**
     * The event of a line; empty for one that is no event of a run ({@code Error}, {@code Cancelling}, or one of a
     * newer version).
     *
     * @throws MillraceException INTERNAL if the line is not JSON of this shape
     */
    public Optional<RunEvent> read(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            return Optional.ofNullable(event(json.path("info"), json.path("data")));
        } catch (JsonProcessingException | RuntimeException e) {
            throw new MillraceException(ErrorCode.INTERNAL, "not an event of a run: " + line, e);
        }
    }

    private @Nullable RunEvent event(JsonNode info, JsonNode data) {
        Instant at = Instant.parse(info.path("ts").asText());
        String message = info.path("msg").asText();
        int index = data.path("index").asInt();
        int total = data.path("total").asInt();
        return switch (info.path("name").asText()) {
            case "RunStarted" -> started(at, info, data);
            case "NodeStarted" -> new RunEvent.NodeStarted(at, node(data.path("node_info")), index, total);
            case "NodeProgressed" ->
                new RunEvent.NodeProgressed(
                        at,
                        node(data.path("node_info")),
                        data.path("rows").asLong(),
                        data.path("bytes").asLong(),
                        number(data, "total_rows"));
            case "NodeRetrying" ->
                new RunEvent.NodeRetrying(
                        at,
                        node(data.path("node_info")),
                        data.path("attempt").asInt(),
                        data.path("attempts").asInt(),
                        error(data.path("error")),
                        seconds(data.path("delay")));
            case "NodeFinished" -> {
                NodeResult result = result(at, data);
                results.add(result);
                yield new RunEvent.NodeFinished(at, result, index, total);
            }
            case "Logged" ->
                new RunEvent.Logged(
                        at,
                        LogLevel.valueOf(info.path("level").asText().toUpperCase(Locale.ROOT)),
                        data.has("node_info") ? Optional.of(node(data.path("node_info"))) : Optional.empty(),
                        message);
            case "RunFinished" -> finished(at, info, data);
            default -> null;
        };
    }

    private RunEvent started(Instant at, JsonNode info, JsonNode data) {
        started = at;
        List<Node> plan = new ArrayList<>();
        data.path("nodes").forEach(node -> plan.add(node(node)));
        return new RunEvent.RunStarted(
                at,
                info.path("invocation_id").asText(),
                data.path("command").asText(),
                List.copyOf(plan),
                data.path("threads").asInt());
    }

    private RunEvent finished(Instant at, JsonNode info, JsonNode data) {
        Instant begin = started == null ? at.minus(seconds(data.path("elapsed"))) : started;
        RunResult result = new RunResult(
                info.path("invocation_id").asText(),
                begin,
                at,
                results,
                data.path("cancelled").asBoolean());
        return new RunEvent.RunFinished(at, result);
    }

    private NodeResult result(Instant at, JsonNode data) {
        return new NodeResult(
                node(data.path("node_info")),
                Status.valueOf(data.path("status").asText().toUpperCase(Locale.ROOT)),
                data.path("message").asText(),
                at.minus(seconds(data.path("execution_time"))),
                at,
                data.path("thread").asText(),
                data.path("attempts").asInt(),
                number(data, "rows"),
                number(data, "failures"),
                Map.of(),
                data.has("error") ? error(data.path("error")) : null);
    }

    private Node node(JsonNode json) {
        return nodes.computeIfAbsent(json.path("unique_id").asText(), id -> {
            Node.Builder node = Node.builder(NodeId.parse(id), position(json).orElse(Position.ofFile("")))
                    .name(json.path("node_name").asText())
                    .path(json.path("node_path").asText());
            if (json.has("materialized")) {
                node.config(Map.of("materialized", json.path("materialized").asText()));
            }
            JsonNode relation = json.path("node_relation");
            if (relation.isObject()) {
                node.describes(new RelationName(
                        "",
                        relation.path("database").asText(),
                        relation.path("schema").asText(),
                        relation.path("alias").asText()));
            }
            return node.build();
        });
    }

    private static MillraceException error(JsonNode json) {
        return new MillraceException(
                code(json.path("code").asText()),
                json.path("message").asText(),
                position(json).orElse(null),
                json.has("hint") ? json.path("hint").asText() : null,
                stack(json.path("stack")),
                null);
    }

    private static List<TemplateFrame> stack(JsonNode json) {
        List<TemplateFrame> stack = new ArrayList<>();
        json.forEach(frame -> stack.add(
                new TemplateFrame(frame.path("call").asText(), position(frame).orElse(Position.ofFile("")))));
        return stack;
    }

    private static ErrorCode code(String name) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return ErrorCode.INTERNAL;
    }

    private static Optional<Position> position(JsonNode json) {
        OptionalInt line = json.has("line") ? OptionalInt.of(json.path("line").asInt()) : OptionalInt.empty();
        return json.has("file")
                ? Optional.of(new Position(
                        json.path("file").asText(),
                        line.orElse(0),
                        json.path("column").asInt()))
                : Optional.empty();
    }

    private static OptionalLong number(JsonNode json, String field) {
        return json.has(field) ? OptionalLong.of(json.path(field).asLong()) : OptionalLong.empty();
    }

    private static Duration seconds(JsonNode json) {
        return Duration.ofMillis(Math.round(json.asDouble() * 1000));
    }
}
