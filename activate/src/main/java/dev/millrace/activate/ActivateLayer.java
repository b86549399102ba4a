package dev.millrace.activate;

import dev.millrace.activate.internal.config.MappedField;
import dev.millrace.activate.internal.config.Sync;
import dev.millrace.activate.internal.delivery.SyncStep;
import dev.millrace.activate.internal.destination.DestinationFactory;
import dev.millrace.activate.internal.destination.Paces;
import dev.millrace.activate.internal.file.DestinationProbes;
import dev.millrace.activate.internal.file.SyncParser;
import dev.millrace.activate.internal.file.SyncsFile;
import dev.millrace.activate.internal.http.HttpFactory;
import dev.millrace.activate.internal.postgres.PostgresFactory;
import dev.millrace.activate.internal.salesforce.SalesforceFactory;
import dev.millrace.core.Problems;
import dev.millrace.core.graph.Dataset;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Layer;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.NodePolicy;
import dev.millrace.core.graph.Probe;
import dev.millrace.core.project.Project;
import dev.millrace.warehouse.Warehouses;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reverse ETL: each sync of syncs.yml becomes a node that reads a model, compares it with what was last delivered, and
 * sends what changed to a destination. To be called after the layers that contribute the models. Thread-safe.
 */
public final class ActivateLayer implements Layer {
    private static final Duration RETRY_DELAY = Duration.ofSeconds(2);

    private final Warehouses warehouses;
    private final ActivateOptions options;
    private final Clock clock;
    private final Map<String, DestinationFactory> destinations = new TreeMap<>();
    private final Paces paces = new Paces();

    public ActivateLayer(Warehouses warehouses) {
        this(warehouses, ActivateOptions.DEFAULT);
    }

    public ActivateLayer(Warehouses warehouses, ActivateOptions options) {
        this(warehouses, options, Clock.systemUTC());
    }

    ActivateLayer(Warehouses warehouses, ActivateOptions options, Clock clock) {
        this.warehouses = warehouses;
        this.options = options;
        this.clock = clock;
        for (DestinationFactory factory : List.of(new SalesforceFactory(), new PostgresFactory(), new HttpFactory())) {
            destinations.put(factory.type(), factory);
        }
    }

    @Override
    public String name() {
        return "activate";
    }

    @Override
    public void contribute(Project project, GraphBuilder graph) {
        SyncParser parser = new SyncParser(project, warehouses, graph.nodes(), destinations);
        Problems problems = new Problems();
        for (Sync sync : SyncsFile.read(project, parser, problems)) {
            graph.add(node(project, sync));
        }
        problems.throwIfAny();
    }

    private Node node(Project project, Sync sync) {
        List<String> fields = sync.mapping().stream().map(MappedField::field).toList();
        Map<String, String> mapping = new LinkedHashMap<>();
        sync.mapping().forEach(mapped -> mapping.put(mapped.field(), mapped.column()));
        return Node.builder(new NodeId(NodeKind.SYNC, project.name(), sync.name()), sync.position())
                .input(sync.source().node())
                .sends(new Dataset(sync.destination().name(), sync.destination().object(), fields))
                .tags(sync.options().tags())
                .description(sync.options().description())
                .config(sync.config())
                .attributes(Map.of("mapping", mapping))
                .policy(NodePolicy.DEFAULT.withRetries(sync.options().retries(), RETRY_DELAY))
                .step(new SyncStep(
                        project,
                        warehouses,
                        destination(sync.destination().type()),
                        paces,
                        sync,
                        options.dryRun() || sync.options().dryRun(),
                        clock))
                .build();
    }

    private DestinationFactory destination(String type) {
        DestinationFactory factory = destinations.get(type);
        if (factory == null) {
            throw new IllegalStateException(type);
        }
        return factory;
    }

    @Override
    public List<Probe> probes(Project project) {
        return DestinationProbes.of(project, destinations);
    }
}
