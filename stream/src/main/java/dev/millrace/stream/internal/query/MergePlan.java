package dev.millrace.stream.internal.query;

import java.util.List;

/**
 * The columns of a query whose aggregates over old and new rows follow from those over the old and those over the new
 * ones.
 *
 * @param columns in the query's order
 */
public record MergePlan(List<Column> columns) {
    public MergePlan {
        columns = List.copyOf(columns);
    }

    /** What becomes of a column. */
    public enum Column {
        /** The same in both. */
        KEY,
        /** The sum of both. */
        SUM,
        /** The smaller one. */
        LEAST,
        /** The greater one. */
        GREATEST
    }
}
