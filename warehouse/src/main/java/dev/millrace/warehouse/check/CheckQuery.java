package dev.millrace.warehouse.check;

import java.util.List;

/**
 * A query that answers with exactly one row.
 *
 * @param sql one SELECT, without a semicolon at its end
 * @param columns the names of the columns to take from that row, each of a type that can be cast to text
 */
public record CheckQuery(String sql, List<String> columns) {
    public CheckQuery {
        columns = List.copyOf(columns);
    }
}
