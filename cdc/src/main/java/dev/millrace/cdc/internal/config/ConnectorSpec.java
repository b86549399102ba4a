package dev.millrace.cdc.internal.config;

import dev.millrace.core.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A connector as its file says it.
 *
 * @param config Debezium's properties, without those beginning with {@code millrace.}
 * @param options those beginning with {@code millrace.}, without that prefix
 * @param positions where the value of each property stands, by its full name
 * @param source the name of an entry under {@code sources:} of millrace.yml, if the resource gives one
 * @param position of the resource
 */
public record ConnectorSpec(
        String name,
        DatabaseKind kind,
        Map<String, String> config,
        Map<String, String> options,
        Map<String, Position> positions,
        Optional<String> source,
        RunState state,
        Position position) {
    public ConnectorSpec {
        config = new LinkedHashMap<>(config);
        options = new LinkedHashMap<>(options);
        positions = new LinkedHashMap<>(positions);
    }

    /** A property that is there and not blank. */
    public Optional<String> value(String key) {
        return Optional.ofNullable(config.get(key)).map(String::trim).filter(text -> !text.isEmpty());
    }

    /** Where the property stands, or else the resource. */
    public Position at(String key) {
        return positions.getOrDefault(key, position);
    }
}
