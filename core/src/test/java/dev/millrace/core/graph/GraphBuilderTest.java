package dev.millrace.core.graph;

import static dev.millrace.core.graph.Nodes.model;
import static dev.millrace.core.graph.Nodes.nodeOf;
import static dev.millrace.core.graph.Nodes.relation;
import static dev.millrace.core.graph.Nodes.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.ProblemsException;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
    private static final NodeId CONNECTION = new NodeId(NodeKind.CONNECTION, "shop", "pg_to_wh.orders");

    private final GraphBuilder builder = new GraphBuilder();

    @Test
    void a_source_is_linked_to_the_connection_that_writes_its_relation() {
        builder.add(nodeOf(source("raw.orders"))
                .describes(relation("raw", "orders"))
                .build());
        builder.add(nodeOf(model("stg"), source("raw.orders")).build());
        builder.add(nodeOf(CONNECTION).writes(relation("RAW", "Orders")).build());

        Graph graph = builder.build();

        assertThat(graph.parents(source("raw.orders"))).containsExactly(CONNECTION);
        assertThat(graph.descendants(CONNECTION, Integer.MAX_VALUE))
                .containsExactly(source("raw.orders"), model("stg"));
    }

    @Test
    void an_undeclared_source_needs_a_writer() {
        builder.addUndeclaredSource(
                nodeOf(source("raw.ordrs")).describes(relation("raw", "ordrs")).build());
        builder.add(nodeOf(CONNECTION).writes(relation("raw", "orders")).build());

        MillraceException e = catchThrowableOfType(MillraceException.class, builder::build);

        assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_NOT_FOUND);
        assertThat(e.position().orElseThrow()).hasToString("models/raw.ordrs.sql:1:1");
        assertThat(e.hint()).contains("Did you mean 'raw.orders'?");
    }

    @Test
    void two_writers_of_one_relation_are_refused() {
        builder.add(nodeOf(model("a")).writes(relation("main", "x")).build());
        builder.add(nodeOf(model("b")).writes(relation("main", "X")).build());

        MillraceException e = catchThrowableOfType(MillraceException.class, builder::build);

        assertThat(e.code()).isEqualTo(ErrorCode.RELATION_TWO_WRITERS);
        assertThat(e).hasMessageContaining("model.shop.b").hasMessageContaining("model.shop.a (models/a.sql:1:1)");
    }

    @Test
    void a_cycle_is_named_whole() {
        builder.add(nodeOf(model("a"), model("c")).build());
        builder.add(nodeOf(model("b"), model("a")).build());
        builder.add(nodeOf(model("c"), model("b")).build());
        builder.add(nodeOf(model("d"), model("c")).build());

        MillraceException e = catchThrowableOfType(MillraceException.class, builder::build);

        assertThat(e.code()).isEqualTo(ErrorCode.GRAPH_CYCLE);
        assertThat(e).hasMessageContaining("model.shop.a → model.shop.b → model.shop.c → model.shop.a");
    }

    @Test
    void all_problems_are_reported_together() {
        builder.add(nodeOf(model("a"), model("nowhere")).build());
        builder.add(nodeOf(model("a")).build());

        MillraceException e = catchThrowableOfType(MillraceException.class, builder::build);

        assertThat(((ProblemsException) e).problems())
                .extracting(MillraceException::code)
                .containsExactly(ErrorCode.NODE_DUPLICATE, ErrorCode.REF_NOT_FOUND);
    }

    @Test
    void nodes_come_in_topological_order() {
        builder.add(nodeOf(model("c"), model("b"), model("a")).build());
        builder.add(nodeOf(model("b"), model("a")).build());
        builder.add(nodeOf(model("a")).build());

        assertThat(builder.build().nodes()).extracting(Node::name).containsExactly("a", "b", "c");
    }
}
