package dev.millrace.server.internal.pages;

import dev.millrace.core.graph.Graph;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.server.internal.data.Checks;
import dev.millrace.server.internal.data.Statuses;
import dev.millrace.server.internal.layout.Drawing;
import dev.millrace.server.internal.layout.LayeredLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A part of the lineage graph as it is drawn. Checks are not drawn but counted at the node they look at.
 *
 * @param focus the id of the node it is about; empty if it is about none
 */
public record Lineage(Drawing<Item> drawing, String focus) {
    private static final LayeredLayout.Spacing SPACING = new LayeredLayout.Spacing(212, 46, 64, 14);
    private static final int LONGEST_NAME = 23;

    /**
     * A node.
     *
     * @param label its name, cut to what fits
     * @param family as {@link Ui#family} has it
     * @param status how it ended last
     * @param checks how many checks look at it
     * @param failing how many of those fail
     */
    public record Item(
            String id, String label, String name, String kind, String family, String status, int checks, int failing) {}

    static Lineage of(Graph graph, Set<NodeId> chosen, Statuses statuses, String focus) {
        Map<NodeId, Item> items = new HashMap<>();
        List<Item> ordered = new ArrayList<>();
        for (Node node : graph.nodes()) {
            if (chosen.contains(node.id()) && !Checks.isCheck(node)) {
                Item item = item(graph, node, statuses);
                items.put(node.id(), item);
                ordered.add(item);
            }
        }
        Set<LayeredLayout.Edge<Item>> edges = new LinkedHashSet<>();
        for (Node node : graph.nodes()) {
            Item to = items.get(node.id());
            if (to != null) {
                for (NodeId input : node.inputs()) {
                    Item from = items.get(input);
                    if (from != null) {
                        edges.add(new LayeredLayout.Edge<>(from, to));
                    }
                }
            }
        }
        return new Lineage(LayeredLayout.draw(ordered, edges, SPACING), focus);
    }

    /** A long name keeps its end where dots part it: the table says more than the connection it comes by. */
    private static String label(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        return name.contains(".")
                ? "…" + name.substring(name.length() - LONGEST_NAME + 1)
                : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    private static Item item(Graph graph, Node node, Statuses statuses) {
        int checks = 0;
        int failing = 0;
        for (NodeId child : graph.children(node.id())) {
            if (Checks.isCheck(graph.require(child))) {
                checks++;
                String status = statuses.of(graph.require(child));
                failing += status.equals("fail") || status.equals("error") ? 1 : 0;
            }
        }
        String name = node.name();
        String materialized = node.config().get("materialized") instanceof String text ? " · " + text : "";
        return new Item(
                node.id().toString(),
                label(name),
                name,
                Ui.kind(node.kind()) + materialized,
                Ui.family(node),
                node.step().isEmpty() ? "no step" : statuses.of(node),
                checks,
                failing);
    }
}
