package dev.millrace.cli.lineage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.console.Style;
import dev.millrace.core.Position;
import dev.millrace.core.graph.Dataset;
import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.GraphBuilder;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.RelationName;
import dev.millrace.sql.ColumnGraph;
import dev.millrace.sql.NodeColumns;
import dev.millrace.sql.OutputColumn;
import dev.millrace.sql.SourceColumn;
import dev.millrace.sql.Use;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphColumnsTest {
    private static final RelationName RAW = new RelationName("w", "db", "raw", "orders");
    private static final String SOURCE = "source.shop.raw.orders";
    private static final String MODEL = "model.shop.revenue";

    private static NodeId id(NodeKind kind, String name) {
        return new NodeId(kind, "shop", name);
    }

    private static Node.Builder node(NodeKind kind, String name) {
        return Node.builder(id(kind, name), Position.ofFile("f.yml"));
    }

    /** From a table of a shop's database to a field of its CRM. */
    private static Graph graph() {
        GraphBuilder graph = new GraphBuilder();
        graph.add(node(NodeKind.CONNECTION, "pull.orders")
                .writes(RAW)
                .reads(new Dataset("shopdb", "public.orders", List.of("id", "amount")))
                .step(context -> {
                    throw new IllegalStateException();
                })
                .build());
        graph.add(node(NodeKind.SOURCE, "raw.orders").describes(RAW).build());
        graph.add(node(NodeKind.MODEL, "revenue")
                .input(id(NodeKind.SOURCE, "raw.orders"))
                .build());
        graph.add(node(NodeKind.EXPOSURE, "board")
                .input(id(NodeKind.MODEL, "revenue"))
                .build());
        graph.add(node(NodeKind.SYNC, "to_crm")
                .input(id(NodeKind.MODEL, "revenue"))
                .sends(new Dataset("crm", "Account", List.of("Revenue__c")))
                .attributes(Map.of("mapping", Map.of("Revenue__c", "total")))
                .build());
        return graph.build();
    }

    private static ColumnGraph columns(Graph graph) {
        NodeColumns source = new NodeColumns(
                SOURCE,
                List.of(
                        new OutputColumn("amount", Map.of(), true),
                        new OutputColumn("_millrace_loaded_at", Map.of(), true)),
                true,
                Set.of());
        NodeColumns model = new NodeColumns(
                MODEL,
                List.of(new OutputColumn("total", Map.of(new SourceColumn(SOURCE, "amount"), Use.DERIVED), true)),
                true,
                Set.of(new SourceColumn(SOURCE, "amount")));
        return GraphColumns.of(graph, new ColumnGraph(List.of(source, model)));
    }

    @Test
    void a_column_is_followed_from_the_operational_database_to_the_synced_field() {
        Graph graph = graph();
        List<String> lines = new ColumnTree(graph, columns(graph), Style.PLAIN).of(new SourceColumn(MODEL, "total"));
        assertThat(lines)
                .containsExactly(
                        "model revenue.total",
                        " from",
                        "  └─ source raw.orders.amount (computed)",
                        "     └─ connection pull.orders.amount",
                        "        └─ shopdb public.orders.amount",
                        " to",
                        "  ├─ sync to_crm.Revenue__c",
                        "  │  └─ crm Account.Revenue__c",
                        "  └─ exposure board");
    }

    @Test
    void what_loading_adds_comes_from_no_column() {
        ColumnGraph columns = columns(graph());
        assertThat(columns.upstream(new SourceColumn("connection.shop.pull.orders", "_millrace_loaded_at")))
                .isEmpty();
        assertThat(GraphColumns.loaded(graph())).containsEntry(RAW, List.of("id", "amount"));
    }

    @Test
    void a_node_shows_its_columns_and_what_its_rows_depend_on() {
        Graph graph = graph();
        assertThat(new ColumnTree(graph, columns(graph), Style.PLAIN).ofNode(MODEL))
                .containsExactly(
                        "  total  source raw.orders.amount (computed)",
                        " rows chosen by",
                        "  source raw.orders.amount");
    }

    @Test
    void the_json_of_a_column_has_the_edges_of_both_sides() {
        var json = ColumnsJson.of(new SourceColumn(MODEL, "total"), columns(graph()));
        assertThat(json.path("upstream").findValuesAsText("node"))
                .containsExactly(
                        SOURCE,
                        MODEL,
                        "connection.shop.pull.orders",
                        SOURCE,
                        "shopdb:public.orders",
                        "connection.shop.pull.orders");
        assertThat(json.path("downstream").get(0).path("to").path("column").asText())
                .isEqualTo("Revenue__c");
    }
}
