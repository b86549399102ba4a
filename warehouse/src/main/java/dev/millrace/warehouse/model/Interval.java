package dev.millrace.warehouse.model;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lengths of time as people write them: {@code 100 ms}, {@code 5 minutes}, {@code 1 hour 30 minutes}, {@code 7 days}.
 */
public final class Interval {
    private static final Pattern PART = Pattern.compile("\\s*(\\d{1,9})\\s*([a-z]+)\\s*");

    private Interval() {}

    /**
     * @param what is measured, for the error: {@code the size of a window}
     * @throws MillraceException CONFIG_INVALID if {@code text} is none
     */
    public static Duration parse(String what, String text, @Nullable Position position) {
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text.toLowerCase(Locale.ROOT));
        int at = 0;
        while (part.find() && part.start() == at) {
            Duration unit = unit(part.group(2));
            if (unit == null) {
                break;
            }
            sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
            at = part.end();
        }
        if (at == 0 || at != text.length()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    what + " cannot be '" + text + "'",
                    position,
                    "Write a number and a unit, such as '500 ms', '30 seconds', '5 minutes', '1 hour' or '1 day'.",
                    null);
        }
        return sum;
    }

    private static @Nullable Duration unit(String name) {
        return switch (name) {
            case "ms", "millisecond", "milliseconds" -> Duration.ofMillis(1);
            case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
            case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
            case "h", "hour", "hours" -> Duration.ofHours(1);
            case "d", "day", "days" -> Duration.ofDays(1);
            case "w", "week", "weeks" -> Duration.ofDays(7);
            default -> null;
        };
    }
}
