package dev.millrace.transform.internal.resource;

import dev.millrace.core.graph.NodeId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A semantic model, a metric or a saved query, as a YAML file describes it
 * (docs.getdbt.com/docs/build/semantic-models).
 *
 * @param body what only its kind has, in the form of dbt's manifest
 */
public record SemanticNode(
        Identity identity,
        String description,
        Config config,
        Dependencies dependencies,
        Map<String, @Nullable Object> body) {
    public NodeId id() {
        return identity.id();
    }

    public SemanticNode with(Dependencies resolved, Map<String, @Nullable Object> completed) {
        return new SemanticNode(identity, description, config, resolved, completed);
    }

    /** The texts of a list of {@code body}. */
    public List<String> texts(String key) {
        return body.get(key) instanceof List<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }
}
