package dev.millrace.server.internal.layout;

import java.util.List;

/**
 * Moves the vertices of a layer towards the height of their neighbours without changing their order: least squares
 * under the gaps that must stay, solved by pooling neighbours that would overlap.
 */
final class Alignment {
    private static final double BEND_WEIGHT = 4;

    private Alignment() {}

    static void place(List<LayeredLayout.Vertex> layer, boolean towardsInputs, LayeredLayout.Spacing spacing) {
        int n = layer.size();
        double[] mean = new double[n];
        double[] weight = new double[n];
        int[] size = new int[n];
        double[] offset = new double[n];
        int blocks = 0;
        double position = 0;
        for (int i = 0; i < n; i++) {
            LayeredLayout.Vertex vertex = layer.get(i);
            position += i == 0 ? 0 : gap(layer.get(i - 1), vertex, spacing);
            offset[i] = position;
            mean[blocks] = wanted(vertex, towardsInputs) - position;
            weight[blocks] = vertex.bend ? BEND_WEIGHT : 1;
            size[blocks] = 1;
            blocks++;
            while (blocks > 1 && mean[blocks - 2] > mean[blocks - 1]) {
                double both = weight[blocks - 2] + weight[blocks - 1];
                mean[blocks - 2] =
                        (mean[blocks - 2] * weight[blocks - 2] + mean[blocks - 1] * weight[blocks - 1]) / both;
                weight[blocks - 2] = both;
                size[blocks - 2] += size[blocks - 1];
                blocks--;
            }
        }
        int i = 0;
        for (int block = 0; block < blocks; block++) {
            for (int k = 0; k < size[block]; k++, i++) {
                layer.get(i).y = mean[block] + offset[i];
            }
        }
    }

    private static double wanted(LayeredLayout.Vertex vertex, boolean towardsInputs) {
        List<LayeredLayout.Vertex> first = towardsInputs ? vertex.inputs : vertex.outputs;
        List<LayeredLayout.Vertex> neighbours =
                first.isEmpty() ? (towardsInputs ? vertex.outputs : vertex.inputs) : first;
        return neighbours.stream()
                .mapToDouble(neighbour -> neighbour.y)
                .average()
                .orElse(vertex.y);
    }

    private static double gap(LayeredLayout.Vertex above, LayeredLayout.Vertex below, LayeredLayout.Spacing spacing) {
        if (above.bend && below.bend) {
            return spacing.gapY();
        }
        return above.bend || below.bend ? spacing.height() / 2.0 + spacing.gapY() : spacing.height() + spacing.gapY();
    }
}
