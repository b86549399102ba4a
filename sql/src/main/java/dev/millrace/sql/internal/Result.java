package dev.millrace.sql.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * What a query gives.
 *
 * @param complete whether {@code fields} are all
 * @param conditions what decides which rows there are
 */
record Result(List<Field> fields, boolean complete, Value conditions) {
    Result {
        fields = List.copyOf(fields);
    }

    /** With the first columns called otherwise. */
    Result renamed(List<String> names) {
        return new Result(renamed(fields, names), complete, conditions);
    }

    static List<Field> renamed(List<Field> fields, List<String> names) {
        List<Field> renamed = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            renamed.add(i < names.size() ? new Field(names.get(i), fields.get(i).value()) : fields.get(i));
        }
        return renamed;
    }

    Value all() {
        Value all = Value.NONE;
        for (Field field : fields) {
            all = all.plus(field.value());
        }
        return complete ? all : all.uncertain();
    }

    Result withConditions(Value more) {
        return new Result(fields, complete, conditions.plus(more));
    }

    /** The same columns, none of which is vouched for. */
    Result uncertain() {
        return new Result(
                fields.stream()
                        .map(field -> new Field(field.name(), field.value().uncertain()))
                        .toList(),
                complete,
                conditions.uncertain());
    }
}
