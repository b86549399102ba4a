package dev.millrace.transform.internal.batch;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.yaml.YamlReader;
import java.time.LocalDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The spans of event time that the command line names. */
public final class EventTimeFlags {
    private static final String SAMPLE_FORMS =
            "Write a number of hours, days, months or years back from now, --sample '3 days', "
                    + "or a span, --sample '{start: 2026-03-01, end: 2026-03-04}'.";

    private EventTimeFlags() {}

    /**
     * What {@code --event-time-start} and {@code --event-time-end} say, or else {@code --sample}.
     *
     * @param flags of the invocation
     * @throws MillraceException USAGE
     */
    public static Optional<TimeSpan> batches(Map<String, Object> flags, LocalDateTime now) {
        Optional<LocalDateTime> start = moment(flags, "EVENT_TIME_START", "--event-time-start");
        Optional<LocalDateTime> end = moment(flags, "EVENT_TIME_END", "--event-time-end");
        if (start.isPresent() != end.isPresent()) {
            throw usage("--event-time-start and --event-time-end belong together", "Give both, or none.");
        }
        if (start.isEmpty()) {
            return sample(flags, now);
        }
        if (!start.get().isBefore(end.orElseThrow())) {
            throw usage("--event-time-start must be before --event-time-end", null);
        }
        return sample(flags, now).or(() -> Optional.of(new TimeSpan(start.get(), end.get())));
    }

    /**
     * What {@code --sample} says.
     *
     * @throws MillraceException USAGE
     */
    public static Optional<TimeSpan> sample(Map<String, Object> flags, LocalDateTime now) {
        Object flag = flags.get("SAMPLE");
        if (flag == null) {
            return Optional.empty();
        }
        String text = String.valueOf(flag).strip();
        return Optional.of(text.startsWith("{") ? between(text) : back(text, now));
    }

    private static TimeSpan between(String yaml) {
        Object value = YamlReader.parse(yaml, "--sample").toJava();
        if (value instanceof Map<?, ?> map && map.get("start") != null && map.get("end") != null) {
            Optional<LocalDateTime> start = EventTime.parse(map.get("start"));
            Optional<LocalDateTime> end = EventTime.parse(map.get("end"));
            if (start.isPresent() && end.isPresent()) {
                return new TimeSpan(start.get(), end.get());
            }
        }
        throw usage("--sample '" + yaml + "' is no span of time", SAMPLE_FORMS);
    }

    private static TimeSpan back(String text, LocalDateTime now) {
        String[] words = text.split(" ", -1);
        Optional<BatchSize> unit = words.length == 2
                ? BatchSize.of(words[1].toLowerCase(Locale.ROOT).replaceFirst("s+$", ""))
                : Optional.empty();
        if (unit.isEmpty() || !words[0].matches("[+-]?\\d{1,6}")) {
            throw usage("--sample '" + text + "' is no span of time", SAMPLE_FORMS);
        }
        return new TimeSpan(unit.get().move(now, -Long.parseLong(words[0])), now);
    }

    private static Optional<LocalDateTime> moment(Map<String, Object> flags, String flag, String option) {
        Object value = flags.get(flag);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(EventTime.parse(value)
                .orElseThrow(() -> usage(
                        option + " '" + value + "' is no moment",
                        "Write a day, 2026-03-01, or a time of UTC, '2026-03-01 07:30:00'.")));
    }

    private static MillraceException usage(String message, @Nullable String hint) {
        return new MillraceException(ErrorCode.USAGE, message, null, hint, null);
    }
}
