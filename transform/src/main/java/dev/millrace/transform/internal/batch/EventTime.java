package dev.millrace.transform.internal.batch;

import dev.millrace.jinja.Values;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Moments as configurations and options write them. */
public final class EventTime {
    private EventTime() {}

    /** Of {@code 2026-03-01}, {@code 2026-03-01 07:30:00}, with or without an offset, or a date of a template. */
    public static Optional<LocalDateTime> parse(Object value) {
        String text = Values.str(Values.fromJava(value)).strip();
        try {
            if (text.length() == "2026-03-01".length()) {
                return Optional.of(LocalDate.parse(text).atStartOfDay());
            }
            String iso = text.replaceFirst("^(\\S+) (\\S.*)$", "$1T$2").replace("Z", "+00:00");
            boolean offset = iso.matches(".*T.*[+-]\\d\\d:?\\d\\d$");
            return Optional.of(
                    offset
                            ? OffsetDateTime.parse(iso)
                                    .withOffsetSameInstant(ZoneOffset.UTC)
                                    .toLocalDateTime()
                            : LocalDateTime.parse(iso));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
