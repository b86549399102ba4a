package dev.millrace.cli.console;

import dev.millrace.cli.error.ErrorText;
import dev.millrace.core.graph.LogLevel;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;

/**
 * Chooses how a run is shown.
 *
 * @param out where text goes
 * @param terminal whether {@code out} is a terminal
 * @param style colours and signs
 * @param level what is less important is not shown
 * @param stackTraces whether errors come with their stack traces
 */
public record Consoles(PrintStream out, boolean terminal, Style style, LogLevel level, boolean stackTraces) {
    private static final int PIPE_WIDTH = 100;

    /** A living console on a terminal that can move its cursor, plain lines elsewhere. */
    public RunConsole text(ErrorText errors, Subject subject, Clock clock) {
        if (terminal && level.compareTo(LogLevel.INFO) <= 0) {
            TerminalScreen screen = TerminalScreen.open();
            if (!screen.dumb()) {
                return new LiveConsole(screen, narrator(errors, subject, screen.width(), true, level), style, clock);
            }
            screen.close();
        }
        return new PlainConsole(out, narrator(errors, subject, PIPE_WIDTH, false, level));
    }

    /** Columns for a table: those of the terminal, and as many as it takes in a pipe. */
    public int width() {
        if (!terminal) {
            return Integer.MAX_VALUE;
        }
        try (TerminalScreen screen = TerminalScreen.open()) {
            return screen.width();
        }
    }

    public JsonConsole json(Clock clock) {
        return new JsonConsole(out, level, clock);
    }

    /** The log file in {@code folder}, with everything. */
    public LogFile logFile(Path folder, ErrorText errors, Subject subject) {
        ErrorText plain = new ErrorText(Style.PLAIN, errors.source(), errors.display());
        NodeLine line = new NodeLine(Style.PLAIN, ZoneId.systemDefault(), PIPE_WIDTH, false);
        return LogFile.in(folder, new Narrator(line, plain, subject, LogLevel.DEBUG, true));
    }

    private Narrator narrator(ErrorText errors, Subject subject, int width, boolean cut, LogLevel from) {
        return new Narrator(
                new NodeLine(style, ZoneId.systemDefault(), width, cut), errors, subject, from, stackTraces);
    }

    /** Whether the locale says that the terminal shows Unicode. */
    public static boolean unicode(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.get(name);
            if (value != null && !value.isEmpty()) {
                return value.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
            }
        }
        return System.getProperty("os.name", "").startsWith("Mac");
    }
}
