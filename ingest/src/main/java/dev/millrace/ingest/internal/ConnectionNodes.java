package dev.millrace.ingest.internal;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Problems;
import dev.millrace.core.Suggestion;
import dev.millrace.core.graph.Dataset;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.NodePolicy;
import dev.millrace.core.graph.Status;
import dev.millrace.core.graph.StepResult;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.Target;
import dev.millrace.ingest.source.Source;
import dev.millrace.ingest.source.SourceColumn;
import dev.millrace.ingest.source.SourceStream;
import dev.millrace.ingest.source.SourceType;
import dev.millrace.warehouse.Warehouses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Makes the nodes of all connections of a project. Used once. */
public final class ConnectionNodes {
    private static final NodePolicy POLICY = NodePolicy.DEFAULT.withRetries(2, Duration.ofSeconds(1));

    private final Project project;
    private final GraphBuilder graph;
    private final Warehouses warehouses;
    private final SourceCatalog catalog;
    private final Set<String> provided = new HashSet<>();
    /** The relations that other layers write. */
    private final Set<String> elsewhere = new HashSet<>();

    private final Set<NodeId> ids = new HashSet<>();

    public ConnectionNodes(
            Project project, GraphBuilder graph, Warehouses warehouses, Collection<SourceType> sourceTypes) {
        this.project = project;
        this.graph = graph;
        this.warehouses = warehouses;
        this.catalog = new SourceCatalog(project, sourceTypes);
    }

    /** A connection with what its names mean. */
    private record Open(ConnectionSpec spec, Source source, Target target, Landing landing, StreamPlanner planner) {}

    /**
     * Adds a node per stream.
     *
     * @throws MillraceException with everything that is wrong with the connections
     */
    public void add() {
        Optional<dev.millrace.core.yaml.YamlMap> file =
                project.file("connections.yml").or(() -> project.file("connections.yaml"));
        if (file.isEmpty()) {
            return;
        }
        for (Node node : graph.nodes()) {
            if (node.writesRelation()) {
                elsewhere.add(node.relation().orElseThrow().key());
            }
        }
        provided.addAll(elsewhere);
        Problems problems = new Problems();
        List<Open> connections = new ArrayList<>();
        for (ConnectionSpec spec : ConnectionsFile.read(project.render(file.get()))) {
            problems.collect(() -> connections.add(open(spec)));
        }
        Map<Open, List<StreamPlan>> plans = new LinkedHashMap<>();
        connections.forEach(connection -> plans.put(connection, List.of()));
        List<Open> unknown = new ArrayList<>();
        List<Open> byModels = new ArrayList<>();
        // First those that say by themselves what they write; what models read besides is left to the others.
        for (Open connection : connections) {
            problems.collect(() -> {
                if (connection.spec().streams().isPresent()) {
                    plans.put(connection, provide(named(connection)));
                } else if (connection.source().readsEverything()) {
                    offered(connection)
                            .ifPresentOrElse(
                                    found -> plans.put(connection, provide(found)), () -> unknown.add(connection));
                } else {
                    byModels.add(connection);
                }
            });
        }
        for (Open connection : unknown) {
            plans.put(
                    connection,
                    provide(connection.landing().wanted(provided).stream()
                            .map(connection.planner()::plan)
                            .toList()));
        }
        for (Open connection : byModels) {
            problems.collect(() -> plans.put(connection, provide(asked(connection))));
        }
        problems.throwIfAny();
        plans.forEach(this::addNodes);
    }

    private Open open(ConnectionSpec spec) {
        Source source = catalog.source(spec.source(), spec.sourceAt());
        Target target = project.warehouse(spec.destination(), spec.destinationAt());
        Landing landing = new Landing(graph, spec, warehouses, target);
        return new Open(spec, source, target, landing, new StreamPlanner(spec, source, landing::table));
    }

    private List<StreamPlan> provide(List<StreamPlan> plans) {
        plans.forEach(plan -> provided.add(plan.relation().key()));
        return plans;
    }

    private List<StreamPlan> named(Open connection) {
        List<StreamSpec> specs = connection.spec().streams().orElseThrow();
        Optional<List<SourceStream>> offered = catalog.streams(
                connection.spec().source(),
                connection.source(),
                specs.stream().map(StreamSpec::name).toList());
        Problems problems = new Problems();
        List<StreamPlan> plans = new ArrayList<>();
        for (StreamSpec spec : specs) {
            problems.collect(() ->
                    plans.add(connection.planner().plan(spec, offered.map(all -> find(connection.spec(), spec, all)))));
        }
        problems.throwIfAny();
        return plans;
    }

