package dev.millrace.cli.up;

import dev.millrace.cli.console.Amounts;
import dev.millrace.cli.console.Style;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunListener;
import dev.millrace.orchestrate.NodeRun;
import dev.millrace.orchestrate.RunObserver;
import dev.millrace.orchestrate.RunRecord;
import dev.millrace.orchestrate.RunState;
import dev.millrace.orchestrate.Runs;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code millrace up} says while it runs: a line when a run begins and one when it ends, what failed in it, and
 * what the flows have to say. The pages show the rest. Thread-safe.
 */
public final class UpConsole implements RunObserver, RunListener {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int SHORT_ID = 8;

    private final PrintStream out;
    private final Style style;
    private final ZoneId zone;
    private final Clock clock;
    private final Runs runs;
    private final Map<String, RunState> told = new HashMap<>();

    public UpConsole(PrintStream out, Style style, ZoneId zone, Clock clock, Runs runs) {
        this.out = out;
        this.style = style;
        this.zone = zone;
        this.clock = clock;
        this.runs = runs;
    }

    @Override
    public synchronized void changed(RunRecord run) {
        if (told.put(run.id(), run.state()) == run.state()) {
            return;
        }
        if (run.state() == RunState.RUNNING) {
            line("run " + shortId(run) + "  " + what(run) + ", "
                    + run.request().cause().key());
        } else if (run.state().ended()) {
            told.remove(run.id());
            line("run " + shortId(run) + "  " + what(run) + " " + ending(run));
            failures(run).forEach(this::line);
        }
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.Logged logged && logged.level().compareTo(LogLevel.WARN) >= 0) {
            String node = logged.node().map(each -> each.name() + "  ").orElse("");
            line(style.yellow(logged.level().name()) + "  " + node + logged.message());
        }
    }

    /** Says something with the time of day before it. */
    public synchronized void line(String text) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        out.println(style.dim(CLOCK.format(LocalTime.ofInstant(now, zone))) + "  " + text);
    }

    private static String shortId(RunRecord run) {
        return run.id().substring(0, Math.min(SHORT_ID, run.id().length()));
    }

    private static String what(RunRecord run) {
        return run.request()
                .pipeline()
                .map(name -> "pipeline " + name)
                .orElseGet(() -> run.request().command());
    }

    private String ending(RunRecord run) {
        List<String> counts = new ArrayList<>();
        run.counts().forEach((status, count) -> {
            if (count > 0 && status != Status.SUCCESS && status != Status.PASS) {
                counts.add(count + " " + status.key());
            }
        });
        int ok = run.count(Status.SUCCESS) + run.count(Status.PASS);
        counts.add(0, ok + " ok");
        String state = switch (run.state()) {
            case SUCCEEDED -> style.green("done");
            case FAILED -> style.red("failed");
            case CANCELLED -> style.yellow("cancelled");
            case QUEUED, RUNNING -> run.state().key();
        };
        return state + " in " + Amounts.elapsed(run.elapsed(clock.instant())) + ": " + String.join(", ", counts)
                + run.error().map(error -> "; " + error).orElse("");
    }

    private List<String> failures(RunRecord run) {
        if (run.state() != RunState.FAILED) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (NodeRun node : runs.nodes(run.id())) {
            boolean failed = node.status()
                    .filter(status -> status == Status.ERROR || status == Status.FAIL)
                    .isPresent();
            if (failed) {
                lines.add("  " + style.red("x") + " " + node.kind() + " "
                        + NodeId.parse(node.nodeId()).name() + ": " + node.message());
            }
        }
        return lines;
    }
}
