package dev.millrace.cli.console;

import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
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
    private static final int CLOCK_COLUMNS = 8;
    private static final int LEAST_DOTS = 3;

    /** Time of day, as every line of a run begins. */
    String clock(Instant at) {
        return style.dim(CLOCK.format(LocalTime.ofInstant(at.truncatedTo(ChronoUnit.SECONDS), zone)));
    }

    String finished(Instant at, NodeResult result, int index, int total) {
        String count = count(index, total);
        String status = Columns.pad(Labels.of(result.status()), 5);
        String kind = Columns.pad(Labels.of(result.node().kind()), 5);
        String head = "  " + count + "  " + status + "  " + kind + " ";
        int room = width - CLOCK_COLUMNS - Columns.width(head);
        if (result.status() == Status.SKIPPED) {
            return assemble(at, count, result, status, kind, shown(result, room));
        }
        String elapsed = String.format("%8s", Amounts.elapsed(result.elapsed()));
        String told = told(result);
        int needed = Columns.width(result.node().name()) + LEAST_DOTS + 2 + Columns.width(elapsed);
        if (cut && needed + Columns.width(told) > room) {
            told = counted(result);
        }
        String right = told + elapsed;
        String name = shown(result, room - LEAST_DOTS - 2 - Columns.width(right));
        int dots = Math.max(LEAST_DOTS, room - Columns.width(name) - 2 - Columns.width(right));
        return assemble(at, count, result, status, kind, name) + " " + style.dim(".".repeat(dots)) + " " + right;
    }

    private String assemble(Instant at, String count, NodeResult result, String status, String kind, String name) {
        return clock(at) + "  " + style.dim(count) + "  " + Labels.paint(result.status(), status, style) + "  "
                + style.dim(kind) + " " + name;
    }

    private String shown(NodeResult result, int room) {
        String name = result.node().name();
        return cut ? Columns.fit(name, Math.max(8, room), style) : name;
    }

    /** What is worth a place on the line: of a load or a sync its own words, of a model what it became. */
    private static String told(NodeResult result) {
        boolean well = result.status() == Status.SUCCESS;
        return switch (result.node().kind()) {
            case CONNECTION, ASSET, SYNC -> well && !result.message().isBlank() ? result.message() : counted(result);
            case MODEL, SNAPSHOT ->
                well && result.rows().isEmpty()
                        ? String.valueOf(result.node().config().getOrDefault("materialized", ""))
                        : counted(result);
            case SEED,
                    SOURCE,
                    TEST,
                    UNIT_TEST,
                    ANALYSIS,
                    OPERATION,
                    EXPOSURE,
                    METRIC,
                    SEMANTIC_MODEL,
                    SAVED_QUERY,
                    EXPECTATION,
                    CDC,
                    TOPIC -> counted(result);
        };
    }

    private static String counted(NodeResult result) {
        if (result.failures().isPresent() && (result.status() == Status.FAIL || result.status() == Status.WARN)) {
            return Amounts.count(result.failures().getAsLong(), "failure");
        }
        return result.rows().isPresent() ? Amounts.count(result.rows().getAsLong(), "row") : "";
    }

    /** {@code 3 of 48}, with the same width for every node of the run. */
    static String count(int index, int total) {
        String all = String.valueOf(total);
        return " ".repeat(Math.max(0, all.length() - String.valueOf(index).length())) + index + " of " + all;
    }
}
