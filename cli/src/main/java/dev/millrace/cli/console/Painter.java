package dev.millrace.cli.console;

import java.util.List;
import java.util.regex.Pattern;

/** Keeps a block of lines at the bottom of a terminal while other lines scroll away above it. Thread-safe. */
final class Painter {
    private static final Pattern ESCAPES = Pattern.compile("\033\\[[0-9;?]*[A-Za-z]");
    private static final String HIDE_CURSOR = "\033[?25l";
    private static final String SHOW_CURSOR = "\033[?25h";

    private final Screen screen;
    private List<String> shown = List.of();
    private boolean hidden;

    Painter(Screen screen) {
        this.screen = screen;
    }

    /** Replaces the block by {@code lines}, which stay, and {@code frame}, the new block; one write. */
    synchronized void paint(List<String> lines, List<String> frame) {
        if (lines.isEmpty() && frame.equals(shown)) {
            return;
        }
        StringBuilder text = new StringBuilder();
        if (!hidden && !frame.isEmpty()) {
            text.append(HIDE_CURSOR);
            hidden = true;
        }
        if (!shown.isEmpty()) {
            int up = rows(shown) - 1;
            text.append('\r');
            if (up > 0) {
                text.append("\033[").append(up).append('A');
            }
            text.append("\033[J");
        }
        for (String line : lines) {
            text.append(line).append("\r\n");
        }
        text.append(String.join("\r\n", frame));
        shown = frame;
        screen.write(text.toString());
    }

    /** Shows the cursor again. */
    synchronized void restore() {
        if (hidden) {
            hidden = false;
            screen.write(SHOW_CURSOR);
        }
    }

    /** How many rows the lines take now: a terminal that became narrower has wrapped them. */
    private int rows(List<String> lines) {
        int width = screen.width();
        int rows = 0;
        for (String line : lines) {
            int columns = Columns.width(ESCAPES.matcher(line).replaceAll(""));
            rows += Math.max(1, (columns + width - 1) / width);
        }
        return rows;
    }
}
