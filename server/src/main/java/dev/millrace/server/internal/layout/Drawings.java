package dev.millrace.server.internal.layout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns placed vertices into boxes and lines. */
final class Drawings {
    static final int MARGIN = 24;

    private Drawings() {}

    static <T> Drawing<T> of(
            List<T> nodes,
            Map<T, LayeredLayout.Vertex> byNode,
            Collection<LayeredLayout.Edge<T>> edges,
            Map<LayeredLayout.Edge<T>, List<LayeredLayout.Vertex>> paths,
            LayeredLayout.Spacing spacing,
            int top) {
        List<Drawing.Box<T>> boxes = new ArrayList<>();
        int width = 0;
        int height = 0;
        for (T node : nodes) {
            LayeredLayout.Vertex vertex = Objects.requireNonNull(byNode.get(node));
            int x = left(vertex, spacing);
            int y = top + (int) Math.round(vertex.y);
            boxes.add(new Drawing.Box<>(node, x, y));
            width = Math.max(width, x + spacing.width() + MARGIN);
            height = Math.max(height, y + spacing.height() + MARGIN);
        }
        List<Drawing.Line<T>> lines = new ArrayList<>();
        for (LayeredLayout.Edge<T> edge : edges) {
            List<LayeredLayout.Vertex> path = Objects.requireNonNull(paths.get(edge));
            lines.add(new Drawing.Line<>(edge.from(), edge.to(), path(path, spacing, top)));
            for (LayeredLayout.Vertex vertex : path) {
                height = Math.max(height, middle(vertex, spacing, top) + MARGIN);
            }
        }
        return new Drawing<>(boxes, lines, width, height);
    }

    private static String path(List<LayeredLayout.Vertex> chain, LayeredLayout.Spacing spacing, int top) {
        StringBuilder path = new StringBuilder();
        int x = left(chain.get(0), spacing) + spacing.width();
        int y = middle(chain.get(0), spacing, top);
        path.append("M").append(x).append(' ').append(y);
        for (int i = 1; i < chain.size(); i++) {
            LayeredLayout.Vertex vertex = chain.get(i);
            int toX = left(vertex, spacing);
            int toY = middle(vertex, spacing, top);
            int half = (toX - x) / 2;
            path.append("C").append(x + half).append(' ').append(y).append(' ');
            path.append(toX - half).append(' ').append(toY).append(' ');
            path.append(toX).append(' ').append(toY);
            x = toX;
            y = toY;
            if (vertex.bend) {
                x += spacing.width();
                path.append("H").append(x);
            }
        }
        return path.toString();
    }

    private static int left(LayeredLayout.Vertex vertex, LayeredLayout.Spacing spacing) {
        return MARGIN + vertex.layer * (spacing.width() + spacing.gapX());
    }

    private static int middle(LayeredLayout.Vertex vertex, LayeredLayout.Spacing spacing, int top) {
        return top + (int) Math.round(vertex.y) + spacing.height() / 2;
    }
}
