package dev.millrace.cli.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunResult;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;

/**
 * One JSON object a line, in the shape of dbt's structured log: {@code info} says which event, when and how grave,
 * {@code data} what happened. docs/cli.md lists the fields.
 */
public final class JsonConsole implements RunConsole {
    private static final JsonFactory JSON = new JsonFactory();

    private final PrintStream out;
    private final LogLevel level;
    private final Clock clock;
    private volatile String runId = "";

    /** @param level what is less important is not written */
    public JsonConsole(PrintStream out, LogLevel level, Clock clock) {
        this.out = out;
        this.level = level;
        this.clock = clock;
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            runId = started.runId();
            write("RunStarted", LogLevel.INFO, event.at(), started.command() + " started", json -> {
                json.writeStringField("command", started.command());
                json.writeNumberField("threads", started.threads());
                json.writeNumberField("total", started.nodes().size());
            });
        } else if (event instanceof RunEvent.NodeStarted started) {
            write("NodeStarted", LogLevel.INFO, event.at(), started.node() + " started", json -> {
                json.writeNumberField("index", started.index());
                json.writeNumberField("total", started.total());
                node(json, started.node(), "started");
            });
        } else if (event instanceof RunEvent.NodeProgressed progressed) {
            write("NodeProgressed", LogLevel.DEBUG, event.at(), progressed.rows() + " rows", json -> {
                json.writeNumberField("rows", progressed.rows());
                json.writeNumberField("bytes", progressed.bytes());
                if (progressed.totalRows().isPresent()) {
                    json.writeNumberField("total_rows", progressed.totalRows().getAsLong());
                }
                node(json, progressed.node(), "started");
            });
        } else if (event instanceof RunEvent.NodeRetrying retrying) {
            write("NodeRetrying", LogLevel.WARN, event.at(), retrying.error().text(), json -> {
                json.writeNumberField("attempt", retrying.attempt());
                json.writeNumberField("attempts", retrying.attempts());
                json.writeNumberField("delay", retrying.delay().toMillis() / 1000.0);
                node(json, retrying.node(), "started");
                error(json, retrying.error());
            });
        } else if (event instanceof RunEvent.NodeFinished finished) {
            finished(finished);
        } else if (event instanceof RunEvent.Logged logged) {
            write("Logged", logged.level(), event.at(), logged.message(), json -> {
                if (logged.node().isPresent()) {
                    node(json, logged.node().get(), "started");
                }
            });
        } else if (event instanceof RunEvent.RunFinished finished) {
            finished(finished.at(), finished.result());
        }
    }

    /** The project or the command could not be run. */
    public void failed(MillraceException problem) {
        write("Error", LogLevel.ERROR, clock.instant(), problem.text(), json -> error(json, problem));
    }

    private void finished(RunEvent.NodeFinished event) {
        NodeResult result = event.result();
        String message = result.node() + " " + result.status().key();
        write("NodeFinished", severity(result.status()), event.at(), message, json -> {
            json.writeNumberField("index", event.index());
            json.writeNumberField("total", event.total());
            json.writeStringField("status", result.status().key());
            json.writeStringField("message", result.message());
            json.writeNumberField("execution_time", result.elapsed().toMillis() / 1000.0);
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
        });
    }

    private void finished(Instant at, RunResult run) {
        LogLevel grave = run.ok() ? LogLevel.INFO : LogLevel.ERROR;
        write("RunFinished", grave, at, run.ok() ? "finished" : "finished with failures", json -> {
            json.writeBooleanField("success", run.ok());
            json.writeBooleanField("cancelled", run.cancelled());
            json.writeNumberField("elapsed", run.elapsed().toMillis() / 1000.0);
            json.writeObjectFieldStart("counts");
            for (Status status : Status.values()) {
                json.writeNumberField(status.key(), run.count(status));
            }
            json.writeEndObject();
        });
    }

    private static void node(JsonGenerator json, Node node, String status) throws IOException {
        json.writeObjectFieldStart("node_info");
        json.writeStringField("unique_id", node.id().toString());
        json.writeStringField("node_name", node.name());
        json.writeStringField("resource_type", node.kind().key());
        json.writeStringField("node_path", node.path());
        json.writeStringField("node_status", status);
        if (node.relation().isPresent()) {
            RelationName relation = node.relation().get();
            json.writeObjectFieldStart("node_relation");
            json.writeStringField("database", relation.database());
            json.writeStringField("schema", relation.schema());
            json.writeStringField("alias", relation.identifier());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void error(JsonGenerator json, MillraceException problem) throws IOException {
        json.writeObjectFieldStart("error");
        json.writeStringField("code", problem.code().name());
        json.writeStringField("category", problem.code().category().name());
        json.writeStringField("message", problem.text());
        if (problem.position().isPresent()) {
            Position position = problem.position().get();
            json.writeStringField("file", position.file());
            json.writeNumberField("line", position.line());
            json.writeNumberField("column", position.column());
        }
        if (problem.hint().isPresent()) {
            json.writeStringField("hint", problem.hint().get());
        }
        json.writeEndObject();
    }

    private static LogLevel severity(Status status) {
        return switch (status) {
            case SUCCESS, PASS, SKIPPED -> LogLevel.INFO;
            case WARN -> LogLevel.WARN;
            case FAIL, ERROR -> LogLevel.ERROR;
        };
    }

    @Override
    public void cancelling() {
        write("Cancelling", LogLevel.WARN, clock.instant(), "what runs is being stopped", json -> {});
    }

    @Override
    public void close() {
        out.flush();
    }

    private void write(String name, LogLevel grave, Instant at, String message, Fields fields) {
        if (grave.compareTo(level) < 0) {
            return;
        }
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
        text.append('\n');
        synchronized (out) {
            out.print(text);
            out.flush();
        }
    }

    /** Writes the fields of an event. */
    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }
}
