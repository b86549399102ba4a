package dev.millrace.quality.internal.expectation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All kinds of expectations there are, by name (greatexpectations.io/expectations). */
public final class Expectations {
    private static final String RANGE = "[ at least {min_value}][ at most {max_value}]";
    private static final String BOUNDS = "min_value max_value strict_min strict_max";
    private static final Map<String, ExpectationType> TYPES = new LinkedHashMap<>();

    static {
        values();
        patterns();
        rows();
        measures();
        sets();
        table();
    }

    private Expectations() {}

    public static Map<String, ExpectationType> all() {
        return Collections.unmodifiableMap(TYPES);
    }

    private static void add(String name, String kwargs, String words, Function<Kwargs, Expectation> factory) {
        List<String> keys = new ArrayList<>(Arrays.asList(kwargs.split(" ")));
        keys.removeIf(String::isEmpty);
        TYPES.put(name, new ExpectationType(name, words, keys, factory));
    }

    /** An expectation of each value of a column. */
    private static void column(String name, String kwargs, String words, Function<Kwargs, Expectation> factory) {
        add(name, "column mostly " + kwargs, "{column} " + words, factory);
    }

    private static void values() {
        column("expect_column_values_to_not_be_null", "", "is never null", k -> ColumnRules.nulls(k, false));
        column("expect_column_values_to_be_null", "", "is always null", k -> ColumnRules.nulls(k, true));
        column("expect_column_values_to_be_unique", "", "has no value twice", ColumnRules::unique);
        column(
                "expect_column_values_to_be_between",
                BOUNDS + " parse_strings_as_datetimes allow_cross_type_comparisons",
                "is" + RANGE,
                ColumnRules::between);
        column(
                "expect_column_values_to_be_in_set",
                "value_set",
                "is one of {value_set}",
                k -> ColumnRules.inSet(k, true));
        column(
                "expect_column_values_to_not_be_in_set",
                "value_set",
                "is none of {value_set}",
                k -> ColumnRules.inSet(k, false));
        column(
                "expect_column_values_to_be_increasing",
                "strictly parse_strings_as_datetimes",
                "never goes down from row to row",
                k -> ColumnRules.ordered(k, true));
        column(
                "expect_column_values_to_be_decreasing",
                "strictly parse_strings_as_datetimes",
                "never goes up from row to row",
                k -> ColumnRules.ordered(k, false));
        column(
                "expect_column_value_z_scores_to_be_less_than",
                "threshold double_sided",
                "is less than {threshold} standard deviations from its mean",
                ColumnRules::zScores);
        column(
                "expect_column_values_to_not_be_outliers",
                "method multiplier",
                "has no outliers[ beyond {multiplier} widths]",
                ColumnRules::outliers);
        column("expect_column_value_lengths_to_equal", "value", "is {value} characters long", k -> {
            k.count("value");
            Value length = k.requireValue("value");
            return ColumnRules.lengths(k, new Bounds(length, length, false, false));
        });
        column("expect_column_value_lengths_to_be_between", BOUNDS, "has a length of" + RANGE, k -> {
            k.requireBounds();
            return ColumnRules.lengths(k, k.numberBounds());
        });
    }

