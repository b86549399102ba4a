package dev.millrace.transform.internal.artifact;

import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.RefArgs;
import dev.millrace.transform.internal.resource.SemanticNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Semantic models, metrics and saved queries in the form of dbt's manifest, version 12. */
public final class SemanticJson {
    private SemanticJson() {}

    /** @param createdAt seconds since 1970 */
    public static Map<String, @Nullable Object> of(SemanticNode node, double createdAt) {
        Identity identity = node.identity();
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", identity.name());
        json.put("resource_type", identity.kind().key());
        json.put("package_name", identity.packageName());
        json.put("path", identity.path());
        json.put("original_file_path", identity.originalPath());
        json.put("unique_id", identity.id().toString());
        json.put("fqn", identity.fqn());
        json.put(
                "description",
                identity.kind() != NodeKind.METRIC && node.description().isEmpty() ? null : node.description());
        json.putAll(node.body());
        json.put("metadata", null);
        json.put("config", node.config().values());
        json.put("unrendered_config", Map.of());
        json.put("group", node.config().get("group"));
        json.put("refs", refs(node));
        json.put(
                "depends_on",
                Map.of(
                        "macros",
                        List.of(),
                        "nodes",
                        node.dependencies().nodes().stream()
                                .map(NodeId::toString)
                                .toList()));
        json.put("created_at", createdAt);
        return json;
    }

    /** All of one kind by their unique ids. */
    public static Map<String, Object> all(Iterable<SemanticNode> nodes, NodeKind kind, double createdAt) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (SemanticNode node : nodes) {
            if (node.identity().kind() == kind) {
                json.put(node.id().toString(), of(node, createdAt));
            }
        }
        return json;
    }

    private static List<Map<String, @Nullable Object>> refs(SemanticNode node) {
        List<Map<String, @Nullable Object>> refs = new ArrayList<>();
        for (RefArgs ref : node.dependencies().refs()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", ref.name());
            one.put("package", ref.packageName());
            one.put("version", ref.version());
            refs.add(one);
        }
        return refs;
    }
}
