package dev.millrace.stream.internal.delta;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.delta.DeltaTable;
import dev.millrace.warehouse.model.Interval;
import dev.millrace.warehouse.model.Model;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where and how a model is written as a Delta table.
 *
 * @param interval between two commits of a model that is kept running
 * @param retention how long files that the table no longer consists of are kept
 */
public record DeltaConfig(Path location, List<String> partitionBy, Duration interval, Duration retention) {
    /**
     * Empty for a model that does not say {@code format='delta'}.
     *
     * @throws MillraceException CONFIG_MISSING or CONFIG_INVALID at the key
     */
    public static Optional<DeltaConfig> of(Model model) {
        if (!"delta".equals(model.config().get("format"))) {
            return Optional.empty();
        }
        Object location = model.config().get("location");
        if (location == null) {
            throw new MillraceException(
                    ErrorCode.CONFIG_MISSING,
                    "format='delta' needs a location",
                    model.positionOf("format"),
                    "Name the folder of the Delta table: location='lake/"
                            + model.id().name() + "'.",
                    null);
        }
        return Optional.of(new DeltaConfig(
                folder(model, String.valueOf(location)),
                partitions(model.config().get("partition_by")),
                interval(model, "delta_interval", Duration.ofSeconds(10)),
                interval(model, "delta_retention", Duration.ofDays(7))));
    }

    private static Path folder(Model model, String location) {
        if (location.startsWith("file:")) {
            return Path.of(URI.create(location));
        }
        if (location.contains("://")) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "location cannot be '" + location + "'",
                    model.positionOf("location"),
                    "Delta tables are written to folders of this machine, also mounted ones.",
                    null);
        }
        return model.projectFolder().resolve(location);
    }

    private static List<String> partitions(@org.jspecify.annotations.Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).toList();
        }
        return value == null ? List.of() : List.of(String.valueOf(value));
    }

    private static Duration interval(Model model, String key, Duration fallback) {
        Object value = model.config().get(key);
        return value == null ? fallback : Interval.parse(key, String.valueOf(value), model.positionOf(key));
    }

    DeltaTable table() {
        return DeltaTable.at(location);
    }
}
