package dev.millrace.events.internal.config;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Problems;
import dev.millrace.core.graph.Dataset;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.NodePolicy;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.Target;
import dev.millrace.events.internal.kafka.KafkaSettings;
import dev.millrace.events.internal.land.TopicPlan;
import dev.millrace.events.internal.land.TopicStep;
import dev.millrace.events.internal.land.TypeNames;
import dev.millrace.warehouse.Warehouses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Makes the nodes of all topics of a project. Used once. */
public final class TopicNodes {
    private static final String DEFAULT_SCHEMA = "raw";
    private static final NodePolicy POLICY = NodePolicy.DEFAULT.withRetries(2, Duration.ofSeconds(1));

    private final Project project;
    private final GraphBuilder graph;
    private final Warehouses warehouses;
    private final Function<KafkaSettings, String> servers;

    /** @param servers where a cluster is; called when a step runs */
    public TopicNodes(
            Project project, GraphBuilder graph, Warehouses warehouses, Function<KafkaSettings, String> servers) {
        this.project = project;
        this.graph = graph;
        this.warehouses = warehouses;
        this.servers = servers;
    }

    /** The clusters of the project's Kafka sources, in the order of the file. */
    public static List<KafkaSettings> clusters(Project project) {
        return KafkaSources.read(project).stream().map(SourceSpec::settings).toList();
    }

    /**
     * Adds a node per topic that is listed or that models read.
     *
     * @throws MillraceException with everything that is wrong with the sources
     */
    public void add() {
        Problems problems = new Problems();
        for (SourceSpec source : KafkaSources.read(project)) {
            problems.collect(() -> add(source));
        }
        problems.throwIfAny();
    }

    private void add(SourceSpec source) {
        Target target = source.destination()
                .map(profile -> project.warehouse(profile, source.destinationAt()))
                .orElse(project.target());
        Problems problems = new Problems();
        Set<String> names = new LinkedHashSet<>();
        for (TopicSpec topic : source.topics()) {
            problems.collect(() -> {
                if (!names.add(topic.name())) {
                    throw new MillraceException(
                            ErrorCode.NODE_DUPLICATE,
                            "topic '" + topic.name() + "' is listed twice",
                            topic.position(),
                            "Remove one of the two.",
                            null);
                }
                graph.add(node(source, topic, target));
            });
        }
        problems.throwIfAny();
        for (TopicSpec topic : unlisted(source, target)) {
            if (names.add(topic.name())) {
                graph.add(node(source, topic, target));
            }
        }
    }

    /** The topics that models read by the source's own name. */
    private List<TopicSpec> unlisted(SourceSpec source, Target target) {
        Set<String> tables = new LinkedHashSet<>();
        source.topics().forEach(topic -> tables.add(table(topic).toLowerCase(Locale.ROOT)));
        List<TopicSpec> topics = new ArrayList<>();
        for (Node node : List.copyOf(graph.nodes())) {
            if (isCalled(node, source, target)) {
                String name = identifier(node);
                boolean meansRejected = name.endsWith("__rejected");
                if (!meansRejected && tables.add(name.toLowerCase(Locale.ROOT))) {
                    topics.add(SourceReader.named(
                            name, source.unlisted(), source.settings().position()));
                }
            }
        }
        return topics;
    }

    private boolean isCalled(Node node, SourceSpec source, Target target) {
        return node.kind() == NodeKind.SOURCE
                && source.name().equals(node.attributes().get("source_name"))
                && node.relation()
                        .filter(relation -> relation.warehouse()
                                .equals(warehouses.relation(target, "", "").warehouse()))
                        .isPresent();
    }

    private static String identifier(Node node) {
        return node.relation().map(RelationName::identifier).orElse(node.name());
    }

    private static String table(TopicSpec topic) {
        return topic.table().orElse(topic.name());
    }

    /**
     * Where a topic lands: in the schema that is named, else in {@code raw}; or, if no model reads it from there, where
     * dbt says that a source of the Kafka source's own name stands.
     */
    private RelationName relation(SourceSpec source, TopicSpec topic, Target target) {
        RelationName usual = warehouses.relation(target, topic.schema().orElse(DEFAULT_SCHEMA), table(topic));
        if (topic.schema().isPresent()) {
            return usual;
        }
        RelationName called = usual;
        for (Node node : graph.nodes()) {
            if (node.kind() != NodeKind.SOURCE) {
                continue;
            }
            if (node.relation().filter(one -> one.key().equals(usual.key())).isPresent()) {
                return usual;
            }
            if (isCalled(node, source, target) && identifier(node).equalsIgnoreCase(table(topic))) {
                called = node.relation().orElse(usual);
            }
        }
        return called;
    }

    private Node node(SourceSpec source, TopicSpec topic, Target target) {
        KafkaSettings settings = source.settings();
        NodeId id = new NodeId(NodeKind.TOPIC, project.name(), source.name() + "." + topic.name());
        Position at = topic.position();
        TopicPlan plan = new TopicPlan(
                settings,
                topic.name(),
                relation(source, topic, target),
                topic.columns(),
                topic.key(),
                topic.fromLatest(),
                topic.restartsWhenLost(),
                topic.trigger(),
                id.toString(),
                at);
        return Node.builder(id, at)
                .name(topic.name())
                .fqn(List.of(project.name(), source.name(), topic.name()))
                .tags(topic.tags())
                .description(topic.description())
                .writes(plan.relation())
                .reads(new Dataset(
                        source.name(), topic.name(), List.copyOf(topic.columns().keySet())))
                .policy(POLICY)
                .trigger(topic.trigger())
                .config(config(source, topic, plan))
                .attributes(Map.of("source_name", source.name(), "topic", topic.name()))
                .step(new TopicStep(
                        plan,
                        () -> warehouses.warehouse(target),
                        () -> servers.apply(settings),
                        project.invocation().fullRefresh()))
                .build();
    }

    private static Map<String, Object> config(SourceSpec source, TopicSpec topic, TopicPlan plan) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("source", source.name());
        config.put("topic", topic.name());
        config.put("schema", plan.relation().schema());
        config.put("format", "json");
        config.put("start", topic.fromLatest() ? "latest" : "earliest");
        config.put("on_lost_offsets", topic.restartsWhenLost() ? "restart" : "fail");
        config.put("trigger_ms", topic.trigger().toMillis());
        Map<String, Object> columns = new LinkedHashMap<>();
        topic.columns().forEach((field, type) -> columns.put(field, TypeNames.name(type)));
        config.put("columns", columns);
        return config;
    }
}
