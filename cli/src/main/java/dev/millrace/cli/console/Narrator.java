package dev.millrace.cli.console;

import dev.millrace.cli.error.ErrorText;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.RunEvent;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells the events of a run as lines of text. A pure function of the event. */
final class Narrator {
    private final NodeLine line;
    private final ErrorText errors;
    private final Subject subject;
    private final LogLevel level;
    private final boolean stackTraces;

    /** @param level what is less important is not told */
    Narrator(NodeLine line, ErrorText errors, Subject subject, LogLevel level, boolean stackTraces) {
        this.line = line;
        this.errors = errors;
        this.subject = subject;
        this.level = level;
        this.stackTraces = stackTraces;
    }

    Narrator withWidth(int width) {
        return new Narrator(
                new NodeLine(line.style(), line.zone(), width, line.cut()), errors, subject, level, stackTraces);
    }

    List<String> lines(RunEvent event) {
        if (event instanceof RunEvent.RunStarted started) {
            return told(LogLevel.INFO) ? List.of(header(started)) : List.of();
        }
        if (event instanceof RunEvent.NodeStarted started) {
            return told(LogLevel.DEBUG)
                    ? List.of(at(started.at()) + NodeLine.count(started.index(), started.total()) + "  START "
                            + Labels.of(started.node().kind()) + " "
                            + started.node().name())
                    : List.of();
        }
        if (event instanceof RunEvent.NodeFinished finished) {
            return finished(finished);
        }
        if (event instanceof RunEvent.NodeRetrying retrying) {
            return told(LogLevel.WARN) ? List.of(retrying(retrying)) : List.of();
        }
        if (event instanceof RunEvent.Logged logged) {
            return told(logged.level()) ? logged(logged) : List.of();
        }
        if (event instanceof RunEvent.RunFinished finished) {
            boolean wanted = told(LogLevel.INFO) || !finished.result().ok();
            return wanted ? new Summary(line.style(), errors, subject).lines(finished.result()) : List.of();
        }
        return List.of();
    }

    private String header(RunEvent.RunStarted started) {
        Map<String, Long> kinds = started.nodes().stream()
                .collect(Collectors.groupingBy(
                        node -> Labels.of(node.kind()), LinkedHashMap::new, Collectors.counting()));
        String counts = kinds.entrySet().stream()
                .map(entry -> Amounts.count(entry.getValue(), entry.getKey()))
                .collect(Collectors.joining(", "));
        return at(started.at()) + line.style().bold(started.command() + " " + subject.project()) + " on "
                + subject.target() + ": " + (counts.isEmpty() ? "nothing to do" : counts) + "; "
                + Amounts.count(started.threads(), "thread");
    }

    private List<String> finished(RunEvent.NodeFinished event) {
        NodeResult result = event.result();
        // Of what a cancelled run had not begun, the summary's count is enough.
        boolean notBegun = result.status() == Status.SKIPPED && result.attempts() == 0 && result.failure() == null;
        boolean dull = notBegun && result.message().equals("cancelled");
        if (!told(dull ? LogLevel.DEBUG : severity(result.status()))) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(line.finished(event.at(), result, event.index(), event.total()));
        if (result.status() == Status.ERROR) {
            MillraceException error = result.failure();
            lines.addAll(error == null ? List.of("  " + result.message()) : indented(located(error, result.node())));
        } else if ((result.status() == Status.FAIL || result.status() == Status.WARN)
                && !result.message().isBlank()) {
            result.message().strip().lines().forEach(text -> lines.add("  " + text));
            lines.add("  " + line.style().blue("--> ")
                    + errors.place(result.node().position()));
        }
        return lines;
    }

    private List<String> indented(MillraceException error) {
        List<String> lines = new ArrayList<>();
        errors.lines(error).forEach(text -> lines.add("  " + text));
        if (stackTraces) {
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace));
            trace.toString().lines().forEach(text -> lines.add("  " + text));
        }
        return lines;
    }

    private static MillraceException located(MillraceException error, Node node) {
        return error.position().isPresent() ? error : error.at(node.position());
    }

    private static LogLevel severity(Status status) {
        return switch (status) {
            case SUCCESS, PASS, SKIPPED -> LogLevel.INFO;
            case WARN -> LogLevel.WARN;
            case FAIL, ERROR -> LogLevel.ERROR;
        };
    }

    private String retrying(RunEvent.NodeRetrying event) {
        return at(event.at()) + line.style().yellow("RETRY ")
                + Labels.of(event.node().kind()) + " "
                + event.node().name() + ": attempt " + event.attempt() + " of " + event.attempts() + " failed ("
                + event.error().text() + "), next one in " + Amounts.elapsed(event.delay());
    }

    private List<String> logged(RunEvent.Logged event) {
        Style style = line.style();
        String who = event.node().map(node -> node.name() + ": ").orElse("");
        String mark = switch (event.level()) {
            case DEBUG -> style.dim("debug: ");
            case INFO -> "";
            case WARN -> style.yellow("warning: ");
            case ERROR -> style.red("error: ");
        };
        return List.of(at(event.at()) + mark + who + event.message());
    }

    private String at(Instant time) {
        return line.clock(time) + "  ";
    }

    private boolean told(LogLevel importance) {
        return importance.compareTo(level) >= 0;
    }
}
