package dev.millrace.cli.cdc;

import dev.millrace.cdc.CdcStatus;
import dev.millrace.cli.console.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How connectors stand, for people: a paragraph each. */
public final class StatusText {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private StatusText() {}

    public static List<String> lines(CdcStatus status, Style style) {
        List<String> lines = new ArrayList<>();
        String state = status.state();
        boolean bad = state.equals("lost") || state.equals("unreachable");
        lines.add(style.bold(status.connector()) + "  "
                + (bad ? style.red(state) : state.equals("streaming") ? style.green(state) : state));
        add(lines, "source", status.source());
        if (!status.tables().isEmpty()) {
            add(lines, "tables", String.join(", ", status.tables()));
        }
        if (!status.leftTables().isEmpty()) {
            add(
                    lines,
                    "left",
                    String.join(", ", status.leftTables()) + " (not in its lists any more, no longer updated)");
        }
        status.position().ifPresent(position -> add(lines, "position", position));
        status.sourcePosition().ifPresent(position -> add(lines, "source is at", position));
        if (status.lagBytes().isPresent()) {
            String millis = status.lagMillis().isPresent()
                    ? ", last change " + duration(status.lagMillis().getAsLong()) + " ago"
                    : "";
            add(lines, "lag", bytes(status.lagBytes().getAsLong()) + millis);
        }
        status.lastChange().ifPresent(time -> add(lines, "last change", time.toString()));
        status.slotActive().ifPresent(active -> {
            String retained = status.retainedBytes().isPresent()
                    ? ", source keeps " + bytes(status.retainedBytes().getAsLong()) + " of log for it"
                    : "";
            add(lines, "slot", (active ? "in use" : "not in use") + retained);
        });
        status.problem().ifPresent(problem -> add(lines, "problem", problem));
        return lines;
    }

    private static void add(List<String> lines, String name, String value) {
        lines.add(String.format("  %-13s %s", name, value));
    }

    private static String bytes(long count) {
        double value = count;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? count + " B" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    private static String duration(long millis) {
        if (millis < 10_000) {
            return millis + " ms";
        }
        long seconds = millis / 1000;
        return seconds < 120 ? seconds + " s" : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
    }
}
