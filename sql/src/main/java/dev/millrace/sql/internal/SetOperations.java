package dev.millrace.sql.internal;

import java.util.ArrayList;
import java.util.List;

/** Puts the columns of two queries together. */
final class SetOperations {
    private SetOperations() {}

    static Result byPosition(Result left, Result right) {
        boolean complete = left.complete() && right.complete();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < left.fields().size(); i++) {
            Field field = left.fields().get(i);
            boolean both = i < right.fields().size();
            Value value = both ? field.value().plus(right.fields().get(i).value()) : field.value();
            fields.add(new Field(field.name(), complete && both ? value : value.uncertain()));
        }
        return new Result(fields, complete, left.conditions().plus(right.conditions()));
    }

    static Result byName(Result left, Result right) {
        boolean complete = left.complete() && right.complete();
        List<Field> fields = new ArrayList<>();
        for (Field field : left.fields()) {
            Value value = field.value();
            for (Field other : right.fields()) {
                value = other.isNamed(field.name()) ? value.plus(other.value()) : value;
            }
            fields.add(new Field(field.name(), complete ? value : value.uncertain()));
        }
        for (Field other : right.fields()) {
            if (left.fields().stream().noneMatch(field -> field.isNamed(other.name()))) {
                fields.add(
                        complete ? other : new Field(other.name(), other.value().uncertain()));
            }
        }
        return new Result(fields, complete, left.conditions().plus(right.conditions()));
    }
}
