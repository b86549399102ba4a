package dev.millrace.quality.internal.expectation;

import dev.millrace.core.Position;
import dev.millrace.warehouse.RelationType;
import dev.millrace.warehouse.check.CheckQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What is expected of each value of one column. Nulls are missing, and never unexpected. */
final class ColumnRules {
    private ColumnRules() {}

    /** An expectation of the column {@code column} by a condition that is true of unexpected values. */
    static Expectation where(Kwargs kwargs, Function<TableColumn, String> unexpected) {
        return of(
                kwargs,
                (subject, column) ->
                        MapRule.Sql.of(List.of(column), column.sql() + " is null", unexpected.apply(column)));
    }

    @FunctionalInterface
    private interface ColumnRule {
        MapRule.Sql of(Subject subject, TableColumn column);
    }

    private static Expectation of(Kwargs kwargs, ColumnRule rule) {
        String name = kwargs.text("column");
        Position position = kwargs.position("column");
        return new MapExpectation(subject -> rule.of(subject, subject.column(name, position)), kwargs.mostly(), true);
    }

    /** @param is whether the values are to be null, or not to be */
    static Expectation nulls(Kwargs kwargs, boolean is) {
        String name = kwargs.text("column");
        Position position = kwargs.position("column");
        return new MapExpectation(
                subject -> {
                    TableColumn column = subject.column(name, position);
                    return MapRule.Sql.of(List.of(column), "", column.sql() + (is ? " is not null" : " is null"))
                            .counted(
                                    is
                                            ? CheckQuery.present(column.sql(), subject.from())
                                            : CheckQuery.nulls(column.sql(), subject.from()));
                },
                kwargs.mostly(),
                false);
    }

    static Expectation between(Kwargs kwargs) {
        Bounds bounds = kwargs.requireBounds();
        return where(kwargs, column -> bounds.outside(column.sql(), column));
    }

    static Expectation inSet(Kwargs kwargs, boolean in) {
        List<Value> values = kwargs.values("value_set");
        return where(kwargs, column -> {
            String set = set(column, values);
            if (set.isEmpty()) {
                return in ? column.sql() + " is not null" : "false";
            }
            return column.sql() + (in ? " not in (" : " in (") + set + ")";
        });
    }

    /** The values that the column can hold, with commas between them. */
    static String set(TableColumn column, List<Value> values) {
        return values.stream().map(column::literal).flatMap(Optional::stream).collect(Collectors.joining(", "));
    }

    static Expectation regex(Kwargs kwargs, List<Value> expressions, boolean matches, boolean all) {
        List<String> checked = expressions.stream().map(kwargs::regex).toList();
        return where(
                kwargs,
                column -> matching(
                        checked,
                        expression -> "regexp_matches(" + column.text() + ", "
                                + column.dialect().literal(expression) + ")",
                        matches,
                        all));
    }

    static Expectation like(Kwargs kwargs, List<Value> patterns, boolean matches, boolean all) {
        return where(
                kwargs,
                column -> matching(
                        patterns.stream().map(Value::toString).toList(),
                        pattern -> column.text() + " like " + column.dialect().literal(pattern),
                        matches,
                        all));
    }

    private static String matching(
            List<String> patterns, Function<String, String> match, boolean matches, boolean all) {
        String joined = patterns.stream().map(match).collect(Collectors.joining(all ? " and " : " or ", "(", ")"));
        return matches ? "not " + joined : joined;
    }

    static Expectation lengths(Kwargs kwargs, Bounds bounds) {
        return where(kwargs, column -> bounds.outside("length(" + column.text() + ")"));
    }

    static Expectation unique(Kwargs kwargs) {
        return of(kwargs, (subject, column) -> {
            String grouped =
                    subject.from(column.sql() + " is not null") + " group by " + column.sql() + " having count(*) > 1";
            return MapRule.Sql.of(
                            List.of(column),
                            column.sql() + " is null",
                            column.sql() + " in (select " + column.sql() + grouped + ")")
                    .counted(CheckQuery.of(
                            "select coalesce(sum(n), 0) as n from (select count(*) as n" + grouped + ") same", "n"));
        });
    }

    /** Compares each value with the one before it, in the order in which the rows stand in the table. */
    static Expectation ordered(Kwargs kwargs, boolean increasing) {
        boolean strictly = kwargs.flag("strictly", false);
        String wrong = increasing ? (strictly ? "<=" : "<") : strictly ? ">=" : ">";
        return of(kwargs, (subject, column) -> {
            String order = subject.type().get() == RelationType.TABLE ? "order by rowid" : "";
            String from = " from (select " + column.sql() + ", lag(" + column.sql() + ") over (" + order
                    + ") as value_before" + subject.from(column.sql() + " is not null") + ") steps";
            return MapRule.Sql.of(
                            List.of(column), column.sql() + " is null", column.sql() + " " + wrong + " value_before")
                    .in(from);
        });
    }

    static Expectation zScores(Kwargs kwargs) {
        String threshold = kwargs.number("threshold").toPlainString();
        boolean doubleSided = kwargs.flag("double_sided", false);
        return of(kwargs, (subject, column) -> {
            TableColumn number = column.number(kwargs.position("column"));
            String score = "(" + number.sql() + " - center) / nullif(spread, 0)";
            return MapRule.Sql.of(
                            List.of(column),
                            column.sql() + " is null",
                            (doubleSided ? "abs(" + score + ")" : score) + " >= " + threshold)
                    .in(compared(
                            subject,
                            column,
                            "avg(" + column.sql() + ") as center, stddev_samp(" + column.sql() + ") as spread"));
        });
    }

    static Expectation outliers(Kwargs kwargs) {
        boolean quartiles = kwargs.choice("method", "iqr", "iqr", "std").equals("iqr");
        String multiplier = kwargs.value("multiplier").isPresent()
                ? kwargs.number("multiplier").toPlainString()
                : "1.5";
        return of(kwargs, (subject, column) -> {
            String c = "cast(" + column.number(kwargs.position("column")).sql() + " as double)";
            String low = quartiles ? "quantile_cont(" + c + ", 0.25)" : "avg(" + c + ")";
            String high = quartiles ? "quantile_cont(" + c + ", 0.75)" : "avg(" + c + ")";
            String width = quartiles ? "high - low" : "width";
            String measures = low + " as low, " + high + " as high, stddev_samp(" + c + ") as width";
            List<String> outside = new ArrayList<>();
            outside.add(column.sql() + " < low - " + multiplier + " * (" + width + ")");
            outside.add(column.sql() + " > high + " + multiplier + " * (" + width + ")");
            return MapRule.Sql.of(List.of(column), column.sql() + " is null", String.join(" or ", outside))
                    .in(compared(subject, column, measures));
        });
    }

    private static String compared(Subject subject, TableColumn column, String measures) {
        return " from (select " + column.sql() + subject.from(column.sql() + " is not null")
                + ") value_of cross join (select " + measures + subject.from() + ") measure";
    }
}
