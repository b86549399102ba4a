package dev.millrace.activate.internal.destination;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.yaml.YamlMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The paces of a project's destinations, as {@code rate_limit} of millrace.yml says. Thread-safe. */
public final class Paces {
    private static final String KEY = "rate_limit";
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}) */ *(s|sec|second|m|min|minute|h|hour)");

    private final Map<String, Pace> paces = new ConcurrentHashMap<>();

    /**
     * The pace of a destination, the same for all who ask.
     *
     * @throws MillraceException CONFIG_INVALID
     */
    public Pace of(String destination, YamlMap settings) {
        return paces.computeIfAbsent(destination, name -> read(settings));
    }

    private static Pace read(YamlMap settings) {
        Optional<String> written = settings.string(KEY);
        if (written.isEmpty()) {
            return Pace.FREE;
        }
        Matcher form = FORM.matcher(written.get().trim().toLowerCase(Locale.ROOT));
        long requests = form.matches() ? Long.parseLong(form.group(1)) : 0;
        if (requests == 0) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "'" + KEY + "' must be a number of requests per time, but is '" + written.get() + "'",
                    settings.positionOf(KEY),
                    "Write it as 10/second, 600/minute or 5000/hour.",
                    null);
        }
        double seconds = switch (form.group(2).charAt(0)) {
            case 's' -> 1;
            case 'm' -> 60;
            default -> 3_600;
        };
        return Pace.of(requests / seconds);
    }
}
