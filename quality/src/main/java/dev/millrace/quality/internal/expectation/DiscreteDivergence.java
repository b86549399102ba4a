package dev.millrace.quality.internal.expectation;

import dev.millrace.warehouse.check.CheckAnswers;
import dev.millrace.warehouse.check.CheckQuery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far the values of a column are from an expected distribution of values. Values that were not expected share the
 * weight that is held out for them: their part of the sum needs how many there are, and the sum of their n ln n.
 */
record DiscreteDivergence(DivergenceExpectation expectation, CheckQuery query) implements Question {
    static DiscreteDivergence of(DivergenceExpectation expectation, Subject subject, TableColumn column) {
        List<Value> values = expectation.partition().values();
        List<String> literals = values.stream()
                .map(value -> column.literal(value).orElse("null"))
                .toList();
        String counts = literals.stream()
                .map(literal -> "coalesce(sum(case when v = " + literal + " then n end), 0)")
                .collect(Collectors.joining(", ", "to_json([", "])"));
        String known =
                literals.stream().filter(literal -> !literal.equals("null")).collect(Collectors.joining(", "));
        String other = known.isEmpty() ? "true" : "v not in (" + known + ")";
        String grouped = "select " + column.sql() + " as v, count(*) as n" + subject.from(column.sql() + " is not null")
                + " group by " + column.sql();
        return new DiscreteDivergence(
                expectation,
                CheckQuery.of(
                        "select " + counts + " as counts, count(case when " + other
                                + " then 1 end) as others, coalesce(sum(case when " + other
                                + " then n * ln(n) end), 0) as other_logs, coalesce(sum(n), 0) as total from ("
                                + grouped
                                + ") grouped",
                        "counts",
                        "others",
                        "other_logs",
                        "total"));
    }

    @Override
    public List<CheckQuery> queries() {
        return List.of(query);
    }

    @Override
    public Finding judge(CheckAnswers answers) {
        List<@Nullable String> row = answers.row(query);
        List<Double> counts = Divergence.counts(row.get(0));
        double others = Double.parseDouble(String.valueOf(row.get(1)));
        double total = Double.parseDouble(String.valueOf(row.get(3)));
        double held = others > 0 ? expectation.tailHoldout() : 0;
        List<Double> expected = expectation.partition().weights().stream()
                .map(weight -> weight * (1 - held))
                .toList();
        double whole = Partition.sum(expected) + held;
        double divergence = total == 0 ? Double.NaN : 0;
        for (int i = 0; i < counts.size() && total > 0; i++) {
            double p = counts.get(i) / total;
            divergence += p == 0 ? 0 : p * Math.log(p / (expected.get(i) / whole));
        }
        if (others > 0) {
            double part = (total - Partition.sum(counts)) / total;
            divergence += Double.parseDouble(String.valueOf(row.get(2))) / total
                    - part * Math.log(total)
                    - part * Math.log(held / others / whole);
        }
        return expectation.judge(divergence, details(counts, total, expected));
    }

    private Map<String, Object> details(List<Double> counts, double total, List<Double> expected) {
        List<Object> values =
                expectation.partition().values().stream().map(Value::value).toList();
        List<Double> observed = IntStream.range(0, counts.size())
                .mapToObj(i -> total == 0 ? 0 : counts.get(i) / total)
                .toList();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("observed_partition", Map.of("values", values, "weights", observed));
        details.put("expected_partition", Map.of("values", values, "weights", expected));
        return details;
    }
}
