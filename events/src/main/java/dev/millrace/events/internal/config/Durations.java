package dev.millrace.events.internal.config;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 100 ms}, {@code 5 seconds}, {@code 10 minutes}. Stateless. */
final class Durations {
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,9})\\s*([a-z]+)");

    private Durations() {}

    static Optional<Duration> parse(String written) {
        Matcher matcher = LENGTH.matcher(written.trim().toLowerCase(java.util.Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms", "milliseconds", "millisecond" -> Optional.of(Duration.ofMillis(amount));
            case "s", "sec", "second", "seconds" -> Optional.of(Duration.ofSeconds(amount));
            case "m", "min", "minute", "minutes" -> Optional.of(Duration.ofMinutes(amount));
            case "h", "hour", "hours" -> Optional.of(Duration.ofHours(amount));
            default -> Optional.empty();
        };
    }
}
