package dev.millrace.server.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LayeredLayoutTest {
    private static final LayeredLayout.Spacing SPACING = new LayeredLayout.Spacing(100, 40, 50, 10);

    @Test
    void a_node_stands_right_of_what_it_reads() {
        Drawing<String> drawing = LayeredLayout.draw(
                List.of("a", "b", "c"), List.of(edge("a", "b"), edge("b", "c"), edge("a", "c")), SPACING);

        Map<String, Drawing.Box<String>> boxes = byNode(drawing);
        assertThat(box(boxes, "a").x()).isLessThan(box(boxes, "b").x());
        assertThat(box(boxes, "b").x()).isLessThan(box(boxes, "c").x());
        assertThat(drawing.lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line.path()).startsWith("M"));
    }

    @Test
    void a_chain_is_drawn_straight() {
        Drawing<String> drawing =
                LayeredLayout.draw(List.of("a", "b", "c"), List.of(edge("a", "b"), edge("b", "c")), SPACING);

        assertThat(drawing.boxes().stream().map(Drawing.Box::y).distinct()).hasSize(1);
    }

    @Test
    void edges_that_need_not_cross_do_not() {
        Drawing<String> drawing = LayeredLayout.draw(
                List.of("a", "b", "c", "x", "y", "z"),
                List.of(edge("a", "z"), edge("b", "y"), edge("c", "x")),
                SPACING);

        Map<String, Drawing.Box<String>> boxes = byNode(drawing);
        assertThat(box(boxes, "a").y()).isEqualTo(box(boxes, "z").y());
        assertThat(box(boxes, "c").y()).isEqualTo(box(boxes, "x").y());
    }

    @Test
    void no_two_nodes_overlap_and_every_edge_leads_to_the_right_in_any_graph() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            List<Integer> nodes = new ArrayList<>();
            Set<LayeredLayout.Edge<Integer>> edges = new LinkedHashSet<>();
            for (int i = 0; i < 5 + random.nextInt(60); i++) {
                nodes.add(i);
                for (int k = 0; i > 0 && k < random.nextInt(4); k++) {
                    edges.add(new LayeredLayout.Edge<>(random.nextInt(i), i));
                }
            }
            Drawing<Integer> drawing = LayeredLayout.draw(nodes, edges, SPACING);
            Map<Integer, Drawing.Box<Integer>> boxes = byNode(drawing);
            for (LayeredLayout.Edge<Integer> edge : edges) {
                assertThat(box(boxes, edge.from()).x())
                        .as("seed %s", seed)
                        .isLessThan(box(boxes, edge.to()).x());
            }
            List<Drawing.Box<Integer>> all = drawing.boxes();
            for (int a = 0; a < all.size(); a++) {
                for (int b = a + 1; b < all.size(); b++) {
                    if (all.get(a).x() == all.get(b).x()) {
                        assertThat(Math.abs(all.get(a).y() - all.get(b).y()))
                                .as("seed %s", seed)
                                .isGreaterThanOrEqualTo(49);
                    }
                }
            }
        }
    }

    private static <T> Drawing.Box<T> box(Map<T, Drawing.Box<T>> boxes, T node) {
        return Objects.requireNonNull(boxes.get(node));
    }

    private static LayeredLayout.Edge<String> edge(String from, String to) {
        return new LayeredLayout.Edge<>(from, to);
    }

    private static <T> Map<T, Drawing.Box<T>> byNode(Drawing<T> drawing) {
        return drawing.boxes().stream().collect(Collectors.toMap(Drawing.Box::node, Function.identity()));
    }
}
