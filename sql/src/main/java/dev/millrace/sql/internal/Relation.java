package dev.millrace.sql.internal;

import dev.millrace.sql.SourceColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a FROM clause names.
 *
 * @param path how its columns may be qualified: its alias, or database, schema and table
 * @param complete whether {@code fields} are all
 * @param table what a column belongs to that is not among the fields; null if that cannot be told
 */
record Relation(
        List<String> path,
        List<Field> fields,
        boolean complete,
        @Nullable String table) {
    Relation {
        path = List.copyOf(path);
        fields = List.copyOf(fields);
    }

    /** Whether {@code names} is the end of its path. */
    boolean isNamed(List<String> names) {
        if (names.size() > path.size()) {
            return false;
        }
        int skip = path.size() - names.size();
        for (int i = 0; i < names.size(); i++) {
            if (!path.get(skip + i).equalsIgnoreCase(names.get(i))) {
                return false;
            }
        }
        return true;
    }

    @Nullable
    Value field(String name) {
        for (Field field : fields) {
            if (field.isNamed(name)) {
                return field.value();
            }
        }
        return null;
    }

    /** A column that is not among the known ones. */
    Value assumed(String name) {
        return table == null ? Value.UNKNOWN : Value.of(new SourceColumn(table, name));
    }

    Value whole() {
        return new Result(fields, complete, Value.NONE).all();
    }
}
