package dev.millrace.quality.internal.expectation;

import dev.millrace.warehouse.check.CheckAnswers;
import dev.millrace.warehouse.check.CheckQuery;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far the numbers of a column are from an expected distribution over bins. Beyond bins that end lie tails, which
 * weigh what the distribution says or what is held out for them.
 */
record ContinuousDivergence(DivergenceExpectation expectation, CheckQuery query) implements Question {
    static ContinuousDivergence of(DivergenceExpectation expectation, Subject subject, TableColumn column) {
        String c = column.sql();
        List<Double> bins = expectation.partition().bins();
        List<String> counts = new ArrayList<>();
        counts.add(count(c + " < " + edge(bins.get(0))));
        for (int i = 0; i + 1 < bins.size(); i++) {
            boolean last = i + 2 == bins.size();
            counts.add(count(
                    c + " >= " + edge(bins.get(i)) + " and " + c + (last ? " <= " : " < ") + edge(bins.get(i + 1))));
        }
        counts.add(count(c + " > " + edge(bins.get(bins.size() - 1))));
        return new ContinuousDivergence(
                expectation,
                CheckQuery.of(
                        "select to_json([" + String.join(", ", counts) + "]) as counts"
                                + subject.from(c + " is not null"),
                        "counts"));
    }

    private static String count(String condition) {
        return "count(case when " + condition + " then 1 end)";
    }

    private static String edge(double bin) {
        return Double.isInfinite(bin)
                ? "cast('" + (bin < 0 ? "-" : "") + "infinity' as double)"
                : BigDecimal.valueOf(bin).toPlainString();
    }

    @Override
    public List<CheckQuery> queries() {
        return List.of(query);
    }

    @Override
    public Finding judge(CheckAnswers answers) {
        List<Double> counts = Divergence.counts(answers.text(query));
        double total = Partition.sum(counts);
        List<Double> observed = counts.stream().map(count -> count / total).toList();
        Partition partition = expectation.partition();
        boolean left = !partition.infinite(0);
        boolean right = !partition.infinite(partition.bins().size() - 1);
        List<Double> within = observed.subList(left ? 0 : 1, observed.size() - (right ? 0 : 1));
        List<Double> expected = new ArrayList<>(expected(partition));
        double tail = expectation.tailHoldout() / (left && right ? 2 : 1);
        if (left) {
            expected.add(
                    0, partition.tails().isEmpty() ? tail : partition.tails().get(0));
        }
        if (right) {
            expected.add(partition.tails().isEmpty() ? tail : partition.tails().get(1));
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("observed_partition", Map.of("bins", partition.bins(), "weights", within));
        details.put("expected_partition", Map.of("bins", partition.bins(), "weights", expected));
        return expectation.judge(Divergence.of(within, expected), total == 0 ? Map.of() : details);
    }

    /** The weights of the bins, with what is held out for empty ones. */
    private List<Double> expected(Partition partition) {
        double held = expectation.internalHoldout();
        double scale = 1 - expectation.tailHoldout() - held;
        long empty = partition.weights().stream().filter(weight -> weight == 0).count();
        return partition.weights().stream()
                .map(weight -> weight == 0 && empty > 0 ? held / empty : weight * scale)
                .toList();
    }
}
