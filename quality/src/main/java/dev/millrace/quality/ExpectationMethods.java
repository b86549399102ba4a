package dev.millrace.quality;

import java.util.List;
import java.util.Map;

/**
 * Great Expectations' expectations by their names in Java's spelling. What each means and which further arguments it
 * takes is said at greatexpectations.io/expectations and in docs/quality.md.
 *
 * @param <T> what is given back: the expectation, for further arguments
 */
public interface ExpectationMethods<T> {
    /**
     * An expectation by its name in Great Expectations.
     *
     * @param kwargs its arguments under their names there
     */
    T expect(String type, Map<String, ?> kwargs);

    default T expectColumnValuesToNotBeNull(String column) {
        return expect("expect_column_values_to_not_be_null", Map.of("column", column));
    }

    default T expectColumnValuesToBeNull(String column) {
        return expect("expect_column_values_to_be_null", Map.of("column", column));
    }

    default T expectColumnValuesToBeUnique(String column) {
        return expect("expect_column_values_to_be_unique", Map.of("column", column));
    }

    default T expectColumnValuesToBeBetween(String column) {
        return expect("expect_column_values_to_be_between", Map.of("column", column));
    }

    default T expectColumnValuesToBeIncreasing(String column) {
        return expect("expect_column_values_to_be_increasing", Map.of("column", column));
    }

    default T expectColumnValuesToBeDecreasing(String column) {
        return expect("expect_column_values_to_be_decreasing", Map.of("column", column));
    }

    default T expectColumnValuesToBeJsonParseable(String column) {
        return expect("expect_column_values_to_be_json_parseable", Map.of("column", column));
    }

    default T expectColumnValuesToNotBeOutliers(String column) {
        return expect("expect_column_values_to_not_be_outliers", Map.of("column", column));
    }

    default T expectColumnValuesToBeInSet(String column, List<?> valueSet) {
        return expect("expect_column_values_to_be_in_set", Map.of("column", column, "value_set", valueSet));
    }

    default T expectColumnValuesToNotBeInSet(String column, List<?> valueSet) {
        return expect("expect_column_values_to_not_be_in_set", Map.of("column", column, "value_set", valueSet));
    }

    default T expectColumnValueZScoresToBeLessThan(String column, Number threshold) {
        return expect("expect_column_value_z_scores_to_be_less_than", Map.of("column", column, "threshold", threshold));
    }

    default T expectColumnValueLengthsToEqual(String column, long value) {
        return expect("expect_column_value_lengths_to_equal", Map.of("column", column, "value", value));
    }

    default T expectColumnValueLengthsToBeBetween(String column) {
        return expect("expect_column_value_lengths_to_be_between", Map.of("column", column));
    }

    default T expectColumnValuesToMatchJsonSchema(String column, Map<String, ?> jsonSchema) {
        return expect("expect_column_values_to_match_json_schema", Map.of("column", column, "json_schema", jsonSchema));
    }

    default T expectColumnValuesToMatchRegex(String column, String regex) {
        return expect("expect_column_values_to_match_regex", Map.of("column", column, "regex", regex));
    }

    default T expectColumnValuesToNotMatchRegex(String column, String regex) {
        return expect("expect_column_values_to_not_match_regex", Map.of("column", column, "regex", regex));
    }

    default T expectColumnValuesToMatchRegexList(String column, List<String> regexList) {
        return expect("expect_column_values_to_match_regex_list", Map.of("column", column, "regex_list", regexList));
    }

    default T expectColumnValuesToNotMatchRegexList(String column, List<String> regexList) {
        return expect(
                "expect_column_values_to_not_match_regex_list", Map.of("column", column, "regex_list", regexList));
    }

    default T expectColumnValuesToMatchLikePattern(String column, String likePattern) {
        return expect(
                "expect_column_values_to_match_like_pattern", Map.of("column", column, "like_pattern", likePattern));
    }

    default T expectColumnValuesToNotMatchLikePattern(String column, String likePattern) {
        return expect(
                "expect_column_values_to_not_match_like_pattern",
                Map.of("column", column, "like_pattern", likePattern));
    }

    default T expectColumnValuesToMatchLikePatternList(String column, List<String> likePatternList) {
        return expect(
                "expect_column_values_to_match_like_pattern_list",
                Map.of("column", column, "like_pattern_list", likePatternList));
    }

    default T expectColumnValuesToNotMatchLikePatternList(String column, List<String> likePatternList) {
        return expect(
                "expect_column_values_to_not_match_like_pattern_list",
                Map.of("column", column, "like_pattern_list", likePatternList));
    }

    default T expectColumnValuesToMatchStrftimeFormat(String column, String strftimeFormat) {
        return expect(
                "expect_column_values_to_match_strftime_format",
                Map.of("column", column, "strftime_format", strftimeFormat));
    }

    default T expectColumnValuesToBeOfType(String column, String type) {
        return expect("expect_column_values_to_be_of_type", Map.of("column", column, "type_", type));
    }

    default T expectColumnValuesToBeInTypeList(String column, List<String> typeList) {
        return expect("expect_column_values_to_be_in_type_list", Map.of("column", column, "type_list", typeList));
    }

    default T expectColumnPairValuesToBeEqual(String columnA, String columnB) {
        return expect("expect_column_pair_values_to_be_equal", Map.of("column_A", columnA, "column_B", columnB));
    }

    default T expectColumnPairValuesAToBeGreaterThanB(String columnA, String columnB) {
        return expect(
                "expect_column_pair_values_a_to_be_greater_than_b", Map.of("column_A", columnA, "column_B", columnB));
    }

