package dev.millrace.transform.internal.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A use of models outside the project, as a YAML file describes it. */
public record Exposure(
        Identity identity,
        String description,
        Config config,
        Dependencies dependencies,
        Map<String, @Nullable Object> extra) {
    /** The names of the metrics that it uses. */
    public List<String> metrics() {
        List<String> names = new ArrayList<>();
        if (extra.get("metrics") instanceof List<?> metrics) {
            metrics.forEach(metric -> names.add(String.valueOf(metric instanceof List<?> path ? path.get(0) : metric)));
        }
        return names;
    }

    public Exposure with(Dependencies resolved) {
        return new Exposure(identity, description, config, resolved, extra);
    }
}
