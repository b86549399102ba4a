package dev.millrace.cli.console;

import dev.millrace.core.run.NodeResult;
import dev.millrace.core.run.Status;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * The line that tells how a node ended:
 *
 * <pre>14:02:11  12 of 48  OK     model fct_orders ........................ 1,204 rows  0.42s</pre>
 *
 * @param width columns of the terminal
 * @param cut whether a name too long for the terminal is cut; in a pipe it is not
 */
record NodeLine(Style style, ZoneId zone, int width, boolean cut) {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int LEAST_DOTS = 3;

    /** Time of day, as every line of a run begins. */
    String clock(Instant at) {
        return style.dim(CLOCK.format(LocalTime.ofInstant(at.truncatedTo(ChronoUnit.SECONDS), zone)));
    }

    String finished(Instant at, NodeResult result, int index, int total) {
        String count = count(index, total);
        String status = Columns.pad(Labels.of(result.status()), 5);
        String kind = Columns.pad(Labels.of(result.node().kind()), 5);
        String right = right(result);
        String name = result.node().name();
        int room = width
                - "00:00:00  ".length()
                - Columns.width(count)
                - 2
                - 5
                - 2
                - Columns.width(kind)
                - 1
                - Columns.width(right)
                - 2;
        if (cut) {
            name = Columns.fit(name, Math.max(8, room - LEAST_DOTS), style);
        }
        int dots = Math.max(LEAST_DOTS, room - Columns.width(name));
        String left = clock(at) + "  " + style.dim(count) + "  " + Labels.paint(result.status(), status, style) + "  "
                + style.dim(kind) + " " + name;
        return result.status() == Status.SKIPPED ? left : left + " " + style.dim(".".repeat(dots)) + " " + right;
    }

    private static String right(NodeResult result) {
        if (result.status() == Status.SKIPPED) {
            return "";
        }
        String what = "";
        if (result.status() == Status.FAIL
                || (result.status() == Status.WARN && result.failures().isPresent())) {
            what = result.failures().isPresent()
                    ? Amounts.count(result.failures().getAsLong(), "failure") + "  "
                    : "";
        } else if (result.rows().isPresent()) {
            what = Amounts.count(result.rows().getAsLong(), "row") + "  ";
        }
        return what + String.format("%6s", Amounts.elapsed(result.elapsed()));
    }

    /** {@code 3 of 48}, with the same width for every node of the run. */
    static String count(int index, int total) {
        String all = String.valueOf(total);
        return " ".repeat(Math.max(0, all.length() - String.valueOf(index).length())) + index + " of " + all;
    }
}
