package dev.millrace.cli.console;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Amounts {
    private Amounts() {}

    /** {@code 1,204}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 row}, {@code 1,204 rows}. */
    public static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 0.42s}, {@code 12.3s}, {@code 2m 03s}, {@code 1h 02m}. */
    public static String elapsed(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        if (millis < 10_000) {
            return String.format(Locale.ROOT, "%.2fs", millis / 1000.0);
        }
        if (millis < 100_000) {
            return String.format(Locale.ROOT, "%.1fs", millis / 1000.0);
        }
        long seconds = millis / 1000;
        return seconds < 3600
                ? String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%dh %02dm", seconds / 3600, seconds / 60 % 60);
    }

    /** {@code 950/s}, {@code 512k/s}, {@code 1.2M/s}. */
    public static String rate(double perSecond) {
        if (perSecond < 1_000) {
            return String.format(Locale.ROOT, "%.0f/s", perSecond);
        }
        if (perSecond < 1_000_000) {
            return String.format(Locale.ROOT, perSecond < 10_000 ? "%.1fk/s" : "%.0fk/s", perSecond / 1_000);
        }
        return String.format(Locale.ROOT, "%.1fM/s", perSecond / 1_000_000);
    }
}
