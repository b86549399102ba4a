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
import java.util.List;
import org.junit.jupiter.api.Test;

class LineageTreeTest {
    private static final NodeId LOAD = new NodeId(NodeKind.CONNECTION, "shop", "pg.orders");
    private static final NodeId SOURCE = new NodeId(NodeKind.SOURCE, "shop", "raw.orders");
    private static final NodeId STAGING = new NodeId(NodeKind.MODEL, "shop", "stg_orders");
    private static final NodeId FACTS = new NodeId(NodeKind.MODEL, "shop", "facts");
    private static final NodeId SYNC = new NodeId(NodeKind.SYNC, "shop", "health");
    private static final NodeId TEST = new NodeId(NodeKind.TEST, "shop", "unique");

    @Test
    void lineage_leads_from_the_source_table_to_the_synced_fields() {
        assertThat(new LineageTree(graph(), Style.PLAIN).lines(STAGING))
                .containsExactly(
                        "model stg_orders raw.stg_orders",
                        " from",
                        "  └─ source raw.orders",
                        "     └─ connection pg.orders raw.orders",
                        "        └─ postgres public.orders",
                        " to",
                        "  ├─ model facts",
                        "  │  └─ sync health",
                        "  │     └─ salesforce Account (Id, Score__c)",
                        "  └─ sync health (see above)");
    }

    @Test
    void it_can_be_drawn_in_ascii() {
        assertThat(String.join("", new LineageTree(graph(), new Style(false, false)).lines(STAGING)))
                .matches("\\p{ASCII}+");
    }

    private static Graph graph() {
        RelationName raw = new RelationName("w", "db", "raw", "orders");
        GraphBuilder builder = new GraphBuilder();
        List.of(
                        node(LOAD).writes(raw).reads(new Dataset("postgres", "public.orders", List.of())),
                        node(SOURCE).describes(raw),
                        node(STAGING).input(SOURCE).writes(raw.withIdentifier("stg_orders")),
                        node(TEST).input(STAGING),
                        node(FACTS).input(STAGING),
                        node(SYNC)
                                .input(FACTS)
                                .input(STAGING)
                                .sends(new Dataset("salesforce", "Account", List.of("Id", "Score__c"))))
                .forEach(node -> builder.add(node.build()));
        return builder.build();
    }

    private static Node.Builder node(NodeId id) {
        return Node.builder(id, Position.ofFile("models/a.sql"));
    }
}
