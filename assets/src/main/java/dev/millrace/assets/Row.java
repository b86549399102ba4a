package dev.millrace.assets;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of an input. Names of columns compare without regard to case. Immutable.
 *
 * @param values by column, in its order; Java types as {@link dev.millrace.warehouse.Table} names them
 */
public record Row(Map<String, @Nullable Object> values) {
    public Row {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** @throws IllegalArgumentException if there is no such column */
    public @Nullable Object get(String column) {
        if (values.containsKey(column)) {
            return values.get(column);
        }
        for (Map.Entry<String, @Nullable Object> entry : values.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(column)) {
                return entry.getValue();
            }
        }
        throw new IllegalArgumentException("no column '" + column + "' among " + values.keySet());
    }

    public @Nullable String text(String column) {
        Object value = get(column);
        return value == null ? null : value.toString();
    }

    /** 0 for null. */
    public long number(String column) {
        return get(column) instanceof Number number ? number.longValue() : 0;
    }

    public @Nullable BigDecimal decimal(String column) {
        Object value = get(column);
        return value == null ? null : new BigDecimal(value.toString());
    }
}
