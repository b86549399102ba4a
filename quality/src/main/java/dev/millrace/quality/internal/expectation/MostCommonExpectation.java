package dev.millrace.quality.internal.expectation;

import dev.millrace.core.Position;
import dev.millrace.quality.internal.json.JsonNodes;
import dev.millrace.warehouse.check.CheckAnswers;
import dev.millrace.warehouse.check.CheckQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The most common value of a column beside a set. */
record MostCommonExpectation(String column, Position position, List<Value> values, boolean tiesOkay)
        implements Expectation {
    static Expectation of(Kwargs kwargs) {
        return new MostCommonExpectation(
                kwargs.text("column"),
                kwargs.position("column"),
                kwargs.values("value_set"),
                kwargs.flag("ties_okay", false));
    }

    @Override
    public Question of(Subject subject) {
        TableColumn found = subject.column(column, position);
        String c = found.sql();
        String set = ColumnRules.set(found, values);
        String counts = "select " + c + " as v, count(*) as n" + subject.from(c + " is not null") + " group by " + c;
        CheckQuery query = CheckQuery.of(
                "with counts as (" + counts
                        + "), common as (select v from counts where n = (select max(n) from counts))"
                        + " select count(*) as modes, "
                        + (set.isEmpty() ? "0" : "count(*) filter (where v in (" + set + "))")
                        + " as expected, (select to_json(list(v)) from (select v from common order by v limit "
                        + MapExpectation.EXAMPLES + ") shown) as observed from common",
                "modes",
                "expected",
                "observed");
        return new Asked(query, tiesOkay);
    }

    private record Asked(CheckQuery query, boolean tiesOkay) implements Question {
        @Override
        public List<CheckQuery> queries() {
            return List.of(query);
        }

        @Override
        public Finding judge(CheckAnswers answers) {
            List<@Nullable String> row = answers.row(query);
            boolean one = "1".equals(row.get(0));
            boolean expected = !"0".equals(row.get(1));
            String observed = row.get(2);
            return Finding.observed(
                    expected && (one || tiesOkay),
                    observed == null ? List.of() : JsonNodes.parse(observed, "").toJava());
        }
    }
}
