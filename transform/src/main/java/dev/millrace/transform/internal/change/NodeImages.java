package dev.millrace.transform.internal.change;

import dev.millrace.core.graph.Dataset;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.transform.internal.artifact.NodeJson;
import dev.millrace.transform.internal.parse.ParsedProject;
import dev.millrace.transform.internal.resource.ColumnInfo;
import dev.millrace.transform.internal.resource.Exposure;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SourceTable;
import dev.millrace.transform.internal.resource.TestInfo;
import dev.millrace.transform.internal.resource.UnitTest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Takes the images of the nodes of a graph as they are now. Not thread-safe. */
public final class NodeImages {
    /** Compared as the relation, or of no consequence to what a node makes. */
    private static final Set<String> NO_CONFIG =
            Set.of("alias", "schema", "database", "tags", "group", "meta", "docs", "access", "description");

    private final ParsedProject parsed;
    private final MacroReach macros;
    private final Map<NodeId, UnitTest> unitTests = new HashMap<>();

    public NodeImages(ParsedProject parsed) {
        this.parsed = parsed;
        this.macros = new MacroReach(
                parsed.context().macros(), parsed.context().packages().keySet());
        parsed.unitTests().forEach(test -> unitTests.put(test.id(), test));
    }

    MacroReach macros() {
        return macros;
    }

    NodeImage of(Graph graph, Node node) {
        Map<String, String> inputs = new TreeMap<>();
        for (NodeId input : node.inputs()) {
            graph.node(input)
                    .flatMap(Node::relation)
                    .ifPresent(relation -> inputs.put(input.toString(), text(relation)));
        }
        return of(node, inputs);
    }

    /** @param inputs the relations of what it reads, by id */
    NodeImage of(Node node, Map<String, String> inputs) {
        String relation = node.relation().map(NodeImages::text).orElse("");
        Resource resource = parsed.manifest().resources().get(node.id());
        if (resource != null) {
            return of(resource, node.writesRelation() ? relation : "", inputs);
        }
        UnitTest test = unitTests.get(node.id());
        if (test != null) {
            String body = List.of(test.given(), test.expect(), test.overrides()).toString();
            return plain(Digests.of(body), test.config().values(), "", inputs);
        }
        SourceTable source = parsed.manifest().sources().get(node.id());
        if (source != null) {
            return plain("", source(source), relation, Map.of());
        }
        Exposure exposure = parsed.manifest().exposures().get(node.id());
        if (exposure != null) {
            return plain("", exposure.extra(), "", Map.of());
        }
        return plain("", described(node), relation, inputs);
    }

    private NodeImage of(Resource resource, String relation, Map<String, String> inputs) {
        boolean incremental =
                resource.kind() == NodeKind.MODEL && resource.materialized().equals("incremental");
        return new NodeImage(
                body(resource),
                config(resource.config().values()),
                contract(resource),
                macros.from(resource.dependencies().macros()),
                relation,
                inputs,
                Optional.empty(),
                incremental ? Optional.of(resource.code()) : Optional.empty());
    }

    private static NodeImage plain(
            String body, Map<String, ? extends @Nullable Object> config, String relation, Map<String, String> inputs) {
        return new NodeImage(
                body, config(config), Map.of(), Map.of(), relation, inputs, Optional.empty(), Optional.empty());
    }

    private static String body(Resource resource) {
        TestInfo test = resource.test();
        if (test != null) {
            return Digests.of(test.namespace() + "." + test.name() + new TreeMap<>(test.kwargs()));
        }
        return resource.kind() == NodeKind.SEED ? resource.checksum() : Digests.of(resource.code());
    }

    static Map<String, @Nullable Object> config(Map<String, ? extends @Nullable Object> values) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (!NO_CONFIG.contains(key)) {
                config.put(key, value);
            }
        });
        return config;
    }

    private static Map<String, @Nullable Object> contract(Resource resource) {
        if (!Boolean.TRUE.equals(resource.config().map("contract").get("enforced"))) {
            return Map.of();
        }
        Map<String, @Nullable Object> columns = new LinkedHashMap<>();
        for (ColumnInfo column : resource.properties().columns().values()) {
            String constraints = column.constraints().isEmpty() ? "" : " " + column.constraints();
            columns.put(column.name(), column.dataType() + constraints);
        }
        return columns;
    }

    private static Map<String, @Nullable Object> source(SourceTable source) {
        Map<String, @Nullable Object> config =
                new LinkedHashMap<>(source.config().values());
        Map<String, @Nullable Object> json = NodeJson.of(source, 0);
        for (String key : List.of("quoting", "freshness", "loaded_at_field", "loaded_at_query")) {
            config.put(key, json.get(key));
        }
        return config;
    }

    private static Map<String, @Nullable Object> described(Node node) {
        Map<String, @Nullable Object> config = new LinkedHashMap<>(node.config());
        config.put("reads", node.reads().stream().map(NodeImages::text).toList());
        config.put("sends", node.sends().stream().map(NodeImages::text).toList());
        return config;
    }

    private static String text(Dataset dataset) {
        return dataset + (dataset.fields().isEmpty() ? "" : " (" + String.join(", ", dataset.fields()) + ")");
    }

    static String text(RelationName relation) {
        return relation.database() + "." + relation.schema() + "." + relation.identifier();
    }
}
