package dev.millrace.ingest;

import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Layer;
import dev.millrace.core.graph.Probe;
import dev.millrace.core.project.Project;
import dev.millrace.ingest.internal.ConnectionNodes;
import dev.millrace.ingest.internal.SourceProbes;
import dev.millrace.ingest.postgres.PostgresSource;
import dev.millrace.ingest.salesforce.SalesforceSource;
import dev.millrace.ingest.source.SourceType;
import dev.millrace.warehouse.Warehouses;
import java.util.List;

/**
 * Batch ingestion as a layer of the graph: every stream of every connection in connections.yml becomes a node that
 * writes one table of raw data. docs/ingest.md describes the file and the sources. Stateless but for what it is given.
 */
public final class IngestLayer implements Layer {
    private static final List<SourceType> SOURCE_TYPES =
            List.of(new PostgresSource.Type(), new SalesforceSource.Type());

    private final Warehouses warehouses;

    /** @param warehouses where the data goes; must outlive the run of the nodes */
    public IngestLayer(Warehouses warehouses) {
        this.warehouses = warehouses;
    }

    @Override
    public String name() {
        return "ingest";
    }

    /**
     * Adds the nodes. Asks sources what they offer where the project does not say it and nothing is remembered.
     *
     * @throws dev.millrace.core.MillraceException CONFIG_INVALID, CONFIG_MISSING, ADAPTER_NOT_FOUND, STREAM_NOT_FOUND
     *     at their places in connections.yml and millrace.yml; CONNECTION_REFUSED and AUTHENTICATION_FAILED if a source
     *     cannot be asked and data is to be moved
     */
    @Override
    public void contribute(Project project, GraphBuilder graph) {
        new ConnectionNodes(project, graph, warehouses, SOURCE_TYPES).add();
    }

    @Override
    public List<Probe> probes(Project project) {
        return SourceProbes.of(project, SOURCE_TYPES);
    }
}
