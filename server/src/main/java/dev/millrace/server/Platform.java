package dev.millrace.server;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.live.FlowStatus;
import dev.millrace.core.project.Project;
import dev.millrace.orchestrate.Pipelines;
import dev.millrace.orchestrate.Runs;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.warehouse.Warehouses;
import java.util.List;
import java.util.Optional;

/** What the server shows and drives: the parts of a running Millrace. Thread-safe. */
public interface Platform {
    Project project();

    /** The graph as it was last read. */
    Graph graph();

    Warehouses warehouses();

    Runs runs();

    Pipelines pipelines();

    /** How the nodes that are kept running are doing; empty if there are none. */
    List<FlowStatus> flows();

    /** What a node is written as; empty for one that has no code. */
    Optional<NodeCode> code(NodeId node);

    /** The columns of all nodes, and which are made of which, as the files have it now. */
    default ColumnGraph columns() {
        return ColumnGraph.EMPTY;
    }

    /** Where collected events go; empty if the project has no broker. */
    Optional<EventPublisher> events();

    /**
     * Reads the project's files again; {@link #graph} then gives the new graph.
     *
     * @throws dev.millrace.core.MillraceException if they are wrong: everything is then as it was
     */
    void reload();
}
