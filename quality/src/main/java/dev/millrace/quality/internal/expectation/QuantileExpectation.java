package dev.millrace.quality.internal.expectation;

import dev.millrace.core.Position;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import dev.millrace.warehouse.check.CheckAnswers;
import dev.millrace.warehouse.check.CheckQuery;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Quantiles of a column that lie in ranges. A quantile is a value of the column: SQL's {@code percentile_disc}. */
record QuantileExpectation(String column, Position position, List<BigDecimal> quantiles, List<Bounds> ranges)
        implements Expectation {
    static Expectation of(Kwargs kwargs) {
        YamlMap written = kwargs.map()
                .map("quantile_ranges")
                .orElseThrow(() -> kwargs.invalid("quantile_ranges", "must hold 'quantiles' and 'value_ranges'"));
        written.allowOnly(List.of("quantiles", "value_ranges"));
        List<BigDecimal> quantiles = new ArrayList<>();
        for (Value value : Kwargs.values("quantiles", written.require("quantiles"))) {
            quantiles.add(value.number()
                    .filter(number -> number.signum() >= 0 && number.compareTo(BigDecimal.ONE) <= 0)
                    .orElseThrow(() -> kwargs.invalid("quantile_ranges", "has a quantile outside 0 to 1: " + value)));
        }
        List<Bounds> ranges = new ArrayList<>();
        for (YamlNode range : written.list("value_ranges").map(YamlList::items).orElse(List.of())) {
            if (!(range instanceof YamlList pair) || pair.items().size() != 2) {
                throw kwargs.invalid("quantile_ranges", "needs two bounds in each range, such as [1, null]");
            }
            ranges.add(new Bounds(bound(pair.items().get(0)), bound(pair.items().get(1)), false, false));
        }
        if (ranges.size() != quantiles.size() || quantiles.isEmpty()) {
            throw kwargs.invalid("quantile_ranges", "must have as many value_ranges as quantiles");
        }
        return new QuantileExpectation(kwargs.text("column"), kwargs.position("column"), quantiles, ranges);
    }

    private static @Nullable Value bound(YamlNode node) {
        return node instanceof YamlScalar scalar && scalar.value() != null
                ? new Value(scalar.value(), scalar.position())
                : null;
    }

    @Override
    public Question of(Subject subject) {
        TableColumn found = subject.column(column, position);
        StringBuilder measures = new StringBuilder();
        StringBuilder answers = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < quantiles.size(); i++) {
            String comma = i == 0 ? "" : ", ";
            measures.append(comma)
                    .append("percentile_disc(")
                    .append(quantiles.get(i).toPlainString())
                    .append(") within group (order by ")
                    .append(found.sql())
                    .append(") as q")
                    .append(i);
            answers.append(comma)
                    .append('q')
                    .append(i)
                    .append(", (")
                    .append(ranges.get(i).outside("q" + i, found))
                    .append(") as outside")
                    .append(i);
            names.add("q" + i);
            names.add("outside" + i);
        }
        CheckQuery query = new CheckQuery.Row(
                "select " + answers + " from (select " + measures + subject.from() + ") measured", names);
        return new Asked(this, query, found.isNumber());
    }

    private record Asked(QuantileExpectation expectation, CheckQuery query, boolean number) implements Question {
        @Override
        public List<CheckQuery> queries() {
            return List.of(query);
        }

        @Override
        public Finding judge(CheckAnswers answers) {
            List<@Nullable String> row = answers.row(query);
            List<@Nullable Object> values = new ArrayList<>();
            List<Boolean> details = new ArrayList<>();
            for (int i = 0; i < expectation.quantiles().size(); i++) {
                String value = row.get(2 * i);
                values.add(number ? Observed.number(value) : value);
                details.add(value != null && !Boolean.parseBoolean(row.get(2 * i + 1)));
            }
            Map<String, @Nullable Object> observed = new LinkedHashMap<>();
            observed.put("quantiles", expectation.quantiles());
            observed.put("values", values);
            return Finding.observed(!details.contains(false), observed)
                    .with("details", Map.of("success_details", details));
        }
    }
}
