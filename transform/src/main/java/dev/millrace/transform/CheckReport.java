package dev.millrace.transform;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.NodeId;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.warehouse.Column;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found when a project was bound against a shadow of its warehouse.
 *
 * @param checked how many nodes were looked at
 * @param problems what would fail, in the order of the graph
 * @param unbound what could not be judged, with the reason, in the order of the graph
 * @param columns the columns of models, seeds, snapshots and sources, and where they come from
 * @param types the columns of the same nodes as the warehouse would have them; a type may be unknown
 */
public record CheckReport(
        int checked,
        List<Problem> problems,
        List<Unbound> unbound,
        ColumnGraph columns,
        Map<NodeId, List<Column>> types) {
    /** A node that would fail. */
    public record Problem(NodeId node, MillraceException error) {}

    /** A node of which it cannot be told whether it would. */
    public record Unbound(NodeId node, String reason) {}

    public CheckReport {
        problems = List.copyOf(problems);
        unbound = List.copyOf(unbound);
        types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    }
}
