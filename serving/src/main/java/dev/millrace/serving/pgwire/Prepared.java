package dev.millrace.serving.pgwire;

import dev.millrace.warehouse.Column;
import java.util.List;
import java.util.Optional;

/**
 * A statement that has been parsed.
 *
 * @param sql what DuckDB runs; empty for a command and for nothing
 * @param catalog whether it reads the catalog of PostgreSQL
 * @param parameters the numbers of the types of {@code $1}, {@code $2} …
 * @param columns of its answer; empty when it has none
 */
record Prepared(
        String sql, boolean catalog, Optional<Command> command, List<Integer> parameters, List<Column> columns) {
    static final Prepared EMPTY = new Prepared("", false, Optional.empty(), List.of(), List.of());

    Prepared {
        parameters = List.copyOf(parameters);
        columns = List.copyOf(columns);
    }

    boolean isEmpty() {
        return sql.isEmpty() && command.isEmpty();
    }

    /** The word that ends an answer. */
    String tag() {
        return sql.regionMatches(true, 0, "explain", 0, "explain".length()) ? "EXPLAIN" : "SELECT";
    }
}