    default T expectColumnPairValuesToBeInSet(String columnA, String columnB, List<? extends List<?>> valuePairsSet) {
        return expect(
                "expect_column_pair_values_to_be_in_set",
                Map.of("column_A", columnA, "column_B", columnB, "value_pairs_set", valuePairsSet));
    }

    default T expectCompoundColumnsToBeUnique(List<String> columnList) {
        return expect("expect_compound_columns_to_be_unique", Map.of("column_list", columnList));
    }

    default T expectSelectColumnValuesToBeUniqueWithinRecord(List<String> columnList) {
        return expect("expect_select_column_values_to_be_unique_within_record", Map.of("column_list", columnList));
    }

    default T expectMulticolumnValuesToBeEqual(List<String> columnList) {
        return expect("expect_multicolumn_values_to_be_equal", Map.of("column_list", columnList));
    }

    default T expectMulticolumnSumToEqual(List<String> columnList, Number sumTotal) {
        return expect("expect_multicolumn_sum_to_equal", Map.of("column_list", columnList, "sum_total", sumTotal));
    }

    default T expectColumnMinToBeBetween(String column) {
        return expect("expect_column_min_to_be_between", Map.of("column", column));
    }

    default T expectColumnMaxToBeBetween(String column) {
        return expect("expect_column_max_to_be_between", Map.of("column", column));
    }

    default T expectColumnMeanToBeBetween(String column) {
        return expect("expect_column_mean_to_be_between", Map.of("column", column));
    }

    default T expectColumnMedianToBeBetween(String column) {
        return expect("expect_column_median_to_be_between", Map.of("column", column));
    }

    default T expectColumnStdevToBeBetween(String column) {
        return expect("expect_column_stdev_to_be_between", Map.of("column", column));
    }

    default T expectColumnSumToBeBetween(String column) {
        return expect("expect_column_sum_to_be_between", Map.of("column", column));
    }

    default T expectColumnUniqueValueCountToBeBetween(String column) {
        return expect("expect_column_unique_value_count_to_be_between", Map.of("column", column));
    }

    default T expectColumnProportionOfUniqueValuesToBeBetween(String column) {
        return expect("expect_column_proportion_of_unique_values_to_be_between", Map.of("column", column));
    }

    default T expectColumnProportionOfNonNullValuesToBeBetween(String column) {
        return expect("expect_column_proportion_of_non_null_values_to_be_between", Map.of("column", column));
    }

    default T expectColumnQuantileValuesToBeBetween(String column, Map<String, ?> quantileRanges) {
        return expect(
                "expect_column_quantile_values_to_be_between",
                Map.of("column", column, "quantile_ranges", quantileRanges));
    }

    /**
     * @param partition weights of values ({@code values}, {@code weights}) or of bins ({@code bins}, {@code weights})
     */
    default T expectColumnKlDivergenceToBeLessThan(String column, Map<String, ?> partition, Number threshold) {
        return expect(
                "expect_column_kl_divergence_to_be_less_than",
                Map.of("column", column, "partition_object", partition, "threshold", threshold));
    }

    default T expectColumnTypeToBe(String column, String type) {
        return expect("expect_column_type_to_be", Map.of("column", column, "type_", type));
    }

    default T expectColumnDistinctValuesToBeInSet(String column, List<?> valueSet) {
        return expect("expect_column_distinct_values_to_be_in_set", Map.of("column", column, "value_set", valueSet));
    }

    default T expectColumnDistinctValuesToContainSet(String column, List<?> valueSet) {
        return expect("expect_column_distinct_values_to_contain_set", Map.of("column", column, "value_set", valueSet));
    }

    default T expectColumnDistinctValuesToEqualSet(String column, List<?> valueSet) {
        return expect("expect_column_distinct_values_to_equal_set", Map.of("column", column, "value_set", valueSet));
    }

    default T expectColumnMostCommonValueToBeInSet(String column, List<?> valueSet) {
        return expect("expect_column_most_common_value_to_be_in_set", Map.of("column", column, "value_set", valueSet));
    }

    default T expectTableRowCountToBeBetween() {
        return expect("expect_table_row_count_to_be_between", Map.of());
    }

    default T expectTableRowCountToEqual(long value) {
        return expect("expect_table_row_count_to_equal", Map.of("value", value));
    }

    default T expectTableRowCountToEqualOtherTable(String otherTableName) {
        return expect("expect_table_row_count_to_equal_other_table", Map.of("other_table_name", otherTableName));
    }

    default T expectTableColumnCountToBeBetween() {
        return expect("expect_table_column_count_to_be_between", Map.of());
    }

    default T expectTableColumnCountToEqual(long value) {
        return expect("expect_table_column_count_to_equal", Map.of("value", value));
    }

    default T expectTableColumnsToMatchSet(List<String> columnSet) {
        return expect("expect_table_columns_to_match_set", Map.of("column_set", columnSet));
    }

    default T expectTableColumnsToMatchOrderedList(List<String> columnList) {
        return expect("expect_table_columns_to_match_ordered_list", Map.of("column_list", columnList));
    }

    default T expectColumnToExist(String column) {
        return expect("expect_column_to_exist", Map.of("column", column));
    }

    default T unexpectedRowsExpectation(String unexpectedRowsQuery) {
        return expect("unexpected_rows_expectation", Map.of("unexpected_rows_query", unexpectedRowsQuery));
    }
}
