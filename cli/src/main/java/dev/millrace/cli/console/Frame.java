package dev.millrace.cli.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The living part of the console: a line per running node and one for the whole. A pure function of what runs, the time
 * and the size of the terminal.
 */
record Frame(Style style, int width, int height) {
    private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
    private static final String[] ASCII_SPINNER = {"|", "/", "-", "\\"};
    private static final int NODE_BAR = 16;
    private static final int SHORT_BAR = 8;
    private static final int RUN_BAR = 24;
    /** A narrower terminal has no room for the kind of a node. */
    private static final int NARROW = 50;

    /** A node that has run for less shows no rate: it would jump. */
    private static final Duration SETTLED = Duration.ofMillis(500);

    /** The lines, none wider than the terminal, at most half as many as it is high. */
    List<String> lines(List<Running> running, Totals totals, Instant now, int tick) {
        int most = Math.max(1, height / 2 - 2);
        int shown = running.size() > most ? most - 1 : running.size();
        List<String> lines = new ArrayList<>();
        for (Running node : running.subList(0, Math.max(0, shown))) {
            lines.add(nodeLine(node, now, tick));
        }
        if (shown < running.size()) {
            lines.add(style.dim(Columns.fit(
                    "  " + style.ellipsis() + " and " + (running.size() - shown) + " more", width - 1, style)));
        }
        lines.add(totalLine(running.size(), totals, now));
        return lines;
    }

    private String nodeLine(Running running, Instant now, int tick) {
        String[] signs = style.unicode() ? SPINNER : ASCII_SPINNER;
        String sign = signs[Math.floorMod(tick, signs.length)];
        String right = String.format("%7s", Amounts.elapsed(tenths(running.elapsed(now))));
        String middle = running.note().isEmpty() ? progress(running, now) : running.note();
        boolean bar = running.note().isEmpty() && running.totalRows().isPresent() && width >= 80;
        String kind = width < NARROW ? "" : Columns.pad(Labels.of(running.node().kind()), 5) + " ";
        int room = width - 1 - 2 - Columns.width(kind) - 2 - Columns.width(right);
        int barColumns = width >= 100 ? NODE_BAR : SHORT_BAR;
        int barRoom = bar ? 2 + barColumns + 5 : 0;
        int nameRoom = Math.max(Math.min(8, room - 1), room - barRoom - Columns.width(middle) - 2);
        String name = Columns.fit(running.node().name(), nameRoom, style);
        int gap = room - barRoom - Columns.width(name) - Columns.width(middle);
        if (gap < 2) {
            middle = "";
            gap = Math.max(1, room - barRoom - Columns.width(name));
        }
        return style.cyan(sign) + " " + style.dim(kind) + style.bold(name) + " ".repeat(gap) + style.dim(middle)
                + (bar ? "  " + nodeBar(running, barColumns) : "") + "  " + style.dim(right);
    }

    private static String progress(Running running, Instant now) {
        if (running.rows() == 0) {
            return "";
        }
        String rows = Amounts.count(running.rows(), "row");
        return running.elapsed(now).compareTo(SETTLED) < 0
                ? rows
                : rows + "  " + Amounts.rate(running.rowsPerSecond(now));
    }

    private String nodeBar(Running running, int columns) {
        long total = Math.max(1, running.totalRows().orElse(1));
        double part = Math.min(1.0, (double) running.rows() / total);
        return bar(part, columns) + String.format("%5s", (int) Math.floor(part * 100) + "%");
    }

    private String totalLine(int running, Totals totals, Instant now) {
        String elapsed = Amounts.elapsed(tenths(Duration.between(totals.started(), now)));
        List<String> parts = new ArrayList<>();
        parts.add(totals.done() + " of " + totals.total());
        if (totals.failed() > 0) {
            parts.add(totals.failed() + " failed");
        }
        if (totals.cancelling()) {
            parts.add("cancelling " + running + ", Ctrl-C again to stop at once");
        }
        parts.add(elapsed);
        String separator = style.unicode() ? " · " : ", ";
        String text = String.join(separator, parts);
        int room = width - 1 - Columns.width(text) - 2;
        double part = totals.total() == 0 ? 0 : (double) totals.done() / totals.total();
        String bar = room < 10 ? "" : bar(part, Math.min(RUN_BAR, room)) + "  ";
        String fitted = Columns.fit(text, width - 1, style);
        return bar + (totals.failed() > 0 || totals.cancelling() ? style.red(fitted) : fitted);
    }

    private String bar(double part, int columns) {
        if (!style.unicode()) {
            int full = (int) Math.floor(part * (columns - 2));
            return "[" + "#".repeat(full) + " ".repeat(columns - 2 - full) + "]";
        }
        int full = (int) Math.floor(part * columns);
        return style.green("━".repeat(full)) + style.dim("─".repeat(columns - full));
    }

    private static Duration tenths(Duration duration) {
        return Duration.ofMillis(duration.toMillis() / 100 * 100);
    }

    /**
     * The run as a whole.
     *
     * @param cancelling whether somebody has asked it to stop
     */
    record Totals(Instant started, int done, int failed, int total, boolean cancelling) {}
}
