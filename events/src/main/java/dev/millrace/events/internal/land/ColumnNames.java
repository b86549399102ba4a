package dev.millrace.events.internal.land;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names of columns for names of fields: warehouses fold case, know no empty names, and ours are taken. */
final class ColumnNames {
    private static final String OURS = "_millrace_";

    private final Set<String> taken = new HashSet<>();

    ColumnNames(Collection<TopicColumn> columns) {
        columns.forEach(column -> taken.add(key(column.column())));
    }

    /** A name that no other column has; the field's own if it can be. */
    String column(String field) {
        String plain = field.replaceAll("\\p{Cntrl}", "_");
        String name = plain.isEmpty() ? "_" : key(plain).startsWith(OURS) ? "_" + plain : plain;
        String unique = name;
        for (int i = 2; !taken.add(key(unique)); i++) {
            unique = name + "_" + i;
        }
        return unique;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
