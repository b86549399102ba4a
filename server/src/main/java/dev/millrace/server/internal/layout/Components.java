package dev.millrace.server.internal.layout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws each part of a graph that hangs together by itself, the largest first, and single nodes in rows below. */
final class Components {
    private Components() {}

    static <T> Drawing<T> draw(List<T> nodes, Collection<LayeredLayout.Edge<T>> edges, LayeredLayout.Spacing spacing) {
        Map<T, T> leaders = new HashMap<>();
        nodes.forEach(node -> leaders.put(node, node));
        edges.forEach(edge -> leaders.put(leader(leaders, edge.from()), leader(leaders, edge.to())));
        Map<T, List<T>> members = new LinkedHashMap<>();
        nodes.forEach(node -> members.computeIfAbsent(leader(leaders, node), key -> new ArrayList<>())
                .add(node));
        Map<T, List<LayeredLayout.Edge<T>>> inside = new HashMap<>();
        edges.forEach(edge -> inside.computeIfAbsent(leader(leaders, edge.from()), key -> new ArrayList<>())
                .add(edge));
        List<Map.Entry<T, List<T>>> parts = new ArrayList<>(members.entrySet());
        parts.sort(Comparator.comparingInt(part -> -part.getValue().size()));

        List<Drawing.Box<T>> boxes = new ArrayList<>();
        List<Drawing.Line<T>> lines = new ArrayList<>();
        List<T> single = new ArrayList<>();
        int width = 0;
        int top = Drawings.MARGIN;
        for (Map.Entry<T, List<T>> part : parts) {
            if (part.getValue().size() == 1) {
                single.add(part.getValue().get(0));
                continue;
            }
            Drawing<T> drawing = LayeredLayout.connected(
                    part.getValue(), inside.getOrDefault(part.getKey(), List.of()), spacing, top);
            boxes.addAll(drawing.boxes());
            lines.addAll(drawing.lines());
            width = Math.max(width, drawing.width());
            top = drawing.height() - Drawings.MARGIN + 2 * spacing.gapY();
        }
        int step = spacing.width() + spacing.gapX();
        int across = Math.max(Math.max(1, (int) Math.sqrt(single.size())), (width + spacing.gapX()) / step);
        for (int i = 0; i < single.size(); i++) {
            int x = Drawings.MARGIN + i % across * step;
            boxes.add(new Drawing.Box<>(single.get(i), x, top + i / across * (spacing.height() + spacing.gapY())));
            width = Math.max(width, x + spacing.width() + Drawings.MARGIN);
        }
        int bottom = boxes.stream().mapToInt(Drawing.Box::y).max().orElse(0) + spacing.height() + Drawings.MARGIN;
        return new Drawing<>(boxes, lines, width, Math.max(bottom, top - 2 * spacing.gapY() + Drawings.MARGIN));
    }

    private static <T> T leader(Map<T, T> leaders, T node) {
        T at = node;
        T above = leaders.get(at);
        while (above != null && !above.equals(at)) {
            at = above;
            above = leaders.get(at);
        }
        if (above == null) {
            throw new IllegalArgumentException("an edge to " + node + ", which is not drawn");
        }
        leaders.put(node, at);
        return at;
    }
}
