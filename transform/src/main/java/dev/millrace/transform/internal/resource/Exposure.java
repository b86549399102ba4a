package dev.millrace.transform.internal.resource;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A use of models outside the project, as a YAML file describes it. */
public record Exposure(
        Identity identity,
        String description,
        Config config,
        Dependencies dependencies,
        Map<String, @Nullable Object> extra) {
    public Exposure with(Dependencies resolved) {
        return new Exposure(identity, description, config, resolved, extra);
    }
}
