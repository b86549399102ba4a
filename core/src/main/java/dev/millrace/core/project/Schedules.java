package dev.millrace.core.project;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads and checks {@code schedule:} of a connection or sync; nothing here knows when a run is due. */
public final class Schedules {
    private static final Set<String> PRESETS = Set.of(
            "@yearly",
            "@annually",
            "@monthly",
            "@weekly",
            "@daily",
            "@midnight",
            "@hourly",
            "@quarterly",
            "@manual",
            "manual",
            "@none",
            "none",
            "@continuous",
            "continuous",
            "@once");

    private record CronField(String name, int low, int high, List<String> names) {}

    private static final List<CronField> FIELDS = List.of(
            new CronField("minute", 0, 59, List.of()),
            new CronField("hour", 0, 23, List.of()),
            new CronField("day of month", 1, 31, List.of()),
            new CronField(
                    "month",
                    1,
                    12,
                    List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
            new CronField("day of week", 0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat")));

    private static final Pattern EVERY = Pattern.compile("@every \\d{1,6} ?[a-z]+");

    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");

    private Schedules() {}

    /**
     * The {@code schedule} of an entry as plain values: {@code cron} and, if they are named, {@code timezone},
     * {@code upstream} and {@code downstream}; empty if it has none.
     *
     * @throws MillraceException CONFIG_INVALID at what is wrong with it
     */
    public static Map<String, Object> read(YamlMap entry) {
        Optional<YamlNode> node = entry.get("schedule");
        if (node.isEmpty()) {
            return Map.of();
        }
        if (node.get() instanceof YamlScalar scalar) {
            checkCron(scalar.text(), scalar.position());
            return Map.of("cron", scalar.text().trim());
        }
        YamlMap map = entry.map("schedule").map(Schedules::snakeCase).orElseThrow();
        map.allowOnly(List.of(
                "cron",
                "cron_expression",
                "timezone",
                "time_zone",
                "cron_time_zone",
                "schedule_type",
                "upstream",
                "downstream"));
        String key = map.has("cron") ? "cron" : "cron_expression";
        String cron = map.requireString(key);
        checkCron(cron, map.positionOf(key));
        Map<String, Object> schedule = new LinkedHashMap<>();
        schedule.put("cron", cron.trim());
        for (String zoneKey : List.of("timezone", "time_zone", "cron_time_zone")) {
            map.string(zoneKey).ifPresent(zone -> {
                checkZone(zone, map.positionOf(zoneKey));
                schedule.put("timezone", zone);
            });
        }
        for (String neighbours : List.of("upstream", "downstream")) {
            map.bool(neighbours).ifPresent(wish -> schedule.put(neighbours, wish));
        }
        return schedule;
    }

    /** Some files write {@code cronExpression}. */
    private static YamlMap snakeCase(YamlMap map) {
        Map<String, YamlMap.Entry> entries = new LinkedHashMap<>();
        map.entries()
                .forEach((key, entry) ->
                        entries.put(key.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT), entry));
        return new YamlMap(entries, map.position());
    }

    private static void checkZone(String zone, Position at) {
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "unknown time zone '" + zone + "'",
                    at,
                    Suggestion.hint(zone, ZoneId.getAvailableZoneIds()),
                    e);
        }
    }

    private static void checkCron(String written, Position at) {
        String cron = written.trim().toLowerCase(Locale.ROOT);
        if (PRESETS.contains(cron) || EVERY.matcher(cron).matches()) {
            return;
        }
        if (cron.startsWith("@")) {
            throw wrong("unknown schedule '" + written + "'", at, Suggestion.hint(cron, PRESETS));
        }
        String[] fields = cron.split("\\s+");
        if (fields.length != FIELDS.size()) {
            throw wrong(
                    "the schedule '" + written + "' has " + fields.length + " fields, but cron has five",
                    at,
                    "Write minute, hour, day of month, month, day of week, such as '0 6 * * *', or a preset such as @daily.");
        }
        for (int i = 0; i < fields.length; i++) {
            CronField field = FIELDS.get(i);
            for (String part : fields[i].split(",", -1)) {
                if (!isValid(part, field)) {
                    throw wrong(
                            "'" + part + "' is no " + field.name() + " in the schedule '" + written + "'",
                            at,
                            "It goes from " + field.low() + " to " + field.high() + ", as 5, 1-5, */5 or 1,3,5.");
                }
            }
        }
    }

    private static boolean isValid(String part, CronField field) {
        String[] step = part.split("/", -1);
        if (step.length > 2 || (step.length == 2 && !(NUMBER.matcher(step[1]).matches() && number(step[1]) > 0))) {
            return false;
        }
        if (step[0].equals("*")) {
            return true;
        }
        String[] range = step[0].split("-", -1);
        if (range.length > 2) {
            return false;
        }
        int low = value(range[0], field);
        int high = value(range[range.length - 1], field);
        return low >= field.low() && high <= field.high() && low <= high;
    }

    private static int value(String text, CronField field) {
        int named = field.names().indexOf(text);
        if (named >= 0) {
            return named + field.low();
        }
        return NUMBER.matcher(text).matches() ? number(text) : -1;
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static MillraceException wrong(
            String message, Position at, @org.jspecify.annotations.Nullable String hint) {
        return new MillraceException(ErrorCode.CONFIG_INVALID, message, at, hint, null);
    }
}
