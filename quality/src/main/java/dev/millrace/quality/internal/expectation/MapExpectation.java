package dev.millrace.quality.internal.expectation;

import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.check.CheckAnswers;
import dev.millrace.warehouse.check.CheckQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something that holds, or does not, for each value or row; enough of them must hold. The counts are those of Great
 * Expectations' result format (docs.greatexpectations.io).
 *
 * @param mostly the part of the rows looked at that must be as expected, 0 to 1
 * @param missing whether missing values are told apart from those looked at; not so where the question is whether
 *     values are missing
 */
record MapExpectation(MapRule rule, double mostly, boolean missing) implements Expectation {
    static final int EXAMPLES = 20;

    /** Up to so many unexpected values are fetched and counted here: it saves a second scan. */
    private static final int FETCHED = 1000;

    @Override
    public Question of(Subject subject) {
        return new Asked(this, subject, rule.of(subject));
    }

    private record Asked(MapExpectation expectation, Subject subject, MapRule.Sql sql) implements Question {
        private CheckQuery total() {
            return subject.count();
        }

        private CheckQuery ignored() {
            return sql.columns().size() == 1
                    ? CheckQuery.nulls(sql.columns().get(0).sql(), subject.from())
                    : subject.count(sql.ignored());
        }

        private String unexpectedRows() {
            if (sql.from().isPresent()) {
                return sql.from().get() + " where (" + sql.unexpected() + ")";
            }
            return sql.ignored().isEmpty() || sql.columns().size() == 1
                    ? subject.from(sql.unexpected())
                    : subject.from("not (" + sql.ignored() + ")", sql.unexpected());
        }

        private CheckQuery unexpected() {
            return sql.count() != null ? sql.count() : CheckQuery.rows(unexpectedRows());
        }

        @Override
        public List<CheckQuery> queries() {
            return sql.ignored().isEmpty() ? List.of(total(), unexpected()) : List.of(total(), ignored(), unexpected());
        }

        @Override
        public Finding judge(CheckAnswers answers) {
            return new MapCounts(
                            answers.count(total()),
                            sql.ignored().isEmpty() ? 0 : answers.count(ignored()),
                            answers.count(unexpected()))
                    .finding(expectation.mostly(), expectation.missing());
        }

        @Override
        public Finding explain(Session session, Finding finding) {
            long unexpected = finding.unexpected().orElse(0);
            List<@Nullable Object> examples = new ArrayList<>();
            boolean nulls = sql.unexpected().equals(sql.columns().get(0).sql() + " is null");
            if (nulls) {
                examples.addAll(Collections.nCopies((int) Math.min(unexpected, EXAMPLES), null));
                return finding.with("partial_unexpected_list", examples)
                        .with("partial_unexpected_counts", List.of(MapCounts.times(null, unexpected)));
            }
            boolean few = unexpected <= FETCHED;
            session.query("select " + list() + unexpectedRows() + " limit " + (few ? FETCHED : EXAMPLES))
                    .rows()
                    .forEach(row -> examples.add(shown(row)));
            return finding.with(
                            "partial_unexpected_list",
                            new ArrayList<>(examples.subList(0, Math.min(EXAMPLES, examples.size()))))
                    .with("partial_unexpected_counts", few ? counted(examples) : mostCommon(session));
        }

        private String list() {
            return sql.columns().stream().map(TableColumn::sql).collect(Collectors.joining(", "));
        }

        /** The most common of values that are all at hand. */
        private static List<Object> counted(List<@Nullable Object> values) {
            Map<@Nullable Object, Long> counts = new LinkedHashMap<>();
            values.forEach(value -> counts.merge(value, 1L, Long::sum));
            return counts.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                    .limit(EXAMPLES)
                    .map(entry -> (Object) MapCounts.times(entry.getKey(), entry.getValue()))
                    .toList();
        }

        private List<Object> mostCommon(Session session) {
            List<Object> counts = new ArrayList<>();
            session.query("select " + list() + ", count(*)" + unexpectedRows() + " group by " + list()
                            + " order by count(*) desc, " + list() + " limit " + EXAMPLES)
                    .rows()
                    .forEach(row -> counts.add(
                            MapCounts.times(shown(row.subList(0, row.size() - 1)), row.get(row.size() - 1))));
            return counts;
        }

        /** A column's value by itself, a pair as a list, several columns by their names. */
        private @Nullable Object shown(List<@Nullable Object> values) {
            if (values.size() == 1) {
                return values.get(0);
            }
            if (sql.pair()) {
                return Collections.unmodifiableList(new ArrayList<>(values));
            }
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < values.size(); i++) {
                row.put(sql.columns().get(i).name(), values.get(i));
            }
            return row;
        }
    }
}
