package dev.millrace.warehouse.check;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the queries of a check came to. Immutable.
 *
 * @param rows by query; the values as the warehouse writes them as text, or null
 * @param elapsed how long the statement took, for all checks it answered
 */
public record CheckAnswers(Map<CheckQuery, List<@Nullable String>> rows, Duration elapsed) {
    public CheckAnswers {
        rows = Map.copyOf(rows);
    }

    /** The values of a query in the order of its columns. */
    public List<@Nullable String> row(CheckQuery query) {
        List<@Nullable String> row = rows.get(query);
        if (row == null) {
            throw new IllegalArgumentException("not asked: " + query);
        }
        return row;
    }

    /** The first value of a query. */
    public @Nullable String text(CheckQuery query) {
        return row(query).get(0);
    }

    /** The first value of a query as a whole number; 0 for null. */
    public long count(CheckQuery query) {
        String text = text(query);
        return text == null ? 0 : new BigDecimal(text).longValue();
    }

    CheckAnswers of(Iterable<CheckQuery> queries) {
        Map<CheckQuery, List<@Nullable String>> own = new LinkedHashMap<>();
        queries.forEach(query -> own.put(query, row(query)));
        return new CheckAnswers(own, elapsed);
    }
}
