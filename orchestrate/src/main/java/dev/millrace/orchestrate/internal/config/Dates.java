package dev.millrace.orchestrate.internal.config;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/** Days and times of day, in a zone unless they name one themselves. */
public final class Dates {
    private Dates() {}

    static Optional<Instant> read(YamlMap map, String key, ZoneId zone) {
        return map.get(key).map(node -> {
            Object value = node.toJava();
            try {
                return instant(value == null ? "" : value.toString(), zone);
            } catch (DateTimeException e) {
                throw invalid(key, node, e);
            }
        });
    }

    /**
     * {@code 2026-01-31}, {@code 2026-01-31T06:00} or {@code 2026-01-31T06:00:00Z}.
     *
     * @throws DateTimeException if it is none of these
     */
    public static Instant instant(String text, ZoneId zone) {
        String written = text.trim().replace(' ', 'T');
        if (written.length() == 10) {
            return LocalDate.parse(written).atStartOfDay(zone).toInstant();
        }
        boolean hasOffset = written.endsWith("Z")
                || written.substring(Math.min(10, written.length())).matches(".*[+-].*");
        return hasOffset
                ? OffsetDateTime.parse(written).toInstant()
                : LocalDateTime.parse(written).atZone(zone).toInstant();
    }

    private static MillraceException invalid(String key, YamlNode node, DateTimeException e) {
        return new MillraceException(
                ErrorCode.CONFIG_INVALID,
                "'" + key + "' must be a day or a time, but is " + node.describe(),
                node.position(),
                "Write 2026-01-31 or 2026-01-31T06:00.",
                e);
    }
}
