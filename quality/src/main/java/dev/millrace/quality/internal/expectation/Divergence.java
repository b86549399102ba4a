package dev.millrace.quality.internal.expectation;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The Kullback-Leibler divergence of one distribution from another, in nats. */
final class Divergence {
    private Divergence() {}

    /** The numbers of a JSON list, as the warehouse has written it. */
    static List<Double> counts(@Nullable String list) {
        String numbers = Objects.requireNonNull(list).replaceAll("[\\[\\]\\s]", "");
        return Arrays.stream(numbers.split(",")).map(Double::valueOf).toList();
    }

    /**
     * @param observed weights, in the order of {@code expected}; both are scaled to add up to 1
     * @return infinite where something is observed that is not expected, NaN if nothing is observed
     */
    static double of(List<Double> observed, List<Double> expected) {
        double all = Partition.sum(observed);
        double whole = Partition.sum(expected);
        double divergence = 0;
        for (int i = 0; i < observed.size(); i++) {
            double p = observed.get(i) / all;
            double q = expected.get(i) / whole;
            divergence += p == 0 ? 0 : p * Math.log(p / q);
        }
        return divergence;
    }
}
