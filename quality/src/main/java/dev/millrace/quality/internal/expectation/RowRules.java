package dev.millrace.quality.internal.expectation;

import dev.millrace.warehouse.check.CheckQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is expected of several columns of each row. Where a null makes the answer unknown, the row is not unexpected, as
 * on the SQL engines of Great Expectations.
 */
final class RowRules {
    private RowRules() {}

    /** An expectation of {@code column_A} and {@code column_B}. */
    static Expectation pair(Kwargs kwargs, BiFunction<TableColumn, TableColumn, String> unexpected) {
        List<Value> names = List.of(kwargs.requireValue("column_A"), kwargs.requireValue("column_B"));
        String ignore = kwargs.choice(
                "ignore_row_if",
                "both_values_are_missing",
                "both_values_are_missing",
                "either_value_is_missing",
                "neither");
        return new MapExpectation(
                subject -> {
                    List<TableColumn> columns = columns(subject, names);
                    return MapRule.Sql.of(
                                    columns, ignored(ignore, columns), unexpected.apply(columns.get(0), columns.get(1)))
                            .paired();
                },
                kwargs.mostly(),
                true);
    }

    /** An expectation of the columns of {@code column_list}. */
    static Expectation several(Kwargs kwargs, Function<List<TableColumn>, String> unexpected) {
        List<Value> names = kwargs.names("column_list", 2);
        String ignore = ignore(kwargs);
        return new MapExpectation(
                subject -> {
                    List<TableColumn> columns = columns(subject, names);
                    return MapRule.Sql.of(columns, ignored(ignore, columns), unexpected.apply(columns));
                },
                kwargs.mostly(),
                true);
    }

    static Expectation compound(Kwargs kwargs) {
        List<Value> names = kwargs.names("column_list", 2);
        String ignore = ignore(kwargs);
        return new MapExpectation(
                subject -> {
                    List<TableColumn> columns = columns(subject, names);
                    String list = columns.stream().map(TableColumn::sql).collect(Collectors.joining(", "));
                    String complete =
                            columns.stream().map(c -> c.sql() + " is not null").collect(Collectors.joining(" and "));
                    String grouped = subject.from(complete) + " group by " + list + " having count(*) > 1";
                    return MapRule.Sql.of(
                                    columns,
                                    ignored(ignore, columns),
                                    "(" + list + ") in (select (" + list + ")" + grouped + ")")
                            .counted(CheckQuery.of(
                                    "select coalesce(sum(n), 0) as n from (select count(*) as n" + grouped + ") same",
                                    "n"));
                },
                kwargs.mostly(),
                true);
    }

    static String allEqual(List<TableColumn> columns) {
        String first = columns.get(0).sql();
        String equal = columns.stream()
                .skip(1)
                .map(column -> first + " = " + column.sql())
                .collect(Collectors.joining(" and "));
        return "not coalesce(" + equal + ", false)";
    }

    static String anyEqual(List<TableColumn> columns) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            for (int j = i + 1; j < columns.size(); j++) {
                pairs.add(columns.get(i).sql() + " is not distinct from "
                        + columns.get(j).sql());
            }
        }
        return String.join(" or ", pairs);
    }

    static String sumDiffers(Kwargs kwargs, List<TableColumn> columns, String total) {
        String sum = columns.stream()
                .map(column -> column.number(kwargs.position("column_list")).sql())
                .collect(Collectors.joining(" + "));
        return sum + " <> " + total;
    }

    private static String ignore(Kwargs kwargs) {
        return kwargs.choice(
                "ignore_row_if", "all_values_are_missing", "all_values_are_missing", "any_value_is_missing", "never");
    }

    private static List<TableColumn> columns(Subject subject, List<Value> names) {
        return names.stream()
                .map(name -> subject.column(name.toString(), name.position()))
                .toList();
    }

    private static String ignored(String ignore, List<TableColumn> columns) {
        String word = switch (ignore) {
            case "both_values_are_missing", "all_values_are_missing" -> " and ";
            case "either_value_is_missing", "any_value_is_missing" -> " or ";
            default -> "";
        };
        return word.isEmpty()
                ? ""
                : columns.stream().map(column -> column.sql() + " is null").collect(Collectors.joining(word));
    }
}
