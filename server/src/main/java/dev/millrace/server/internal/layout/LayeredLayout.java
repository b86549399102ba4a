package dev.millrace.server.internal.layout;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Places the nodes of an acyclic graph in columns from left to right, as Sugiyama, Tagawa and Toda do: each node in a
 * layer after its inputs, long edges led through every layer between, layers ordered so that few edges cross, and each
 * node drawn as near as possible to the height of its neighbours. Parts that do not hang together stand below each
 * other. Deterministic.
 */
public final class LayeredLayout {
    private static final int SWEEPS = 16;
    private static final int ALIGNMENTS = 12;

    private final Spacing spacing;
    private final List<Vertex> vertices = new ArrayList<>();
    private final List<List<Vertex>> layers = new ArrayList<>();

    /**
     * Sizes in pixels.
     *
     * @param width of a node
     * @param height of a node
     * @param gapX between layers
     * @param gapY between the nodes of a layer
     */
    public record Spacing(int width, int height, int gapX, int gapY) {}

    private LayeredLayout(Spacing spacing) {
        this.spacing = spacing;
    }

    /**
     * Draws a graph.
     *
     * @param nodes in topological order
     * @param edges between them; from input to reader
     */
    public static <T> Drawing<T> draw(List<T> nodes, Collection<Edge<T>> edges, Spacing spacing) {
        return Components.draw(nodes, edges, spacing);
    }

    /** Draws nodes that hang together, {@code top} pixels down. */
    static <T> Drawing<T> connected(List<T> nodes, Collection<Edge<T>> edges, Spacing spacing, int top) {
        LayeredLayout layout = new LayeredLayout(spacing);
        Map<T, Vertex> byNode = new HashMap<>();
        for (T node : nodes) {
            Vertex vertex = layout.vertex(false);
            byNode.put(node, vertex);
        }
        List<Vertex> real = List.copyOf(layout.vertices);
        for (Edge<T> edge : edges) {
            Vertex from = vertex(byNode, edge.from());
            Vertex to = vertex(byNode, edge.to());
            from.outputs.add(to);
            to.inputs.add(from);
        }
        layout.assignLayers(real);
        Map<Edge<T>, List<Vertex>> paths = new HashMap<>();
        List<List<Vertex>> chains = new ArrayList<>();
        for (Edge<T> edge : edges) {
            List<Vertex> chain = layout.chain(vertex(byNode, edge.from()), vertex(byNode, edge.to()));
            chains.add(chain);
            paths.put(edge, chain);
        }
        for (Vertex vertex : layout.vertices) {
            vertex.inputs.clear();
            vertex.outputs.clear();
        }
        for (List<Vertex> chain : chains) {
            for (int i = 1; i < chain.size(); i++) {
                chain.get(i - 1).outputs.add(chain.get(i));
                chain.get(i).inputs.add(chain.get(i - 1));
            }
        }
        layout.fillLayers();
        layout.order();
        layout.align();
        return Drawings.of(nodes, byNode, edges, paths, spacing, top);
    }

    /** An edge from a node to one that reads it. */
    public record Edge<T>(T from, T to) {}

    private static <T> Vertex vertex(Map<T, Vertex> byNode, T node) {
        Vertex vertex = byNode.get(node);
        if (vertex == null) {
            throw new IllegalArgumentException("an edge to " + node + ", which is not drawn");
        }
        return vertex;
    }

    private Vertex vertex(boolean bend) {
        Vertex vertex = new Vertex(bend);
        vertices.add(vertex);
        return vertex;
    }

    /** Each node one layer after the last of its inputs; a node without inputs right before its first reader. */
    private void assignLayers(List<Vertex> ordered) {
        for (Vertex vertex : ordered) {
            vertex.layer = vertex.inputs.stream()
                    .mapToInt(input -> input.layer + 1)
                    .max()
                    .orElse(0);
        }
        for (int i = ordered.size() - 1; i >= 0; i--) {
            Vertex vertex = ordered.get(i);
            if (vertex.inputs.size() <= 1 && vertex.outputs.size() > 0) {
                int latest = vertex.outputs.stream()
                                .mapToInt(output -> output.layer)
                                .min()
                                .orElseThrow()
                        - 1;
                if (vertex.inputs.isEmpty() || vertex.outputs.size() > 1) {
                    vertex.layer = Math.max(vertex.layer, latest);
                }
            }
        }
    }

    private List<Vertex> chain(Vertex from, Vertex to) {
        List<Vertex> chain = new ArrayList<>(List.of(from));
        for (int layer = from.layer + 1; layer < to.layer; layer++) {
            Vertex bend = vertex(true);
            bend.layer = layer;
            chain.add(bend);
        }
        chain.add(to);
        return chain;
    }

    private void fillLayers() {
        int last = vertices.stream().mapToInt(vertex -> vertex.layer).max().orElse(-1);
        for (int i = 0; i <= last; i++) {
            layers.add(new ArrayList<>());
        }
        for (Vertex vertex : vertices) {
            layers.get(vertex.layer).add(vertex);
        }
        layers.forEach(LayeredLayout::number);
    }

    private static void number(List<Vertex> layer) {
        for (int i = 0; i < layer.size(); i++) {
            layer.get(i).place = i;
        }
    }

    private void order() {
        List<List<Vertex>> best = copy();
        long fewest = crossings();
        for (int sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
            boolean down = sweep % 2 == 0;
            for (int i = 1; i < layers.size(); i++) {
                sort(layers.get(down ? i : layers.size() - 1 - i), down);
            }
            long now = crossings();
            if (now < fewest) {
                fewest = now;
                best = copy();
            }
        }
        layers.clear();
        layers.addAll(best);
        layers.forEach(LayeredLayout::number);
    }

    private List<List<Vertex>> copy() {
        List<List<Vertex>> copy = new ArrayList<>();
        layers.forEach(layer -> copy.add(new ArrayList<>(layer)));
        return copy;
    }

    private static void sort(List<Vertex> layer, boolean byInputs) {
        for (Vertex vertex : layer) {
            vertex.weight = (byInputs ? vertex.inputs : vertex.outputs)
                    .stream().mapToInt(neighbour -> neighbour.place).average().orElse(vertex.place);
        }
        layer.sort(java.util.Comparator.comparingDouble(vertex -> vertex.weight));
        number(layer);
    }

    private long crossings() {
        long count = 0;
        for (List<Vertex> layer : layers) {
            count += Crossings.below(layer);
        }
        return count;
    }

    private void align() {
        double step = spacing.height() + spacing.gapY();
        for (List<Vertex> layer : layers) {
            for (Vertex vertex : layer) {
                vertex.y = vertex.place * step;
            }
        }
        for (int round = 0; round < ALIGNMENTS; round++) {
            boolean down = round % 2 == 0;
            for (int i = 0; i < layers.size(); i++) {
                Alignment.place(layers.get(down ? i : layers.size() - 1 - i), down, spacing);
            }
        }
        double top = vertices.stream().mapToDouble(vertex -> vertex.y).min().orElse(0);
        vertices.forEach(vertex -> vertex.y -= top);
    }

    /** A node, or a bend of a long edge. */
    static final class Vertex {
        final boolean bend;
        final List<Vertex> inputs = new ArrayList<>();
        final List<Vertex> outputs = new ArrayList<>();
        int layer;
        int place;
        double weight;
        /** Of its middle. */
        double y;

        Vertex(boolean bend) {
            this.bend = bend;
        }
    }
}
