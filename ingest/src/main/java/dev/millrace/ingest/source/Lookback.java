package dev.millrace.ingest.source;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far before the last cursor value an increment begins, for rows that come in late.
 *
 * @param time for dates and timestamps
 * @param count for numbers, if {@code time} is empty
 */
public record Lookback(Optional<Duration> time, long count) {
    private static final Pattern TIME =
            Pattern.compile("(\\d{1,9})\\s*(s|sec|second|m|min|minute|h|hour|d|day)s?", Pattern.CASE_INSENSITIVE);
    private static final Pattern COUNT = Pattern.compile("\\d{1,18}");

    /** {@code 5 minutes}, {@code 2h}, {@code 1 day}, or a number for cursors that are numbers. */
    public static Optional<Lookback> parse(String text) {
        if (COUNT.matcher(text.trim()).matches()) {
            return Optional.of(new Lookback(Optional.empty(), Long.parseLong(text.trim())));
        }
        Matcher matcher = TIME.matcher(text.trim());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        Duration time = switch (Character.toLowerCase(matcher.group(2).charAt(0))) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
        return Optional.of(new Lookback(Optional.of(time), 0));
    }
}
