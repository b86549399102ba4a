package dev.millrace.cli;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** Days and times of day as they are typed. */
final class Moments {
    private Moments() {}

    /** {@code 2026-01-31}, {@code 2026-01-31T06:00} or {@code 2026-01-31T06:00:00Z}. */
    static Instant parse(String option, String text, ZoneId zone) {
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text).atStartOfDay(zone).toInstant();
            }
            boolean offset = text.endsWith("Z") || text.matches(".{16,}[+-]\\d\\d:?\\d\\d");
            return offset
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    option + " '" + text + "' is no day and no time",
                    null,
                    "Write 2026-01-31 or 2026-01-31T06:00.",
                    e);
        }
    }

    /** The first instant after what {@code text} names: a day ends with its last moment. */
    static Instant after(String option, String text, ZoneId zone) {
        return text.length() == 10
                ? LocalDateTime.ofInstant(parse(option, text, zone), zone)
                        .toLocalDate()
                        .plusDays(1)
                        .atStartOfDay(zone)
                        .toInstant()
                : parse(option, text, zone).plus(Duration.ofMillis(1));
    }
}
