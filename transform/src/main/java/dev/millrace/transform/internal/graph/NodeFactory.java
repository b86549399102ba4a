package dev.millrace.transform.internal.graph;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.transform.internal.parse.ParsedProject;
import dev.millrace.transform.internal.resource.Exposure;
import dev.millrace.transform.internal.resource.Identity;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.SemanticNode;
import dev.millrace.transform.internal.resource.SourceTable;
import dev.millrace.transform.internal.resource.TestInfo;
import dev.millrace.transform.internal.resource.UnitTest;
import dev.millrace.transform.internal.resource.Version;
import dev.millrace.transform.internal.run.RunEnvironment;
import dev.millrace.transform.internal.run.Steps;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds a parsed project to the graph. */
public final class NodeFactory {
    private final ParsedProject parsed;
    private final Steps steps;
    private final RelationName anywhere;

    /** @param anywhere a relation in the target's warehouse and database */
    public NodeFactory(ParsedProject parsed, Steps steps, RelationName anywhere) {
        this.parsed = parsed;
        this.steps = steps;
        this.anywhere = anywhere;
    }

    public void addTo(GraphBuilder graph) {
        parsed.manifest().sources().values().forEach(source -> graph.add(node(source)));
        parsed.undeclared().forEach((id, call) -> {
            RelationName relation =
                    new RelationName(anywhere.warehouse(), anywhere.database(), call.source(), call.table());
            graph.addUndeclaredSource(Node.builder(id, call.position())
                    .name(call.table())
                    .fqn(List.of(id.project(), call.source(), call.table()))
                    .describes(relation)
                    .attributes(Map.of("source_name", call.source()))
                    .build());
        });
        parsed.manifest().resources().values().forEach(resource -> graph.add(node(resource, graph)));
        parsed.unitTests().forEach(test -> graph.add(node(test)));
        parsed.manifest().exposures().values().forEach(exposure -> graph.add(node(exposure)));
        parsed.manifest().semantics().values().forEach(node -> graph.add(node(node)));
        parsed.startHooks().forEach(hook -> graph.addStartHook(node(hook, graph)));
        parsed.endHooks().forEach(hook -> graph.addEndHook(node(hook, graph)));
    }

    /** The node, with what is wrong about its step among the problems of the graph. */
    private Node node(Resource resource, GraphBuilder graph) {
        Node.Builder builder = described(resource);
        try {
            steps.addTo(builder, resource);
        } catch (MillraceException e) {
            graph.problem(e);
        }
        return builder.build();
    }

    private Node.Builder described(Resource resource) {
        Node.Builder builder = builder(resource.identity())
                .tags(resource.config().tags())
                .description(resource.properties().description())
                .inputs(resource.dependencies().nodes())
                .config(config(resource))
                .attributes(attributes(resource));
        if (RunEnvironment.writes(resource)) {
            builder.writes(resource.relation());
        }
        if (resource.kind() == NodeKind.TEST) {
            builder.gate();
        }
        return builder;
    }

    private static Node.Builder builder(Identity identity) {
        return Node.builder(identity.id(), identity.position())
                .name(identity.version().isPresent() ? identity.id().name() : identity.name())
                .fqn(identity.fqn())
                .path(identity.originalPath());
    }

    private static Map<String, Object> config(Resource resource) {
        return withoutNulls(resource.config().values());
    }

    private static Map<String, Object> withoutNulls(Map<String, @Nullable Object> values) {
        Map<String, Object> known = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (value != null) {
                known.put(key, value);
            }
        });
        return known;
    }

    private static Map<String, Object> attributes(Resource resource) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("package_name", resource.packageName());
        attributes.put("original_file_path", resource.identity().originalPath());
        if (resource.config().has("group")) {
            attributes.put("group", resource.config().text("group", ""));
        }
        if (resource.kind() == NodeKind.MODEL) {
            attributes.put("access", resource.config().text("access", "protected"));
            attributes.put("version", Version.stage(resource.version(), resource.latestVersion()));
        }
        if (resource.kind() == NodeKind.TEST) {
            TestInfo test = resource.test();
            attributes.put("test_type", test == null ? "singular" : "generic");
            attributes.put("test_name", test == null ? resource.name() : test.name());
            if (test != null && test.columnName() != null) {
                attributes.put("column_name", test.columnName());
            }
        }
        return attributes;
    }

    private Node node(SourceTable source) {
        return builder(source.identity())
                .tags(source.tags())
                .description(source.properties().description())
                .describes(source.relation())
                .config(withoutNulls(source.config().values()))
                .attributes(Map.of(
                        "source_name",
                        source.sourceName(),
                        "package_name",
                        source.identity().packageName(),
                        "original_file_path",
                        source.identity().originalPath()))
                .build();
    }

    /** A unit test runs before its model, though it is below it in the graph: see {@link NodeKind#UNIT_TEST}. */
    private Node node(UnitTest test) {
        return builder(test.identity())
                .tags(test.config().tags())
                .description(test.description())
                .input(test.tested().id())
                .config(withoutNulls(test.config().values()))
                .attributes(Map.of(
                        "package_name",
                        test.identity().packageName(),
                        "original_file_path",
                        test.identity().originalPath(),
                        "test_type",
                        "unit",
                        "test_name",
                        test.identity().name()))
                .step(steps.of(test))
                .build();
    }

    private static Node node(SemanticNode node) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("package_name", node.identity().packageName());
        attributes.put("original_file_path", node.identity().originalPath());
        if (node.config().has("group")) {
            attributes.put("group", node.config().text("group", ""));
        }
        return builder(node.identity())
                .tags(node.texts("tags"))
                .description(node.description())
                .inputs(node.dependencies().nodes())
                .config(withoutNulls(node.config().values()))
                .attributes(attributes)
                .build();
    }

    private Node node(Exposure exposure) {
        return builder(exposure.identity())
                .tags(exposure.config().tags())
                .description(exposure.description())
                .inputs(exposure.dependencies().nodes())
                .config(withoutNulls(exposure.config().values()))
                .attributes(Map.of("package_name", exposure.identity().packageName()))
                .build();
    }
}
