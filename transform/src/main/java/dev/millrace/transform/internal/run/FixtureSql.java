package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Suggestion;
import dev.millrace.transform.internal.resource.Fixture;
import dev.millrace.warehouse.Column;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the rows of unit tests as queries: each value a literal, cast to the type of the column it stands for. */
final class FixtureSql {
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private final Fixture fixture;

    /** @param columns of the relation that the rows stand for */
    FixtureSql(Fixture fixture, Collection<Column> columns) {
        this.fixture = fixture;
        columns.forEach(column -> this.columns.putIfAbsent(key(column.name()), column));
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** All columns of the relation; those that a row does not name are null. */
    String whole() {
        return rows(List.copyOf(columns.keySet()));
    }

    /** The columns that the rows name, in the order they are first named; all when there are no rows. */
    List<Column> named() {
        Map<String, Column> named = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> row : fixture.rows()) {
            row.keySet().forEach(name -> named.putIfAbsent(key(name), column(name)));
        }
        return named.isEmpty() ? List.copyOf(columns.values()) : List.copyOf(named.values());
    }

    /** Only {@link #named()}. */
    String onlyNamed() {
        return rows(named().stream().map(column -> key(column.name())).toList());
    }

    private String rows(List<String> names) {
        List<String> selects = new ArrayList<>();
        for (Map<String, @Nullable Object> row : fixture.rows()) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            row.forEach((name, value) -> {
                column(name);
                values.put(key(name), value);
            });
            selects.add(select(names, values));
        }
        return selects.isEmpty() ? select(names, Map.of()) + " limit 0" : String.join("\nunion all\n", selects);
    }

    private String select(List<String> names, Map<String, @Nullable Object> values) {
        List<String> parts = new ArrayList<>();
        for (String name : names) {
            Column column = column(name);
            parts.add("cast(" + literal(values.get(name)) + " as " + column.type() + ") as " + quoted(column.name()));
        }
        return "select " + String.join(", ", parts);
    }

    private Column column(String name) {
        Column column = columns.get(key(name));
        if (column == null) {
            String of = fixture.input().isEmpty() ? "what the model gives" : fixture.input();
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "a row of the unit test names the column '" + name + "', but " + of + " has only "
                            + String.join(", ", columns.keySet()),
                    fixture.position(),
                    Suggestion.hint(name, columns.keySet()),
                    null);
        }
        return column;
    }

    static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    private static String literal(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Number || value instanceof Boolean) {
            return String.valueOf(value);
        }
        if (value instanceof List<?> list) {
            return "["
                    + String.join(", ", list.stream().map(FixtureSql::literal).toList()) + "]";
        }
        if (value instanceof Map<?, ?> map) {
            List<String> fields = new ArrayList<>();
            map.forEach((name, field) -> fields.add(literal(String.valueOf(name)) + ": " + literal(field)));
            return "{" + String.join(", ", fields) + "}";
        }
        String text = value instanceof Temporal ? value.toString().replace('T', ' ') : String.valueOf(value);
        return "'" + text.replace("'", "''") + "'";
    }
}
