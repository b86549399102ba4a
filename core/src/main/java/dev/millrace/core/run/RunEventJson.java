package dev.millrace.core.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.TemplateFrame;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.Status;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * An event as one JSON object in the shape of dbt's structured log: {@code info} says which event, when and how grave,
 * {@code data} what happened. docs/cli.md lists the fields; {@link RunEventReader} reads them back. Thread-safe.
 */
public final class RunEventJson {
    private static final JsonFactory JSON = new JsonFactory();

    private RunEventJson() {}

    /** The event of the run {@code runId} on one line, without a line end. */
    public static String write(RunEvent event, String runId) {
        return line(name(event), level(event), event.at(), runId, message(event), json -> data(json, event));
    }

    /** {@code Error}: the project or the command could not be run. */
    public static String problem(MillraceException problem, Instant at, String runId) {
        return line("Error", LogLevel.ERROR, at, runId, problem.text(), json -> error(json, problem));
    }

    /** {@code Cancelling}: somebody wants the run to stop. */
    public static String cancelling(Instant at, String runId) {
        return line("Cancelling", LogLevel.WARN, at, runId, "what runs is being stopped", json -> {});
    }

    /** {@code RunStarted}, {@code NodeFinished} … */
    public static String name(RunEvent event) {
        return event.getClass().getSimpleName();
    }

    /** How grave an event is. */
    public static LogLevel level(RunEvent event) {
        if (event instanceof RunEvent.NodeProgressed) {
            return LogLevel.DEBUG;
        }
        if (event instanceof RunEvent.NodeRetrying) {
            return LogLevel.WARN;
        }
        if (event instanceof RunEvent.NodeFinished finished) {
            return switch (finished.result().status()) {
                case SUCCESS, PASS, SKIPPED -> LogLevel.INFO;
                case WARN -> LogLevel.WARN;
                case FAIL, ERROR -> LogLevel.ERROR;
            };
        }
        if (event instanceof RunEvent.Logged logged) {
            return logged.level();
        }
        if (event instanceof RunEvent.RunFinished finished) {
            return finished.result().ok() ? LogLevel.INFO : LogLevel.ERROR;
        }
        return LogLevel.INFO;
    }

