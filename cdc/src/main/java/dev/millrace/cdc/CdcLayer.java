package dev.millrace.cdc;

import dev.millrace.cdc.internal.Connector;
import dev.millrace.cdc.internal.ConnectorNodes;
import dev.millrace.cdc.internal.Connectors;
import dev.millrace.core.Problems;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Layer;
import dev.millrace.core.project.Project;
import dev.millrace.warehouse.Warehouses;

/**
 * Change data capture as a layer of the graph: every connector under {@code cdc/} becomes a node that captures changes,
 * once or as they come, and a node for each table it writes. docs/cdc.md describes the files. Stateless but for what it
 * is given.
 */
public final class CdcLayer implements Layer {
    private final Warehouses warehouses;

    /** @param warehouses where the data goes; must outlive the run of the nodes */
    public CdcLayer(Warehouses warehouses) {
        this.warehouses = warehouses;
    }

    @Override
    public String name() {
        return "cdc";
    }

    /**
     * Adds the nodes. Asks a database for its tables where the connector's lists hold wildcards.
     *
     * @throws dev.millrace.core.MillraceException CONFIG_INVALID, CONFIG_MISSING, ADAPTER_NOT_FOUND at their places in
     *     the connector's file or millrace.yml; CONNECTION_REFUSED and AUTHENTICATION_FAILED if a database has to be
     *     asked and cannot be
     */
    @Override
    public void contribute(Project project, GraphBuilder graph) {
        ConnectorNodes nodes = new ConnectorNodes(project, graph);
        Problems problems = new Problems();
        for (Connector connector : new Connectors(project, warehouses).read()) {
            problems.collect(() -> nodes.add(connector));
        }
        problems.throwIfAny();
    }
}
