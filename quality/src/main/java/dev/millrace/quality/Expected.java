package dev.millrace.quality;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An expectation that is being put together: further arguments by Great Expectations' names in Java's spelling. Not
 * thread-safe.
 */
public final class Expected {
    private final String type;
    private final Map<String, Object> kwargs = new LinkedHashMap<>();
    private String severity = "critical";

    Expected(String type, Map<String, ?> kwargs) {
        this.type = type;
        this.kwargs.putAll(kwargs);
    }

    /** An argument by its name in Great Expectations. */
    public Expected with(String kwarg, Object value) {
        kwargs.put(kwarg, value);
        return this;
    }

    /** @param part of the rows that must be as expected, 0 to 1 */
    public Expected mostly(double part) {
        return with("mostly", part);
    }

    public Expected minValue(Object value) {
        return with("min_value", value);
    }

    public Expected maxValue(Object value) {
        return with("max_value", value);
    }

    public Expected strictMin() {
        return with("strict_min", true);
    }

    public Expected strictMax() {
        return with("strict_max", true);
    }

    public Expected strictly() {
        return with("strictly", true);
    }

    public Expected orEqual() {
        return with("or_equal", true);
    }

    public Expected doubleSided() {
        return with("double_sided", true);
    }

    public Expected tiesOkay() {
        return with("ties_okay", true);
    }

    public Expected matchOn(String anyOrAll) {
        return with("match_on", anyOrAll);
    }

    public Expected ignoreRowIf(String which) {
        return with("ignore_row_if", which);
    }

    public Expected columnIndex(long index) {
        return with("column_index", index);
    }

    /** Which rows it is about, as in {@code col("status") == "paid"}. */
    public Expected rowCondition(String condition) {
        return with("row_condition", condition).with("condition_parser", "great_expectations");
    }

    /** Not being met is only warned about. */
    public Expected warning() {
        severity = "warning";
        return this;
    }

    /** As Great Expectations saves it. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", type);
        map.put("kwargs", Collections.unmodifiableMap(new LinkedHashMap<>(kwargs)));
        map.put("severity", severity);
        map.put("meta", Map.of());
        return map;
    }

    boolean isSame(Expected other) {
        List<String> domain = List.of("column", "column_A", "column_B", "column_list", "row_condition");
        return type.equals(other.type)
                && domain.stream().allMatch(key -> Objects.equals(kwargs.get(key), other.kwargs.get(key)));
    }
}
