package dev.millrace.quality.internal.expectation;

import dev.millrace.core.yaml.YamlMap;
import java.util.ArrayList;
import java.util.List;

/**
 * A distribution that a column is held against, as Great Expectations writes it: weights of values, or of bins of
 * numbers.
 *
 * @param values of a discrete one; empty of a continuous one
 * @param bins the edges, rising, one more than weights; the outermost may be infinite. Empty of a discrete one
 * @param tails the weights below and above the bins, or none
 */
record Partition(List<Value> values, List<Double> bins, List<Double> weights, List<Double> tails) {
    private static final String KEY = "partition_object";
    private static final double CLOSE = 1e-5;

    static Partition of(Kwargs kwargs) {
        kwargs.map().require(KEY);
        YamlMap map = kwargs.map().map(KEY).orElseThrow();
        map.allowOnly(List.of("values", "bins", "weights", "tail_weights"));
        Kwargs parts = new Kwargs(map, kwargs.relations());
        Partition partition = new Partition(
                map.has("values") ? parts.values("values") : List.of(),
                map.has("bins") ? numbers(parts, "bins") : List.of(),
                numbers(parts, "weights"),
                map.has("tail_weights") ? numbers(parts, "tail_weights") : List.of());
        partition.check(kwargs, parts);
        return partition;
    }

    private static List<Double> numbers(Kwargs kwargs, String key) {
        List<Double> numbers = new ArrayList<>();
        for (Value value : kwargs.values(key)) {
            // Infinity is no exact number.
            numbers.add(
                    value.value() instanceof Double number
                            ? number
                            : value.number()
                                    .orElseThrow(() -> kwargs.invalid(key, "must hold numbers"))
                                    .doubleValue());
        }
        return numbers;
    }

    private void check(Kwargs kwargs, Kwargs parts) {
        if (values.isEmpty() == bins.isEmpty()) {
            throw kwargs.invalid(KEY, "must have either 'values' or 'bins'");
        }
        int groups = discrete() ? values.size() : bins.size() - 1;
        if (weights.size() != groups) {
            throw parts.invalid("weights", "must be " + groups + " numbers, but are " + weights.size());
        }
        if (!tails.isEmpty() && (tails.size() != 2 || discrete() || infinite(0) || infinite(bins.size() - 1))) {
            throw parts.invalid("tail_weights", "must be two numbers, beside bins that are not infinite");
        }
        for (int i = 1; i < bins.size(); i++) {
            if (bins.get(i) <= bins.get(i - 1)) {
                throw parts.invalid("bins", "must rise");
            }
        }
        double sum = sum(weights) + sum(tails);
        if (Math.abs(sum - 1) > CLOSE) {
            throw parts.invalid("weights", "must add up to 1, but add up to " + sum);
        }
    }

    boolean discrete() {
        return !values.isEmpty();
    }

    boolean infinite(int edge) {
        return Double.isInfinite(bins.get(edge));
    }

    static double sum(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).sum();
    }
}
