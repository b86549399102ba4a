package dev.millrace.ingest.internal;

import dev.millrace.ingest.source.Types;
import dev.millrace.warehouse.Column;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.DataType.Decimal;
import dev.millrace.warehouse.DataType.Field;
import dev.millrace.warehouse.Dialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How the columns of a stream differ from those of its table.
 *
 * @param added not yet in the table
 * @param widened of a type that holds every value of the table's type and more
 * @param removed in the table only
 * @param incompatible of a type that neither holds the other's values; described for people
 */
record SchemaDrift(List<Field> added, List<Field> widened, List<String> removed, List<String> incompatible) {
    SchemaDrift {
        added = List.copyOf(added);
        widened = List.copyOf(widened);
        removed = List.copyOf(removed);
        incompatible = List.copyOf(incompatible);
    }

    /** What has changed since the table was made. A column whose type became narrower has not: its values still fit. */
    static SchemaDrift between(List<Column> table, List<Field> stream, Dialect dialect) {
        Map<String, Column> known = new HashMap<>();
        table.forEach(column -> known.put(key(column.name()), column));
        List<Field> added = new ArrayList<>();
        List<Field> widened = new ArrayList<>();
        List<String> incompatible = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Field field : stream) {
            seen.add(key(field.name()));
            Column column = known.get(key(field.name()));
            if (column == null) {
                added.add(field);
                continue;
            }
            DataType before = dialect.dataType(column.type());
            if (!fits(field.type(), before)) {
                if (fits(before, field.type())) {
                    widened.add(field);
                } else {
                    incompatible.add(
                            "'" + field.name() + "' was " + Types.name(before) + " and is " + Types.name(field.type()));
                }
            }
        }
        List<String> removed = table.stream()
                .map(Column::name)
                .filter(name -> !seen.contains(key(name)))
                .toList();
        return new SchemaDrift(added, widened, removed, incompatible);
    }

    boolean isEmpty() {
        return added.isEmpty() && widened.isEmpty() && removed.isEmpty() && incompatible.isEmpty();
    }

    /** What has changed, for people. */
    String describe() {
        List<String> parts = new ArrayList<>();
        added.forEach(field -> parts.add("'" + field.name() + "' is new"));
        widened.forEach(field -> parts.add("'" + field.name() + "' is now " + Types.name(field.type())));
        removed.forEach(name -> parts.add("'" + name + "' is gone"));
        parts.addAll(incompatible);
        return String.join(", ", parts);
    }

    /** Whether every value of {@code type} is one of {@code into}, too. */
    private static boolean fits(DataType type, DataType into) {
        if (type.equals(into) || into == DataType.Simple.TEXT) {
            return true;
        }
        if (into instanceof Decimal wide) {
            Decimal narrow = type instanceof Decimal decimal
                    ? decimal
                    : type == DataType.Simple.INT64 ? new Decimal(19, 0) : null;
            return narrow != null
                    && wide.scale() >= narrow.scale()
                    && wide.precision() - wide.scale() >= narrow.precision() - narrow.scale();
        }
        return type == DataType.Simple.DATE && into == DataType.Simple.TIMESTAMP;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
