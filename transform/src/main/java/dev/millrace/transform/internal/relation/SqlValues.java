package dev.millrace.transform.internal.relation;

import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.Values;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of a warehouse's answers as template values. */
final class SqlValues {
    private SqlValues() {}

    static Object toTemplate(@Nullable Object value) {
        if (value == null) {
            return None.NONE;
        }
        if (value instanceof LocalDate day) {
            return PythonTime.of(day);
        }
        if (value instanceof LocalDateTime time) {
            return PythonTime.of(time);
        }
        if (value instanceof LocalTime time) {
            return PythonTime.of(time);
        }
        if (value instanceof OffsetDateTime time) {
            return PythonTime.of(time.toInstant());
        }
        if (value instanceof UUID) {
            return value.toString();
        }
        if (value instanceof List<?> list) {
            PyList items = new PyList();
            list.forEach(item -> items.add(toTemplate(item)));
            return items;
        }
        if (value instanceof Map<?, ?> map) {
            PyDict dict = new PyDict();
            map.forEach((key, item) -> dict.put(toTemplate(key), toTemplate(item)));
            return dict;
        }
        return Values.fromJava(value);
    }
}
