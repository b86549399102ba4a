package dev.millrace.core.select;

import static dev.millrace.core.graph.Nodes.model;
import static dev.millrace.core.graph.Nodes.nodeOf;
import static dev.millrace.core.graph.Nodes.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Nodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {
    private static final NodeId CONNECTION = new NodeId(NodeKind.CONNECTION, "shop", "pg.orders");
    private static final NodeId SYNC = new NodeId(NodeKind.SYNC, "shop", "to_crm");

    /** pg.orders → raw.orders → stg_orders → fct_orders → to_crm; customers → fct_orders; tests on stg and fct. */
    private final Graph graph = Nodes.graph(
            nodeOf(CONNECTION).fqn(List.of("shop", "pg", "orders")),
            nodeOf(source("raw.orders"), CONNECTION).fqn(List.of("shop", "raw", "orders")),
            nodeOf(model("stg_orders"), source("raw.orders"))
                    .fqn(List.of("shop", "staging", "stg_orders"))
                    .path("models/staging/stg_orders.sql")
                    .tags(List.of("nightly"))
                    .config(Map.of("materialized", "view")),
            nodeOf(model("customers")).path("models/customers.sql").config(Map.of("materialized", "table")),
            nodeOf(model("fct_orders"), model("stg_orders"), model("customers"))
                    .path("models/marts/fct_orders.sql")
                    .tags(List.of("nightly", "finance"))
                    .config(Map.of("materialized", "table", "meta", Map.of("owner", "ann"))),
            nodeOf(Nodes.test("unique_stg"), model("stg_orders"))
                    .attributes(Map.of("test_type", "generic", "test_name", "unique")),
            nodeOf(Nodes.test("rel"), model("stg_orders"), model("customers"))
                    .attributes(Map.of("test_type", "generic", "test_name", "relationships")),
            nodeOf(SYNC, model("fct_orders")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stg_orders | stg_orders",
                "+stg_orders | pg.orders raw.orders stg_orders",
                "1+stg_orders | raw.orders stg_orders",
                "stg_orders+ | stg_orders unique_stg rel fct_orders to_crm",
                "stg_orders+1 | stg_orders unique_stg rel fct_orders",
                "@stg_orders | pg.orders raw.orders stg_orders customers unique_stg rel fct_orders to_crm",
                "tag:nightly | stg_orders fct_orders",
                "tag:night* | stg_orders fct_orders",
                "tag:nightly,tag:finance | fct_orders",
                "stg_orders customers | stg_orders customers",
                "path:models/staging | stg_orders",
                "models/marts/fct_orders.sql | fct_orders",
                "fct_orders.sql | fct_orders",
                "file:fct_orders | fct_orders",
                "shop.staging | stg_orders",
                "staging | stg_orders",
                "staging.* | stg_orders",
                "*_orders | stg_orders fct_orders",
                "config.materialized:table | customers fct_orders",
                "config.meta.owner:ann | fct_orders",
                "resource_type:sync | to_crm",
                "source:raw | raw.orders",
                "source:raw.orders+ | raw.orders stg_orders unique_stg rel fct_orders to_crm",
                "source:shop.raw.orders | raw.orders",
                "connection:* | pg.orders",
                "connection:pg | pg.orders",
                "connection:pg.orders+1 | pg.orders raw.orders",
                "sync:* | to_crm",
                "package:this,resource_type:model | stg_orders customers fct_orders",
                "nothing_like_this | ''"
            })
    void selects_as_dbt_does(String argument, String expected) {
        assertThat(select(IndirectSelection.EMPTY, List.of(argument), List.of()))
                .containsExactlyInAnyOrderElementsOf(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
    }

    @Test
    void tests_come_along_with_what_they_test() {
        assertThat(select(IndirectSelection.EAGER, List.of("stg_orders"), List.of()))
                .containsExactlyInAnyOrder("stg_orders", "unique_stg", "rel");
        assertThat(select(IndirectSelection.CAUTIOUS, List.of("stg_orders"), List.of()))
                .containsExactlyInAnyOrder("stg_orders", "unique_stg");
        assertThat(select(IndirectSelection.BUILDABLE, List.of("stg_orders"), List.of()))
                .containsExactlyInAnyOrder("stg_orders", "unique_stg");
    }

    @Test
    void a_test_is_selected_by_its_name_and_type() {
        assertThat(select(IndirectSelection.EMPTY, List.of("test_name:relationships"), List.of()))
                .containsExactly("rel");
        assertThat(select(IndirectSelection.EMPTY, List.of("test_type:generic"), List.of("rel")))
                .containsExactly("unique_stg");
    }

    @Test
    void exclude_takes_away_with_tests() {
        assertThat(select(IndirectSelection.EAGER, List.of(), List.of("stg_orders+")))
                .containsExactlyInAnyOrder("pg.orders", "raw.orders", "customers");
    }

    @Test
    void what_matches_nothing_is_told() {
        List<String> unmatched = new ArrayList<>();
        new Selector(graph, "shop", IndirectSelection.EAGER, unmatched::add).select(List.of("tag:x"), List.of());

        assertThat(unmatched).containsExactly("tag:x");
    }

    @Test
    void an_unknown_method_gets_a_suggestion() {
        assertThatThrownBy(() -> select(IndirectSelection.EAGER, List.of("tags:nightly"), List.of()))
                .hasMessageContaining("unknown selector method 'tags'");
    }

    private List<String> select(IndirectSelection indirect, List<String> select, List<String> exclude) {
        return new Selector(graph, "shop", indirect, text -> {})
                .select(select, exclude).stream().map(NodeId::name).toList();
    }
}