    private static void patterns() {
        column(
                "expect_column_values_to_match_regex",
                "regex",
                "matches the expression {regex}",
                k -> ColumnRules.regex(k, List.of(k.requireValue("regex")), true, true));
        column(
                "expect_column_values_to_not_match_regex",
                "regex",
                "does not match the expression {regex}",
                k -> ColumnRules.regex(k, List.of(k.requireValue("regex")), false, false));
        column(
                "expect_column_values_to_match_regex_list",
                "regex_list match_on",
                "matches the expressions {regex_list}",
                k -> ColumnRules.regex(k, patterns(k, "regex_list"), true, all(k)));
        column(
                "expect_column_values_to_not_match_regex_list",
                "regex_list",
                "matches none of the expressions {regex_list}",
                k -> ColumnRules.regex(k, patterns(k, "regex_list"), false, false));
        column(
                "expect_column_values_to_match_like_pattern",
                "like_pattern",
                "is like {like_pattern}",
                k -> ColumnRules.like(k, List.of(k.requireValue("like_pattern")), true, true));
        column(
                "expect_column_values_to_not_match_like_pattern",
                "like_pattern",
                "is not like {like_pattern}",
                k -> ColumnRules.like(k, List.of(k.requireValue("like_pattern")), false, false));
        column(
                "expect_column_values_to_match_like_pattern_list",
                "like_pattern_list match_on",
                "is like {like_pattern_list}",
                k -> ColumnRules.like(k, patterns(k, "like_pattern_list"), true, all(k)));
        column(
                "expect_column_values_to_not_match_like_pattern_list",
                "like_pattern_list",
                "is like none of {like_pattern_list}",
                k -> ColumnRules.like(k, patterns(k, "like_pattern_list"), false, false));
        column(
                "expect_column_values_to_match_strftime_format",
                "strftime_format",
                "has the form {strftime_format}",
                k -> {
                    String format = k.text("strftime_format");
                    return ColumnRules.where(
                            k,
                            column -> column.sql() + " is not null and try_strptime(" + column.text() + ", "
                                    + column.dialect().literal(format) + ") is null");
                });
        column(
                "expect_column_values_to_be_json_parseable",
                "",
                "is JSON",
                k -> ColumnRules.where(k, column -> "not json_valid(" + column.text() + ")"));
        column(
                "expect_column_values_to_match_json_schema",
                "json_schema",
                "is JSON as the schema says",
                JsonSchemaExpectation::of);
    }

    private static List<Value> patterns(Kwargs kwargs, String key) {
        List<Value> patterns = kwargs.values(key);
        if (patterns.isEmpty()) {
            throw kwargs.invalid(key, "is empty");
        }
        return patterns;
    }

    private static boolean all(Kwargs kwargs) {
        return kwargs.choice("match_on", "any", "any", "all").equals("all");
    }

    private static void rows() {
        String pair = "column_A column_B ignore_row_if mostly";
        add(
                "expect_column_pair_values_to_be_equal",
                pair,
                "{column_A} equals {column_B}",
                k -> RowRules.pair(k, (a, b) -> "not coalesce(" + a.sql() + " = " + b.sql() + ", false)"));
        add(
                "expect_column_pair_values_a_to_be_greater_than_b",
                pair + " or_equal parse_strings_as_datetimes allow_cross_type_comparisons",
                "{column_A} is greater than {column_B}",
                k -> {
                    String wrong = k.flag("or_equal", false) ? " < " : " <= ";
                    return RowRules.pair(k, (a, b) -> a.sql() + wrong + b.sql());
                });
        add(
                "expect_column_pair_values_to_be_in_set",
                pair + " value_pairs_set",
                "{column_A} and {column_B} are one of {value_pairs_set}",
                k -> {
                    List<List<Value>> pairs = pairs(k);
                    return RowRules.pair(k, (a, b) -> PairSet.notIn(a, b, pairs));
                });
        String list = "column_list ignore_row_if mostly";
        add(
                "expect_compound_columns_to_be_unique",
                list,
                "{column_list} together have no value twice",
                RowRules::compound);
        for (String name : List.of(
                "expect_select_column_values_to_be_unique_within_record", "expect_multicolumn_values_to_be_unique")) {
            add(name, list, "{column_list} differ within each row", k -> RowRules.several(k, RowRules::anyEqual));
        }
        add(
                "expect_multicolumn_values_to_be_equal",
                list,
                "{column_list} are equal within each row",
                k -> RowRules.several(k, RowRules::allEqual));
        add("expect_multicolumn_sum_to_equal", list + " sum_total", "{column_list} add up to {sum_total}", k -> {
            String total = k.number("sum_total").toPlainString();
            return RowRules.several(k, columns -> RowRules.sumDiffers(k, columns, total));
        });
    }

    private static List<List<Value>> pairs(Kwargs kwargs) {
        return kwargs.nodes("value_pairs_set").stream()
                .map(node -> {
                    List<Value> pair = Kwargs.values("value_pairs_set", node);
                    if (pair.size() != 2) {
                        throw kwargs.invalid("value_pairs_set", "must hold pairs of values");
                    }
                    return pair;
                })
                .toList();
    }

    private static void measure(String what, boolean ofColumnType, Function<TableColumn, String> sql) {
        add(
                "expect_column_" + what + "_to_be_between",
                "column " + BOUNDS + " parse_strings_as_datetimes output_strftime_format",
                "the " + what.replace('_', ' ') + " of {column} is" + RANGE,
                k -> AggregateExpectation.of(k, sql, ofColumnType));
    }

