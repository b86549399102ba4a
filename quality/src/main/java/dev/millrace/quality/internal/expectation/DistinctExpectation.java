package dev.millrace.quality.internal.expectation;

import dev.millrace.core.Position;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.check.CheckAnswers;
import dev.millrace.warehouse.check.CheckQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The distinct values of a column beside a set.
 *
 * @param noOthers whether values outside the set are unexpected
 * @param all whether the column must hold every value of the set
 */
record DistinctExpectation(String column, Position position, List<Value> values, boolean noOthers, boolean all)
        implements Expectation {
    static Expectation of(Kwargs kwargs, boolean noOthers, boolean all) {
        return new DistinctExpectation(
                kwargs.text("column"), kwargs.position("column"), kwargs.values("value_set"), noOthers, all);
    }

    @Override
    public Question of(Subject subject) {
        return new Asked(this, subject, subject.column(column, position));
    }

    private record Asked(DistinctExpectation expectation, Subject subject, TableColumn column) implements Question {
        private String others() {
            String set = ColumnRules.set(column, expectation.values());
            return subject.from(
                    column.sql() + " is not null", set.isEmpty() ? "" : column.sql() + " not in (" + set + ")");
        }

        private CheckQuery unexpected() {
            return new CheckQuery.Count("count(distinct " + column.sql() + ")", others());
        }

        /** The places in the list of the values that the column holds. */
        private CheckQuery present() {
            StringBuilder places = new StringBuilder("case");
            for (int i = 0; i < expectation.values().size(); i++) {
                int place = i;
                column.literal(expectation.values().get(i))
                        .ifPresent(sql -> places.append(" when ")
                                .append(column.sql())
                                .append(" = ")
                                .append(sql)
                                .append(" then ")
                                .append(place));
            }
            String set = ColumnRules.set(column, expectation.values());
            String found = set.isEmpty()
                    ? "select null as place"
                    : "select " + places + " end as place" + subject.from(column.sql() + " in (" + set + ")");
            return CheckQuery.of(
                    "select string_agg(distinct cast(place as varchar), ',') as places from (" + found + ") held",
                    "places");
        }

        @Override
        public List<CheckQuery> queries() {
            List<CheckQuery> queries = new ArrayList<>();
            if (expectation.noOthers()) {
                queries.add(unexpected());
            }
            if (expectation.all()) {
                queries.add(present());
            }
            return queries;
        }

        @Override
        public Finding judge(CheckAnswers answers) {
            Map<String, @Nullable Object> result = new LinkedHashMap<>();
            boolean success = true;
            result.put("observed_value", null);
            if (expectation.noOthers()) {
                long unexpected = answers.count(unexpected());
                success = unexpected == 0;
                result.put("unexpected_count", unexpected);
                result.put("partial_unexpected_list", List.of());
            }
            if (expectation.all()) {
                String places = answers.text(present());
                Set<String> held = places == null ? Set.of() : Set.of(places.split(","));
                List<Object> missing = missing(held);
                success &= missing.isEmpty();
                result.put("missing_count", (long) missing.size());
                result.put(
                        "partial_missing_list", missing.subList(0, Math.min(missing.size(), MapExpectation.EXAMPLES)));
            }
            return new Finding(success, result);
        }

        private List<Object> missing(Set<String> held) {
            Set<String> found = new HashSet<>();
            for (int i = 0; i < expectation.values().size(); i++) {
                if (held.contains(String.valueOf(i))) {
                    found.add(expectation.values().get(i).toString());
                }
            }
            return expectation.values().stream()
                    .filter(value -> !found.contains(value.toString()))
                    .map(Value::value)
                    .distinct()
                    .toList();
        }

        @Override
        public Finding explain(Session session, Finding finding) {
            if (!expectation.noOthers()) {
                return finding;
            }
            List<@Nullable Object> examples = new ArrayList<>();
            session.query("select distinct " + column.sql() + others() + " order by 1 limit " + MapExpectation.EXAMPLES)
                    .rows()
                    .forEach(row -> examples.add(row.get(0)));
            return finding.with("partial_unexpected_list", examples);
        }
    }
}
