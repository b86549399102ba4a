package dev.millrace.quality.internal.expectation;

import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;
import dev.millrace.warehouse.check.CheckAnswers;
import dev.millrace.warehouse.check.CheckQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** What is expected of the rows of a table as a whole. */
final class TableRules {
    private TableRules() {}

    static Expectation rowCount(Bounds bounds) {
        return subject -> new Question() {
            @Override
            public List<CheckQuery> queries() {
                return List.of(subject.count());
            }

            @Override
            public Finding judge(CheckAnswers answers) {
                long rows = answers.count(subject.count());
                return Finding.observed(bounds.holds(rows), rows);
            }
        };
    }

    static Expectation sameRowCount(RelationName other) {
        return subject -> new Question() {
            private final CheckQuery others =
                    CheckQuery.rows("from " + subject.dialect().quote(other));

            @Override
            public List<CheckQuery> queries() {
                return List.of(subject.count(), others);
            }

            @Override
            public Finding judge(CheckAnswers answers) {
                Map<String, Object> observed = new LinkedHashMap<>();
                observed.put("self", answers.count(subject.count()));
                observed.put("other", answers.count(others));
                return Finding.observed(observed.get("self").equals(observed.get("other")), observed);
            }
        };
    }

    /** A query of the user's own that finds rows which must not be. */
    static Expectation unexpectedRows(Kwargs kwargs) {
        String written = kwargs.text("unexpected_rows_query").strip().replaceFirst(";$", "");
        if (written.isEmpty()) {
            throw kwargs.invalid("unexpected_rows_query", "is empty");
        }
        return subject -> new Question() {
            private final String sql =
                    written.replaceAll("\\{\\s*(batch|active_batch)\\s*}", Matcher.quoteReplacement(subject.rows()));
            private final CheckQuery count = CheckQuery.rows("from (\n" + sql + "\n) found");

            @Override
            public List<CheckQuery> queries() {
                return List.of(count);
            }

            @Override
            public Finding judge(CheckAnswers answers) {
                long rows = answers.count(count);
                return Finding.observed(rows == 0, rows);
            }

            @Override
            public Finding explain(Session session, Finding finding) {
                Table table = session.query("select * from (\n" + sql + "\n) found limit " + MapExpectation.EXAMPLES);
                List<Object> rows = new ArrayList<>();
                for (List<@Nullable Object> row : table.rows()) {
                    Map<String, @Nullable Object> values = new LinkedHashMap<>();
                    for (int i = 0; i < row.size(); i++) {
                        values.put(table.columns().get(i).name(), row.get(i));
                    }
                    rows.add(values);
                }
                return finding.with("details", Map.of("unexpected_rows", rows));
            }
        };
    }
}
