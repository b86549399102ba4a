package dev.millrace.cli.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The terminal of this process, as JLine sees it. */
final class TerminalScreen implements Screen, AutoCloseable {
    private final Terminal terminal;

    private TerminalScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Opens the terminal without touching its modes or its signals. */
    static TerminalScreen open() {
        try {
            return new TerminalScreen(TerminalBuilder.builder()
                    .system(true)
                    .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                    .nativeSignals(false)
                    .dumb(true)
                    .build());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open the terminal", e);
        }
    }

    /** Whether it cannot move its cursor. */
    boolean dumb() {
        return terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }

    @Override
    public int width() {
        Size size = terminal.getSize();
        return size.getColumns() <= 0 ? 80 : Math.max(20, size.getColumns());
    }

    @Override
    public int height() {
        Size size = terminal.getSize();
        return size.getRows() <= 0 ? 24 : Math.max(4, size.getRows());
    }

    @Override
    public void write(String text) {
        terminal.writer().write(text);
        terminal.writer().flush();
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot give the terminal back", e);
        }
    }
}
