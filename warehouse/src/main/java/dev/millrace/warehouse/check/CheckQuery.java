package dev.millrace.warehouse.check;

import java.util.List;

/** A query that answers with exactly one row. Immutable. */
public sealed interface CheckQuery {
    /** How many rows {@code from} yields. */
    static CheckQuery rows(String from) {
        return new Count("count(*)", from);
    }

    /** In how many rows of {@code from} a column is null. */
    static CheckQuery nulls(String column, String from) {
        return new Count("count(*) - count(" + column + ")", from);
    }

    /** In how many rows of {@code from} a column is not null. */
    static CheckQuery present(String column, String from) {
        return new Count("count(" + column + ")", from);
    }

    /** The columns of a row, each of a type that can be cast to text. */
    static CheckQuery of(String sql, String... columns) {
        return new Row(sql, List.of(columns));
    }

    /**
     * Any query.
     *
     * @param sql one SELECT, without a semicolon at its end
     * @param columns the names of the columns to take from its row
     */
    record Row(String sql, List<String> columns) implements CheckQuery {
        public Row {
            columns = List.copyOf(columns);
        }
    }

    /**
     * A count. Counts of the same rows are asked together.
     *
     * @param measure an aggregate that is a whole number, also of no rows
     * @param from which rows: {@code from …}, with a {@code where} if it needs one
     */
    record Count(String measure, String from) implements CheckQuery {}
}
