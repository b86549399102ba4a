package dev.millrace.stream.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.stream.internal.delta.DeltaConfig;
import dev.millrace.warehouse.model.Interval;
import dev.millrace.warehouse.model.Model;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a streaming model is configured to do.
 *
 * @param watermark how far the watermark stays behind the events; empty: windows never close
 * @param dropsLate whether events of closed windows are only counted
 * @param positionColumn the column of the input that grows from commit to commit
 * @param delta where it is a Delta table too
 * @param idleTimeout after which a partition without events no longer holds the watermark back
 */
public record StreamConfig(
        Optional<Duration> watermark,
        boolean dropsLate,
        Duration trigger,
        Duration idleTimeout,
        String positionColumn,
        Optional<DeltaConfig> delta) {
    private static final String DEFAULT_POSITION = "_millrace_batch_id";

    /** @throws MillraceException CONFIG_INVALID at the key that is wrong */
    public static StreamConfig of(Model model) {
        Map<String, Object> config = model.config();
        refuse(model, "unique_key", "windows are told apart by the query's groups");
        for (String hook : List.of("pre-hook", "post-hook")) {
            if (config.get(hook) instanceof List<?> hooks && !hooks.isEmpty()) {
                throw invalid(
                        model, hook.replace('-', '_'), hook + " is not supported by streaming models", "Leave it out.");
            }
        }
        Optional<Duration> watermark = interval(model, "watermark");
        Object late = config.getOrDefault("late", "drop");
        if (!late.equals("drop") && !late.equals("update")) {
            throw invalid(model, "late", "late cannot be '" + late + "'", "Use 'drop' or 'update'.");
        }
        return new StreamConfig(
                watermark,
                watermark.isPresent() && late.equals("drop"),
                interval(model, "trigger").orElse(Duration.ofSeconds(1)),
                interval(model, "idle_timeout").orElse(Duration.ofMinutes(5)),
                String.valueOf(config.getOrDefault("position_column", DEFAULT_POSITION)),
                DeltaConfig.of(model));
    }

    private static Optional<Duration> interval(Model model, String key) {
        Object value = model.config().get(key);
        return value == null
                ? Optional.empty()
                : Optional.of(Interval.parse(key, String.valueOf(value), model.positionOf(key)));
    }

    private static void refuse(Model model, String key, String why) {
        if (model.config().get(key) != null) {
            throw invalid(model, key, "a streaming model has no " + key + ": " + why, "Leave it out.");
        }
    }

    private static MillraceException invalid(Model model, String key, String message, String hint) {
        return new MillraceException(ErrorCode.CONFIG_INVALID, message, model.positionOf(key), hint, null);
    }
}
