package dev.millrace.transform.internal.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.transform.internal.parse.ParsedProject;
import dev.millrace.transform.internal.resource.Manifest;
import dev.millrace.transform.internal.resource.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A project beside the manifest.json of another state. Not thread-safe. */
public final class StateComparison {
    /** What can be asked of a node. */
    public static final List<String> CHECKS = List.of(
            "new",
            "old",
            "modified",
            "unmodified",
            "modified.body",
            "modified.configs",
            "modified.persisted_descriptions",
            "modified.relation",
            "modified.macros",
            "modified.contract");

    private final ParsedProject parsed;
    private final JsonNode before;
    private final ChangedMacros macros;
    private final Map<NodeId, Map<String, @Nullable Object>> now = new LinkedHashMap<>();

    /** @param before manifest.json */
    public StateComparison(ParsedProject parsed, JsonNode before) {
        this.parsed = parsed;
        this.before = before;
        this.macros = new ChangedMacros(
                parsed.context().macros(), parsed.context().packages().keySet(), before.path("macros"));
        // Through text and back, so that both sides are of the same types.
        JsonNode current = JsonReader.tree(new ManifestJson(parsed, Map.of()).toMap());
        Manifest manifest = parsed.manifest();
        manifest.resources().keySet().forEach(id -> keep(id, current.path("nodes")));
        manifest.sources().keySet().forEach(id -> keep(id, current.path("sources")));
        manifest.exposures().keySet().forEach(id -> keep(id, current.path("exposures")));
        manifest.semantics().keySet().forEach(id -> keep(id, current.path(part(id.kind()))));
    }

    private static String part(NodeKind kind) {
        return kind == NodeKind.SAVED_QUERY ? "saved_queries" : kind.key() + "s";
    }

    private void keep(NodeId id, JsonNode nodes) {
        now.put(id, JsonReader.map(nodes.path(id.toString())));
    }

    /** @param check one of {@link #CHECKS} */
    public boolean matches(NodeId id, String check) {
        Map<String, @Nullable Object> current = now.get(id);
        if (current == null) {
            return false;
        }
        JsonNode old = previous(id);
        if (old == null) {
            return !check.equals("old") && !check.equals("unmodified");
        }
        NodeComparison comparison = new NodeComparison(JsonReader.map(old), current);
        return switch (check) {
            case "new" -> false;
            case "old" -> true;
            case "modified" -> comparison.modified() || macrosChanged(id);
            case "unmodified" -> !comparison.modified() && !macrosChanged(id);
            case "modified.body" -> comparison.body();
            case "modified.configs" -> comparison.config();
            case "modified.persisted_descriptions" -> comparison.descriptions();
            case "modified.relation" -> comparison.relation();
            case "modified.macros" -> macrosChanged(id);
            case "modified.contract" -> comparison.contract();
            default -> throw new IllegalArgumentException(check);
        };
    }

    private @Nullable JsonNode previous(NodeId id) {
        for (String part :
                List.of("nodes", "sources", "exposures", "unit_tests", "metrics", "semantic_models", "saved_queries")) {
            JsonNode node = before.path(part).get(id.toString());
            if (node != null) {
                return node;
            }
        }
        return null;
    }

    private boolean macrosChanged(NodeId id) {
        Resource resource = parsed.manifest().resources().get(id);
        return resource != null && macros.reachedFrom(resource.dependencies().macros());
    }
}
