package dev.millrace.orchestrate.internal.config;

import dev.millrace.core.graph.NodePolicy;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.orchestrate.internal.schedule.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Retries and limits as they are written; empty means not said. */
public record StepPolicy(OptionalInt retries, Optional<Duration> retryDelay, Optional<Duration> timeout) {
    static final StepPolicy SILENT = new StepPolicy(OptionalInt.empty(), Optional.empty(), Optional.empty());

    /** @param rendered may hold {@code retries}, {@code retry_delay} and {@code timeout} */
    static StepPolicy read(YamlMap rendered) {
        OptionalInt retries = Numbers.atLeast(rendered, "retries", 0);
        return new StepPolicy(retries, duration(rendered, "retry_delay"), duration(rendered, "timeout"));
    }

    static Optional<Duration> duration(YamlMap map, String key) {
        return map.get(key)
                .map(node -> Durations.parse(
                        node instanceof YamlScalar scalar ? scalar.text() : map.requireString(key), node.position()));
    }

    StepPolicy orElse(StepPolicy other) {
        return new StepPolicy(
                retries.isPresent() ? retries : other.retries,
                retryDelay.or(() -> other.retryDelay),
                timeout.or(() -> other.timeout));
    }

    /** A node's own policy with what this one says. */
    public NodePolicy over(NodePolicy own) {
        return new NodePolicy(
                retries.orElse(own.retries()), retryDelay.orElse(own.retryDelay()), timeout.or(own::timeout));
    }
}