    private static String message(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            return started.command() + " started";
        }
        if (event instanceof RunEvent.NodeStarted started) {
            return started.node() + " started";
        }
        if (event instanceof RunEvent.NodeProgressed progressed) {
            return progressed.rows() + " rows";
        }
        if (event instanceof RunEvent.NodeRetrying retrying) {
            return retrying.error().text();
        }
        if (event instanceof RunEvent.NodeFinished finished) {
            NodeResult result = finished.result();
            return result.node() + " " + result.status().key();
        }
        if (event instanceof RunEvent.Logged logged) {
            return logged.message();
        }
        if (event instanceof RunEvent.RunFinished finished) {
            return finished.result().ok() ? "finished" : "finished with failures";
        }
        throw new IllegalArgumentException(event.toString());
    }

    private static void data(JsonGenerator json, RunEvent event) throws IOException {
        if (event instanceof RunEvent.RunStarted started) {
            started(json, started);
        } else if (event instanceof RunEvent.NodeStarted started) {
            json.writeNumberField("index", started.index());
            json.writeNumberField("total", started.total());
            node(json, started.node(), "started");
        } else if (event instanceof RunEvent.NodeProgressed progressed) {
            json.writeNumberField("rows", progressed.rows());
            json.writeNumberField("bytes", progressed.bytes());
            if (progressed.totalRows().isPresent()) {
                json.writeNumberField("total_rows", progressed.totalRows().getAsLong());
            }
            node(json, progressed.node(), "started");
        } else if (event instanceof RunEvent.NodeRetrying retrying) {
            json.writeNumberField("attempt", retrying.attempt());
            json.writeNumberField("attempts", retrying.attempts());
            json.writeNumberField("delay", seconds(retrying.delay()));
            node(json, retrying.node(), "started");
            error(json, retrying.error());
        } else if (event instanceof RunEvent.NodeFinished finished) {
            finished(json, finished);
        } else if (event instanceof RunEvent.Logged logged) {
            if (logged.node().isPresent()) {
                node(json, logged.node().get(), "started");
            }
        } else if (event instanceof RunEvent.RunFinished finished) {
            finished(json, finished.result());
        }
    }

    private static void started(JsonGenerator json, RunEvent.RunStarted started) throws IOException {
        json.writeStringField("command", started.command());
        json.writeNumberField("threads", started.threads());
        json.writeNumberField("total", started.nodes().size());
        json.writeArrayFieldStart("nodes");
        for (Node node : started.nodes()) {
            json.writeStartObject();
            nodeFields(json, node, "pending");
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void finished(JsonGenerator json, RunEvent.NodeFinished event) throws IOException {
        NodeResult result = event.result();
        json.writeNumberField("index", event.index());
        json.writeNumberField("total", event.total());
        json.writeStringField("status", result.status().key());
        json.writeStringField("message", result.message());
        json.writeNumberField("execution_time", seconds(result.elapsed()));
        json.writeNumberField("attempts", result.attempts());
        if (result.rows().isPresent()) {
            json.writeNumberField("rows", result.rows().getAsLong());
        }
        if (result.failures().isPresent()) {
            json.writeNumberField("failures", result.failures().getAsLong());
        }
        json.writeStringField("thread", result.thread());
        node(json, result.node(), result.status().key());
        if (result.failure() != null) {
            error(json, result.failure());
        }
    }

    private static void finished(JsonGenerator json, RunResult run) throws IOException {
        json.writeBooleanField("success", run.ok());
        json.writeBooleanField("cancelled", run.cancelled());
        json.writeNumberField("elapsed", seconds(run.elapsed()));
        json.writeObjectFieldStart("counts");
        for (Status status : Status.values()) {
            json.writeNumberField(status.key(), run.count(status));
        }
        json.writeEndObject();
    }

    private static void node(JsonGenerator json, Node node, String status) throws IOException {
        json.writeObjectFieldStart("node_info");
        nodeFields(json, node, status);
        json.writeEndObject();
    }

    private static void nodeFields(JsonGenerator json, Node node, String status) throws IOException {
        json.writeStringField("unique_id", node.id().toString());
        json.writeStringField("node_name", node.name());
        json.writeStringField("resource_type", node.kind().key());
        json.writeStringField("node_path", node.path());
        json.writeStringField("node_status", status);
        if (node.config().get("materialized") instanceof String materialized) {
            json.writeStringField("materialized", materialized);
        }
        position(json, node.position());
        if (node.relation().isPresent()) {
            RelationName relation = node.relation().get();
            json.writeObjectFieldStart("node_relation");
            json.writeStringField("database", relation.database());
            json.writeStringField("schema", relation.schema());
            json.writeStringField("alias", relation.identifier());
            json.writeEndObject();
        }
    }

    private static void error(JsonGenerator json, MillraceException problem) throws IOException {
        json.writeObjectFieldStart("error");
        json.writeStringField("code", problem.code().name());
        json.writeStringField("category", problem.code().category().name());
        json.writeStringField("message", problem.text());
        if (problem.position().isPresent()) {
            position(json, problem.position().get());
        }
        if (problem.hint().isPresent()) {
            json.writeStringField("hint", problem.hint().get());
        }
        if (!problem.templateStack().isEmpty()) {
            json.writeArrayFieldStart("stack");
            for (TemplateFrame frame : problem.templateStack()) {
                json.writeStartObject();
                json.writeStringField("call", frame.call());
                position(json, frame.calledAt());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void position(JsonGenerator json, Position position) throws IOException {
        json.writeStringField("file", position.file());
        json.writeNumberField("line", position.line());
        json.writeNumberField("column", position.column());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String line(String name, LogLevel grave, Instant at, String runId, String message, Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeObjectFieldStart("info");
            json.writeStringField("name", name);
            json.writeStringField("level", grave.name().toLowerCase(Locale.ROOT));
            json.writeStringField("msg", message);
            json.writeStringField("ts", at.toString());
            json.writeStringField("invocation_id", runId);
            json.writeNumberField("pid", ProcessHandle.current().pid());
            json.writeEndObject();
            json.writeObjectFieldStart("data");
            fields.write(json);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Writes the fields of an event. */
    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }
}
