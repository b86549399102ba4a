package dev.millrace.transform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.RelationName;
import dev.millrace.transform.internal.run.InputReading;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The relations of a state that stand in for what is not selected and (unless the state is favoured) does not exist
 * (docs.getdbt.com/reference/node-selection/defer). Immutable.
 */
public final class Deferral {
    private final InputReading.Deferred relations;

    private Deferral(InputReading.Deferred relations) {
        this.relations = relations;
    }

    static Deferral of(JsonNode manifest, Collection<NodeId> selected, boolean favorState) {
        Map<String, RelationName> relations = new LinkedHashMap<>();
        manifest.path("nodes").properties().forEach(entry -> {
            JsonNode node = entry.getValue();
            if (node.path("relation_name").isTextual()) {
                relations.put(
                        entry.getKey(),
                        new RelationName(
                                "",
                                node.path("database").asText(),
                                node.path("schema").asText(),
                                node.path("alias").asText(node.path("name").asText())));
            }
        });
        return new Deferral(new InputReading.Deferred(
                relations, selected.stream().map(NodeId::toString).collect(Collectors.toSet()), favorState));
    }

    InputReading.Deferred relations() {
        return relations;
    }
}
