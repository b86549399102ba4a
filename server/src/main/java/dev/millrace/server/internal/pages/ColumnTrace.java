package dev.millrace.server.internal.pages;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.sql.NodeColumns;
import dev.millrace.sql.OutputColumn;
import dev.millrace.sql.SourceColumn;
import dev.millrace.sql.Use;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The columns of a node as the pages show them: what each is made of, and the whole way of one of them. */
public final class ColumnTrace {
    private final Map<String, Node> nodes = new HashMap<>();
    private final ColumnGraph columns;

    ColumnTrace(Graph graph, ColumnGraph columns) {
        this.columns = columns;
        graph.nodes().forEach(node -> nodes.put(node.id().toString(), node));
    }

    /**
     * A column somewhere.
     *
     * @param depth how many steps away
     * @param node the id of its node; empty for what is outside the graph
     * @param label the node's name, or the table of another system
     * @param family as {@link Ui#family} has it
     * @param note what is made of it, where that is not its value
     */
    public record Stop(int depth, String node, String label, String column, String family, String note) {}

    /** A column with its neighbours. */
    public record Row(String name, boolean known, List<Stop> from, List<Stop> to) {}

    /** Empty if nothing is known of the node's columns. */
    public List<Row> rows(String node) {
        List<Row> rows = new ArrayList<>();
        columns.node(node).map(NodeColumns::columns).orElse(List.of()).forEach(column -> {
            SourceColumn own = new SourceColumn(node, column.name());
            rows.add(new Row(
                    column.name(), column.known(), stops(1, columns.upstream(own)), stops(1, columns.downstream(own))));
        });
        return rows;
    }

    /** The columns that decide which rows the node has. */
    public List<Stop> conditions(String node) {
        List<Stop> stops = new ArrayList<>();
        columns.node(node).ifPresent(known -> known.conditions().forEach(one -> stops.add(stop(1, one, Use.DIRECT))));
        return stops;
    }

    /** The name as the node writes it. */
    Optional<String> column(String node, String name) {
        return columns.node(node).flatMap(known -> known.column(name)).map(OutputColumn::name);
    }

    /** Everything the column is made of, each before what that is made of. */
    List<Stop> upstream(SourceColumn column) {
        return walk(column, columns::upstream);
    }

    /** Everything that is made of the column. */
    List<Stop> downstream(SourceColumn column) {
        return walk(column, columns::downstream);
    }

    private List<Stop> walk(SourceColumn column, Function<SourceColumn, Map<SourceColumn, Use>> next) {
        List<Stop> stops = new ArrayList<>();
        walk(column, next, 0, stops, new HashSet<>(Set.of(column)));
        return stops;
    }

    private void walk(
            SourceColumn column,
            Function<SourceColumn, Map<SourceColumn, Use>> next,
            int depth,
            List<Stop> stops,
            Set<SourceColumn> seen) {
        next.apply(column).forEach((other, use) -> {
            stops.add(stop(depth, other, use));
            if (seen.add(other)) {
                walk(other, next, depth + 1, stops, seen);
            }
        });
    }

    private List<Stop> stops(int depth, Map<SourceColumn, Use> all) {
        List<Stop> stops = new ArrayList<>();
        all.forEach((column, use) -> stops.add(stop(depth, column, use)));
        return stops;
    }

    private Stop stop(int depth, SourceColumn column, Use use) {
        Node node = nodes.get(column.table());
        String note = switch (use) {
            case DIRECT -> "";
            case DERIVED -> "computed";
            case INDIRECT -> "decides";
        };
        return new Stop(
                depth,
                node == null ? "" : column.table(),
                node == null ? column.table().replaceFirst(":", " ") : node.name(),
                column.column(),
                node == null ? "ingest" : Ui.family(node),
                note);
    }
}
