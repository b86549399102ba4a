package dev.millrace.server.internal.layout;

import java.util.Arrays;
import java.util.List;

/** Counts how many edges between two layers cross. */
final class Crossings {
    private Crossings() {}

    /** Among the edges that leave {@code layer}: pairs whose ends are in the other order than their starts. */
    static long below(List<LayeredLayout.Vertex> layer) {
        int most = layer.stream()
                .flatMap(vertex -> vertex.outputs.stream())
                .mapToInt(output -> output.place)
                .max()
                .orElse(-1);
        // A Fenwick tree of the ends seen so far.
        long[] seen = new long[most + 2];
        long all = 0;
        long crossings = 0;
        for (LayeredLayout.Vertex vertex : layer) {
            int[] ends =
                    vertex.outputs.stream().mapToInt(output -> output.place).toArray();
            Arrays.sort(ends);
            for (int end : ends) {
                long notAbove = 0;
                for (int i = end + 1; i > 0; i -= i & -i) {
                    notAbove += seen[i];
                }
                crossings += all - notAbove;
            }
            for (int end : ends) {
                for (int i = end + 1; i < seen.length; i += i & -i) {
                    seen[i]++;
                }
                all++;
            }
        }
        return crossings;
    }
}
