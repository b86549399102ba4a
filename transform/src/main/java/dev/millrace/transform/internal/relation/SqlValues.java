package dev.millrace.transform.internal.relation;

import dev.millrace.jinja.Values;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of a warehouse's answers as template values. */
final class SqlValues {
    private SqlValues() {}

    static Object toTemplate(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal;
        }
        if (value instanceof UUID uuid) {
            return uuid.toString();
        }
        return Values.fromJava(value);
    }
}
