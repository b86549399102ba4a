package dev.millrace.warehouse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small answer held in memory.
 *
 * @param columns names and the warehouse's types
 * @param rows values are Boolean, Long, java.math.BigInteger, Double, java.math.BigDecimal, String, byte[],
 *     java.time.LocalDate, LocalTime, LocalDateTime, OffsetDateTime, java.util.UUID, List, Map, or null
 */
public record Table(List<Column> columns, List<List<@Nullable Object>> rows) {
    public Table {
        columns = List.copyOf(columns);
        List<List<@Nullable Object>> copy = new ArrayList<>(rows);
        rows = Collections.unmodifiableList(copy);
    }

    /** The only value of an answer of one row and one column. */
    public @Nullable Object single() {
        if (rows.size() != 1 || columns.size() != 1) {
            throw new IllegalStateException(rows.size() + " rows of " + columns.size() + " columns");
        }
        return rows.get(0).get(0);
    }

    /** The only value as a whole number; 0 for null. */
    public long singleLong() {
        return single() instanceof Number number ? number.longValue() : 0;
    }
}
