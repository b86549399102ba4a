package dev.millrace.orchestrate.internal.schedule;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations: {@code 90}, {@code 30s}, {@code 15m}, {@code 1h30m}, {@code 10 minutes}. */
public final class Durations {
    private static final Pattern PART =
            Pattern.compile("(\\d+)\\s*(ms|s|m|h|d|(?:milli)?seconds?|minutes?|hours?|days?|sec|min)?(?![a-z])\\s*");

    private Durations() {}

    /**
     * @param text a number alone is seconds
     * @throws MillraceException CONFIG_INVALID at {@code at} if it cannot be read or is zero
     */
    public static Duration parse(String text, Position at) {
        String plain = text.trim().toLowerCase(Locale.ROOT);
        Matcher part = PART.matcher(plain);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            sum = sum.plus(duration(part));
            end = part.end();
        }
        if (end < plain.length() || sum.isZero()) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'" + text + "' is no duration",
                    at,
                    "Write a number with a unit, such as 30s, 15m, 2h, 1d or 1h30m.",
                    null);
        }
        return sum;
    }

    private static Duration duration(Matcher part) {
        long count = Long.parseLong(part.group(1));
        String unit = part.group(2) == null ? "s" : part.group(2);
        if (unit.equals("ms") || unit.startsWith("milli")) {
            return Duration.ofMillis(count);
        }
        return switch (unit.charAt(0)) {
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            case 'd' -> Duration.ofDays(count);
            default -> Duration.ofSeconds(count);
        };
    }
}