    private static SourceStream find(ConnectionSpec connection, StreamSpec spec, List<SourceStream> offered) {
        List<SourceStream> inNamespace = offered.stream()
                .filter(stream ->
                        spec.namespace().map(stream.namespace()::equals).orElse(true))
                .toList();
        return inNamespace.stream()
                .filter(stream -> stream.name().equals(spec.name()))
                .findFirst()
                .or(() -> inNamespace.stream()
                        .filter(stream -> stream.name().equalsIgnoreCase(spec.name()))
                        .findFirst())
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.STREAM_NOT_FOUND,
                        "source '" + connection.source() + "' has no stream '"
                                + spec.namespace().map(one -> one + ".").orElse("") + spec.name() + "'",
                        spec.position(),
                        Suggestion.hint(
                                spec.name(),
                                offered.stream().map(SourceStream::name).toList()),
                        null));
    }

    private Optional<List<StreamPlan>> offered(Open connection) {
        return catalog.streams(connection.spec().source(), connection.source(), List.of())
                .map(all -> {
                    Problems problems = new Problems();
                    List<StreamPlan> plans = new ArrayList<>();
                    all.stream()
                            .filter(SourceStream::included)
                            .forEach(stream -> problems.collect(
                                    () -> plans.add(connection.planner().plan(stream))));
                    problems.throwIfAny();
                    // What change data capture or another layer already writes is left to it.
                    plans.removeIf(plan -> elsewhere.contains(plan.relation().key()));
                    return plans;
                });
    }

    private List<StreamPlan> asked(Open connection) {
        List<String> names = connection.landing().wanted(provided);
        if (names.isEmpty()) {
            return List.of();
        }
        return catalog.streams(connection.spec().source(), connection.source(), names)
                .map(all -> all.stream()
                        .filter(stream -> names.stream().anyMatch(stream.name()::equalsIgnoreCase))
                        .map(connection.planner()::plan)
                        .toList())
                .orElseGet(() -> names.stream().map(connection.planner()::plan).toList());
    }

    private void addNodes(Open connection, List<StreamPlan> plans) {
        if (plans.isEmpty()) {
            graph.add(empty(connection));
        }
        plans.forEach(plan -> graph.add(node(connection, plan)));
    }

    /** A connection that reads nothing still has a node, so that the run can say so. */
    private Node empty(Open connection) {
        ConnectionSpec spec = connection.spec();
        String why = connection.source().readsEverything()
                ? "source '" + spec.source() + "' has no table that can be read"
                : "no model reads a source in schema '" + spec.schema() + "' that '" + spec.source() + "' has";
        return Node.builder(new NodeId(NodeKind.CONNECTION, project.name(), spec.name()), spec.position())
                .fqn(List.of(project.name(), spec.name()))
                .tags(spec.tags())
                .description(spec.description())
                .config(Map.of("source", spec.source(), "destination", spec.destination(), "note", why))
                .attributes(Map.of("source_name", spec.source()))
                .step(context -> new StepResult(
                        Status.WARN,
                        "nothing to read: " + why + "; name what to read under 'streams:'",
                        OptionalLong.of(0),
                        OptionalLong.empty(),
                        Map.of()))
                .build();
    }

    private Node node(Open connection, StreamPlan plan) {
        ConnectionSpec spec = connection.spec();
        NodeId id = new NodeId(NodeKind.CONNECTION, project.name(), spec.name() + "." + plan.name());
        if (!ids.add(id)) {
            id = new NodeId(NodeKind.CONNECTION, project.name(), spec.name() + "." + plan.qualifiedName());
        }
        List<String> fields = plan.columns().isEmpty()
                ? plan.stream()
                        .map(stream -> stream.columns().stream()
                                .map(SourceColumn::name)
                                .toList())
                        .orElse(List.of())
                : plan.columns();
        return Node.builder(id, plan.position())
                .name(plan.name())
                .fqn(List.of(project.name(), spec.name(), plan.name()))
                .tags(spec.tags())
                .description(spec.description())
                .writes(plan.relation())
                .reads(new Dataset(spec.source(), plan.qualifiedName(), fields))
                .policy(POLICY)
                .config(config(plan))
                .attributes(Map.of("source_name", spec.source(), "connection", spec.name(), "stream", plan.name()))
                .step(new StreamStep(
                        id, project, plan, connection.planner(), connection.source(), warehouses, connection.target()))
                .build();
    }

    private static Map<String, Object> config(StreamPlan plan) {
        ConnectionSpec spec = plan.connection();
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("source", spec.source());
        config.put("destination", spec.destination());
        config.put("schema", spec.schema());
        if (!spec.schedule().isEmpty()) {
            config.put("schedule", spec.schedule());
        }
        config.put("sync_mode", plan.syncMode().key());
        config.put("destination_sync_mode", plan.destinationMode().key());
        plan.cursor().ifPresent(cursor -> config.put("cursor_field", cursor));
        config.put("primary_key", plan.primaryKey());
        config.put("on_schema_change", spec.schemaPolicy().key());
        if (!plan.notes().isEmpty()) {
            config.put("note", String.join("; ", plan.notes()));
        }
        return config;
    }
}
