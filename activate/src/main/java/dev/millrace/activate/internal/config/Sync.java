package dev.millrace.activate.internal.config;

import dev.millrace.core.Position;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Target;
import dev.millrace.core.yaml.YamlMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One sync of syncs.yml.
 *
 * @param mapping in file order; at least one
 * @param keys the mapped fields that together identify a record, if the file says which; otherwise the destination
 *     tells
 * @param config what the file says, as plain values
 */
public record Sync(
        String name,
        Position position,
        Source source,
        Service destination,
        List<MappedField> mapping,
        List<MappedField> keys,
        Options options,
        Map<String, Object> config) {
    public Sync {
        mapping = List.copyOf(mapping);
        keys = List.copyOf(keys);
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }

    /**
     * Where the rows come from.
     *
     * @param target of the logical warehouse the model is in
     */
    public record Source(NodeId node, RelationName relation, Target target, Position position) {}

    /**
     * Where they go.
     *
     * @param name under {@code destinations:} or {@code sources:} of millrace.yml
     * @param settings of that entry as written, with templates not yet rendered
     * @param object empty if the destination has none
     * @param more what the sync says besides of how to go there; templates over a record are as written
     */
    public record Service(
            String name,
            String type,
            YamlMap settings,
            Position position,
            String object,
            Position objectPosition,
            YamlMap more) {
        @Override
        public String toString() {
            return object.isEmpty() ? name : name + ":" + object;
        }
    }

    /**
     * How they go there.
     *
     * @param batchSize records per request at most
     * @param maxRejected how many rejected rows are still only a warning; empty means any number
     * @param allowEmpty whether a mirror may delete every record because the model has no rows
     */
    public record Options(
            SyncMode mode,
            int batchSize,
            OptionalLong maxRejected,
            boolean allowEmpty,
            boolean dryRun,
            int retries,
            List<String> tags,
            String description) {
        public Options {
            tags = List.copyOf(tags);
        }
    }
}
