package dev.millrace.cdc.internal;

import dev.millrace.cdc.internal.apply.Destination;
import dev.millrace.cdc.internal.config.ConnectorSpec;
import dev.millrace.cdc.internal.config.RunState;
import dev.millrace.cdc.internal.config.TableId;
import dev.millrace.cdc.internal.config.TablePattern;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Dataset;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.NodePolicy;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.graph.StepResult;
import dev.millrace.core.project.Project;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the nodes of connectors: one that does the work, and one for each table that it writes. */
public final class ConnectorNodes {
    private static final NodePolicy POLICY = NodePolicy.DEFAULT.withRetries(3, Duration.ofSeconds(1));

    /** Those that need to know the tables for certain. */
    private static final Set<String> ASKING_COMMANDS = Set.of("build", "ingest", "up", "debug");

    private final Project project;
    private final GraphBuilder graph;

    public ConnectorNodes(Project project, GraphBuilder graph) {
        this.project = project;
        this.graph = graph;
    }

    public void add(Connector connector) {
        ConnectorSpec spec = connector.spec();
        NodeId id = new NodeId(NodeKind.CDC, project.name(), spec.name());
        Node.Builder node = Node.builder(id, spec.position())
                .fqn(List.of(project.name(), spec.name()))
                .policy(POLICY)
                .config(config(connector))
                .attributes(attributes(connector));
        List<TableId> tables = tables(connector);
        tables.forEach(table -> node.reads(new Dataset(connector.endpoint().system(), table.toString(), List.of())));
        if (spec.state() == RunState.RUNNING) {
            node.step(new ConnectorStep(connector, project.invocation().fullRefresh()))
                    .trigger(Duration.ZERO);
        } else {
            String state = spec.state().name().toLowerCase(Locale.ROOT);
            node.step(context -> StepResult.success(state + ", as its state says"));
        }
        graph.add(node.build());
        for (Destination destination : connector.destinations(tables)) {
            String name = destination.relation().identifier();
            addTable(connector, id, destination, name, destination.relation());
            if (destination.options().history()) {
                String changes = name + "__changes";
                addTable(
                        connector,
                        id,
                        destination,
                        changes,
                        destination.relation().withIdentifier(changes));
            }
        }
    }

    private void addTable(
            Connector connector, NodeId input, Destination destination, String name, RelationName relation) {
        ConnectorSpec spec = connector.spec();
        graph.add(Node.builder(new NodeId(NodeKind.CDC, project.name(), spec.name() + "." + name), spec.position())
                .name(name)
                .fqn(List.of(project.name(), spec.name(), name))
                .input(input)
                .writes(relation)
                .reads(new Dataset(
                        connector.endpoint().system(), destination.table().toString(), List.of()))
                .config(config(connector))
                .attributes(attributes(connector))
                .build());
    }

    /** The tables if they can be known; a command that moves nothing can do without. */
    private List<TableId> tables(Connector connector) {
        Optional<List<TableId>> plain = TablePattern.of(connector.spec()).plain();
        if (plain.isPresent()) {
            return plain.get();
        }
        TableCache cache = new TableCache(project.cacheDir().resolve("discovery"), connector);
        boolean asks = ASKING_COMMANDS.contains(project.invocation().command());
        Optional<List<TableId>> remembered = cache.read();
        if (!asks && remembered.isPresent()) {
            return remembered.get();
        }
        try {
            List<TableId> tables = connector.tables();
            cache.write(tables);
            return tables;
        } catch (MillraceException e) {
            if (remembered.isEmpty() && asks) {
                throw e.at(connector.spec().position());
            }
            // What is wrong with the source will be said by the step that reads it.
            return remembered.orElse(List.of());
        }
    }

    private static Map<String, Object> config(Connector connector) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("source", connector.endpoint().system());
        config.put("destination", connector.target().profile());
        config.put("schema", connector.options().schema());
        config.put("connector_class", connector.spec().kind().connectorClass());
        config.put("state", connector.spec().state().name().toLowerCase(Locale.ROOT));
        return config;
    }

    private static Map<String, Object> attributes(Connector connector) {
        return Map.of(
                "source_name",
                connector.endpoint().system(),
                "connector",
                connector.spec().name());
    }
}
