package dev.millrace.serving;

import dev.millrace.core.graph.RelationName;
import java.util.List;

/**
 * A text that {@link QueryGuard} has found to be one statement that only reads.
 *
 * @param sql the text as it was checked, without a semicolon at its end; run exactly this
 * @param parameters how many values it needs
 * @param reads the relations of the warehouse it names, each once
 */
public record CheckedQuery(String sql, int parameters, List<RelationName> reads) {
    public CheckedQuery {
        reads = List.copyOf(reads);
    }
}
