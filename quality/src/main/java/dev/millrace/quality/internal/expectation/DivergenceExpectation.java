package dev.millrace.quality.internal.expectation;

import dev.millrace.core.Position;
import java.math.BigDecimal;
import java.util.Map;

/**
 * The Kullback-Leibler divergence of a column from an expected distribution is at most a threshold.
 *
 * @param tailHoldout the weight kept for values that the distribution does not know
 * @param internalHoldout the weight kept for bins of weight nought
 */
record DivergenceExpectation(
        String column,
        Position position,
        Partition partition,
        double threshold,
        double tailHoldout,
        double internalHoldout)
        implements Expectation {
    static Expectation of(Kwargs kwargs) {
        Partition partition = Partition.of(kwargs);
        DivergenceExpectation expectation = new DivergenceExpectation(
                kwargs.text("column"),
                kwargs.position("column"),
                partition,
                threshold(kwargs),
                part(kwargs, "tail_weight_holdout"),
                part(kwargs, "internal_weight_holdout"));
        if (partition.discrete() && expectation.internalHoldout() > 0) {
            throw kwargs.invalid("internal_weight_holdout", "is for bins, not for values");
        }
        if (!partition.discrete() && !kwargs.flag("bucketize_data", true)) {
            throw kwargs.invalid("bucketize_data", "must be true where the distribution has bins");
        }
        if (!partition.tails().isEmpty() && expectation.tailHoldout() > 0) {
            throw kwargs.invalid("tail_weight_holdout", "must be 0 where the distribution has tail_weights");
        }
        return expectation;
    }

    private static double threshold(Kwargs kwargs) {
        BigDecimal threshold = kwargs.number("threshold");
        if (threshold.signum() < 0) {
            throw kwargs.invalid("threshold", "must be at least 0");
        }
        return threshold.doubleValue();
    }

    private static double part(Kwargs kwargs, String key) {
        if (kwargs.value(key).isEmpty()) {
            return 0;
        }
        double part = kwargs.number(key).doubleValue();
        if (part < 0 || part > 1) {
            throw kwargs.invalid(key, "must be between 0 and 1");
        }
        return part;
    }

    @Override
    public Question of(Subject subject) {
        TableColumn found = subject.column(column, position);
        return partition.discrete()
                ? DiscreteDivergence.of(this, subject, found)
                : ContinuousDivergence.of(this, subject, found.number(position));
    }

    Finding judge(double divergence, Map<String, Object> details) {
        boolean known = !Double.isNaN(divergence) && !Double.isInfinite(divergence);
        return Finding.observed(divergence <= threshold, known ? divergence : null)
                .with("details", details);
    }
}
