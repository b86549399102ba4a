package dev.millrace.orchestrate.internal.schedule;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Suggestion;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what people write as a schedule. */
public final class Schedules {
    private static final Map<String, String> PRESETS = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@quarterly", "0 0 1 1,4,7,10 *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");
    private static final List<String> OTHERS =
            List.of("@manual", "manual", "none", "@none", "@once", "@continuous", "continuous", "@every 15m");
    private static final String EVERY = "@every";

    private Schedules() {}

    /** By hand only. */
    public static Schedule manual() {
        return new Schedule.Manual("@manual", ZoneOffset.UTC);
    }

    /**
     * @param written a cron expression of five fields, or a preset
     * @throws MillraceException CONFIG_INVALID at {@code at}
     */
    public static Schedule parse(String written, ZoneId zone, Position at) {
        String text = written.trim();
        String lower = text.toLowerCase(Locale.ROOT);
        switch (lower) {
            case "@manual", "manual", "none", "@none" -> {
                return new Schedule.Manual(text, zone);
            }
            case "@once" -> {
                return new Schedule.Once(text, zone);
            }
            case "@continuous", "continuous" -> {
                return new Schedule.Continuous(text, zone);
            }
            default -> {
                if (lower.startsWith(EVERY)) {
                    return new Schedule.Every(
                            text,
                            zone,
                            Durations.parse(text.substring(EVERY.length()).trim(), at));
                }
            }
        }
        String expression = PRESETS.get(lower);
        if (expression == null) {
            if (lower.startsWith("@")) {
                List<String> known = new ArrayList<>(PRESETS.keySet());
                known.addAll(OTHERS);
                throw invalid("unknown schedule '" + written + "'", at, Suggestion.hint(lower, known), null);
            }
            expression = text;
        }
        return new Schedule.Cron(text, zone, ticks(expression, zone, at));
    }

    private static CronTicks ticks(String expression, ZoneId zone, Position at) {
        String advice =
                "Write minute, hour, day of month, month, day of week, such as '0 6 * * *', or a preset such as @daily.";
        try {
            Cron cron = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(expression);
            cron.validate();
            ZonedDateTime anyDay = ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
            if (ExecutionTime.forCron(cron).nextExecution(anyDay).isEmpty()) {
                throw invalid("the schedule '" + expression + "' never comes", at, advice, null);
            }
            return new CronTicks(cron, expression.trim().split("\\s+")[1], zone);
        } catch (IllegalArgumentException e) {
            throw invalid("'" + expression + "' is no cron expression: " + e.getMessage(), at, advice, e);
        }
    }

    /** @throws MillraceException CONFIG_INVALID at {@code at} */
    public static ZoneId zone(String name, Position at) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw invalid(
                    "unknown time zone '" + name + "'", at, Suggestion.hint(name, ZoneId.getAvailableZoneIds()), e);
        }
    }

    private static MillraceException invalid(
            String message, Position at, @Nullable String hint, @Nullable Exception cause) {
        return new MillraceException(ErrorCode.CONFIG_INVALID, message, at, hint, cause);
    }
}
