package dev.millrace.cli.console;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunEventJson;
import java.io.PrintStream;
import java.time.Clock;

/** One JSON object a line, as {@link RunEventJson} writes it. */
public final class JsonConsole implements RunConsole {
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
        }
        if (told(RunEventJson.level(event))) {
            print(RunEventJson.write(event, runId));
        }
    }

    /** The project or the command could not be run. */
    public void failed(MillraceException problem) {
        print(RunEventJson.problem(problem, clock.instant(), runId));
    }

    @Override
    public void cancelling() {
        if (told(LogLevel.WARN)) {
            print(RunEventJson.cancelling(clock.instant(), runId));
        }
    }

    @Override
    public void close() {
        out.flush();
    }

    private boolean told(LogLevel importance) {
        return importance.compareTo(level) >= 0;
    }

    private void print(String line) {
        synchronized (out) {
            out.print(line + "\n");
            out.flush();
        }
    }
}
