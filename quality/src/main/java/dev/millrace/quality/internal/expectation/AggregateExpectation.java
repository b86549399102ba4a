package dev.millrace.quality.internal.expectation;

import dev.millrace.core.Position;
import dev.millrace.warehouse.check.CheckAnswers;
import dev.millrace.warehouse.check.CheckQuery;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A measure of a column that lies in a range.
 *
 * @param measure its SQL
 * @param ofColumnType whether the measure is of the column's type, or else a number
 */
record AggregateExpectation(
        String column, Position position, Function<TableColumn, String> measure, boolean ofColumnType, Bounds bounds)
        implements Expectation {
    static Expectation of(Kwargs kwargs, Function<TableColumn, String> measure, boolean ofColumnType) {
        return new AggregateExpectation(
                kwargs.text("column"),
                kwargs.position("column"),
                measure,
                ofColumnType,
                ofColumnType ? kwargs.bounds("min_value", "max_value") : kwargs.numberBounds());
    }

    @Override
    public Question of(Subject subject) {
        TableColumn found = subject.column(column, position);
        boolean number = !ofColumnType || found.isNumber();
        String outside = ofColumnType ? bounds.outside("measure", found) : bounds.outside("measure");
        CheckQuery query = CheckQuery.of(
                "select measure, (" + outside + ") as outside from (select " + measure.apply(found) + " as measure"
                        + subject.from() + ") measured",
                "measure",
                "outside");
        return new Asked(query, number);
    }

    private record Asked(CheckQuery query, boolean number) implements Question {
        @Override
        public List<CheckQuery> queries() {
            return List.of(query);
        }

        @Override
        public Finding judge(CheckAnswers answers) {
            List<@Nullable String> row = answers.row(query);
            String measure = row.get(0);
            return Finding.observed(
                    measure != null && !Boolean.parseBoolean(row.get(1)), number ? Observed.number(measure) : measure);
        }
    }
}