    private static void measures() {
        measure("min", true, c -> "min(" + c.sql() + ")");
        measure("max", true, c -> "max(" + c.sql() + ")");
        measure("mean", false, c -> "avg(" + c.sql() + ")");
        measure("median", false, c -> "quantile_cont(cast(" + c.sql() + " as double), 0.5)");
        measure("stdev", false, c -> "stddev_samp(" + c.sql() + ")");
        measure("sum", false, c -> "sum(" + c.sql() + ")");
        measure("unique_value_count", false, c -> "count(distinct " + c.sql() + ")");
        measure(
                "proportion_of_unique_values",
                false,
                c -> "coalesce(count(distinct " + c.sql() + ") / nullif(cast(count(" + c.sql()
                        + ") as double), 0), 0)");
        measure(
                "proportion_of_non_null_values",
                false,
                c -> "coalesce(count(" + c.sql() + ") / nullif(cast(count(*) as double), 0), 0)");
        add(
                "expect_column_quantile_values_to_be_between",
                "column quantile_ranges allow_relative_error",
                "the quantiles of {column} lie in {quantile_ranges}",
                QuantileExpectation::of);
    }

    private static void sets() {
        String kwargs = "column value_set parse_strings_as_datetimes";
        add(
                "expect_column_distinct_values_to_be_in_set",
                kwargs,
                "{column} holds no other values than {value_set}",
                k -> DistinctExpectation.of(k, true, false));
        add(
                "expect_column_distinct_values_to_contain_set",
                kwargs,
                "{column} holds each of {value_set}",
                k -> DistinctExpectation.of(k, false, true));
        add(
                "expect_column_distinct_values_to_equal_set",
                kwargs,
                "{column} holds each of {value_set} and no other",
                k -> DistinctExpectation.of(k, true, true));
        add(
                "expect_column_most_common_value_to_be_in_set",
                "column value_set ties_okay",
                "the most common {column} is one of {value_set}",
                MostCommonExpectation::of);
        add(
                "expect_column_kl_divergence_to_be_less_than",
                "column partition_object threshold tail_weight_holdout internal_weight_holdout bucketize_data",
                "{column} is distributed as expected, but for a divergence of {threshold}",
                DivergenceExpectation::of);
        add(
                "expect_column_type_to_be",
                "column type_",
                "{column} is of type {type_}",
                k -> CatalogRules.types(k, List.of(k.requireValue("type_"))));
        column(
                "expect_column_values_to_be_of_type",
                "type_",
                "is of type {type_}",
                k -> CatalogRules.types(k, List.of(k.requireValue("type_"))));
        column(
                "expect_column_values_to_be_in_type_list",
                "type_list",
                "is of one of the types {type_list}",
                k -> CatalogRules.types(k, k.values("type_list")));
    }

    private static void table() {
        add(
                "expect_table_row_count_to_be_between",
                BOUNDS,
                "the table has rows:" + RANGE,
                k -> TableRules.rowCount(k.numberBounds()));
        add(
                "expect_table_row_count_to_equal",
                "value",
                "the table has {value} rows",
                k -> TableRules.rowCount(exactly(k)));
        add(
                "expect_table_row_count_to_equal_other_table",
                "other_table_name",
                "the table has as many rows as {other_table_name}",
                k -> TableRules.sameRowCount(k.relation("other_table_name")));
        add(
                "expect_table_column_count_to_be_between",
                BOUNDS,
                "the table has columns:" + RANGE,
                k -> CatalogRules.columnCount(k.numberBounds()));
        add(
                "expect_table_column_count_to_equal",
                "value",
                "the table has {value} columns",
                k -> CatalogRules.columnCount(exactly(k)));
        add(
                "expect_table_columns_to_match_set",
                "column_set exact_match",
                "the columns are {column_set}",
                CatalogRules::set);
        add(
                "expect_table_columns_to_match_ordered_list",
                "column_list",
                "the columns are, in this order, {column_list}",
                CatalogRules::ordered);
        add("expect_column_to_exist", "column column_index", "there is a column {column}", CatalogRules::exists);
        add(
                "unexpected_rows_expectation",
                "unexpected_rows_query description",
                "no row is found by: {unexpected_rows_query}",
                TableRules::unexpectedRows);
    }

    private static Bounds exactly(Kwargs kwargs) {
        kwargs.count("value");
        Value value = kwargs.requireValue("value");
        return new Bounds(value, value, false, false);
    }
}
