package dev.millrace.transform.internal.resource;

import dev.millrace.core.graph.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How old the newest row of a source's table may be.
 *
 * @param warnAfter older is a warning
 * @param errorAfter older is an error
 * @param filter a condition on the rows that count
 */
public record Freshness(Optional<Duration> warnAfter, Optional<Duration> errorAfter, Optional<String> filter) {
    /** Of a table that has a limit. */
    public static Optional<Freshness> of(SourceTable table) {
        if (!(table.extra().get("freshness") instanceof Map<?, ?> written)) {
            return Optional.empty();
        }
        Freshness freshness = new Freshness(
                limit(written.get("warn_after")),
                limit(written.get("error_after")),
                Optional.ofNullable(written.get("filter")).map(String::valueOf));
        return freshness.warnAfter.isEmpty() && freshness.errorAfter.isEmpty()
                ? Optional.empty()
                : Optional.of(freshness);
    }

    private static Optional<Duration> limit(@Nullable Object written) {
        if (written instanceof Map<?, ?> map && map.get("count") instanceof Number count && map.get("period") != null) {
            long number = count.longValue();
            return Optional.of(
                    switch (String.valueOf(map.get("period"))) {
                        case "minute" -> Duration.ofMinutes(number);
                        case "hour" -> Duration.ofHours(number);
                        default -> Duration.ofDays(number);
                    });
        }
        return Optional.empty();
    }

    /** PASS, WARN, or FAIL for an error. */
    public Status judge(Duration age) {
        if (errorAfter.isPresent() && age.compareTo(errorAfter.get()) > 0) {
            return Status.FAIL;
        }
        return warnAfter.isPresent() && age.compareTo(warnAfter.get()) > 0 ? Status.WARN : Status.PASS;
    }
}
