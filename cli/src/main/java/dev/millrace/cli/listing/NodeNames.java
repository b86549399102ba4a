package dev.millrace.cli.listing;

import dev.millrace.core.graph.Node;

/** The names under which a node can be selected. */
public final class NodeNames {
    private NodeNames() {}

    /**
     * What {@code --select} takes to mean just this node: {@code shop.staging.stg_orders},
     * {@code source:shop.raw.orders}.
     */
    public static String selector(Node node) {
        return switch (node.kind()) {
            case SOURCE,
                    EXPOSURE,
                    METRIC,
                    SEMANTIC_MODEL,
                    SAVED_QUERY,
                    UNIT_TEST,
                    CONNECTION,
                    CDC,
                    TOPIC,
                    ASSET,
                    EXPECTATION,
                    SYNC ->
                node.kind().key() + ":" + node.id().project() + "." + node.id().name();
            case MODEL, SEED, SNAPSHOT, TEST, ANALYSIS, OPERATION -> String.join(".", node.fqn());
        };
    }
}
