package dev.millrace.orchestrate.internal.config;

import dev.millrace.core.Position;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.orchestrate.internal.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as it is written.
 *
 * @param start intervals begin no earlier; empty means when the pipeline is first seen
 * @param end intervals begin before it
 * @param catchup whether every interval that was missed runs, or only the last one
 * @param maxActiveRuns how many of its runs may be under way at once
 * @param timeout of a whole run
 * @param alerts who hears how runs end, not rendered; empty means the project's
 * @param implicit whether a node's schedule makes it
 */
public record Pipeline(
        String name,
        String description,
        Schedule schedule,
        Optional<Instant> start,
        Optional<Instant> end,
        boolean catchup,
        int maxActiveRuns,
        Optional<Duration> timeout,
        Map<String, @Nullable Object> vars,
        List<PipelineStep> steps,
        Optional<YamlMap> alerts,
        boolean implicit,
        Position position) {
    public Pipeline {
        vars = Collections.unmodifiableMap(new LinkedHashMap<>(vars));
        steps = List.copyOf(steps);
    }
}
