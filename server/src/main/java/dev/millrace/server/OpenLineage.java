package dev.millrace.server;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.RelationName;
import dev.millrace.core.live.FlowListener;
import dev.millrace.core.run.RunListener;
import dev.millrace.server.internal.openlineage.EventJson;
import dev.millrace.server.internal.openlineage.EventSender;
import dev.millrace.server.internal.openlineage.FlowLineage;
import dev.millrace.server.internal.openlineage.LineageEvents;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.warehouse.Column;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tells what runs, and nodes that are kept running, read and write in the format of openlineage.io. Each run gets a
 * listener of its own; events leave on a thread of this object, so that no run waits for them. Thread-safe.
 */
public final class OpenLineage implements AutoCloseable {
    private final OpenLineageSettings settings;
    private final Supplier<Graph> graph;
    private final Function<RelationName, List<Column>> columns;
    private final Supplier<ColumnGraph> lineage;
    private final EventSender sender;

    /**
     * @param graph as it is now: it says what a node reads
     * @param columns of a relation; empty when they are not known. Called on the thread that sends
     * @param lineage which columns are made of which. Called on the thread that sends, at most once for each run
     * @param problems hears, once, that events cannot be delivered
     */
    public OpenLineage(
            OpenLineageSettings settings,
            Supplier<Graph> graph,
            Function<RelationName, List<Column>> columns,
            Supplier<ColumnGraph> lineage,
            Consumer<MillraceException> problems) {
        this.settings = settings;
        this.graph = graph;
        this.columns = columns;
        this.lineage = lineage;
        this.sender = new EventSender(settings, problems);
    }

    /** A listener for one run of a project. */
    public RunListener listener(String project) {
        return new LineageEvents(project, events(), sender);
    }

    /** A listener for the nodes that are kept running. */
    public FlowListener flows() {
        return new FlowLineage(events(), sender);
    }

    private EventJson events() {
        return new EventJson(settings.namespace(), graph.get(), columns, lineage);
    }

    /** Delivers what is left, for at most ten seconds. */
    @Override
    public void close() {
        sender.close();
    }
}
