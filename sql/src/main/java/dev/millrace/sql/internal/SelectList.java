package dev.millrace.sql.internal;

import static dev.millrace.sql.internal.Json.is;
import static dev.millrace.sql.internal.Json.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The columns of a SELECT, as they are listed. */
final class SelectList {
    private final Expressions expressions;
    private final Scope scope;
    private final Ctes ctes;
    private final Stars stars;
    private final List<Field> fields = new ArrayList<>();
    private boolean complete = true;
    private Value plain = Value.NONE;

    SelectList(Expressions expressions, Scope scope, Ctes ctes) {
        this.expressions = expressions;
        this.scope = scope;
        this.ctes = ctes;
        this.stars = new Stars(expressions);
    }

    List<Field> fields() {
        return fields;
    }

    boolean complete() {
        return complete;
    }

    /** What GROUP BY ALL groups by: everything that is not aggregated. */
    Value plain() {
        return plain;
    }

    void add(JsonNode expression) {
        Predicate<String> like = Stars.like(expression);
        JsonNode repeated = Stars.repeated(expression);
        if (is(expression, "STAR")) {
            addAll(expression, stars.fields(expression, scope, ctes));
        } else if (like != null) {
            JsonNode star = expression.path("arguments").get(0).path("expression");
            addAll(
                    star,
                    stars.fields(star, scope, ctes).stream()
                            .filter(field -> like.test(field.name()))
                            .toList());
        } else if (repeated != null) {
            complete &= stars.complete(repeated, scope);
            for (Field field : stars.fields(repeated, scope, ctes)) {
                Value value = expressions.value(expression, scope, ctes, field.value());
                fields.add(new Field(field.name(), value));
                group(expression, value);
            }
        } else {
            one(expression);
        }
    }

    private void addAll(JsonNode star, List<Field> columns) {
        complete &= stars.complete(star, scope);
        for (Field field : columns) {
            fields.add(field);
            plain = plain.plus(field.value());
        }
    }

    private void one(JsonNode expression) {
        Value value = expressions.value(expression, scope, ctes);
        String alias = text(expression, "alias");
        String name = alias.isEmpty() ? QueryResolver.implicitName(expression) : alias;
        // Structs become one column per field, which only their types can tell.
        if (unnests(expression)) {
            scope.source().condition(value);
            complete &= !alias.isEmpty() || expression.path("arguments").size() < 2;
        }
        fields.add(new Field(name, value));
        if (!alias.isEmpty()) {
            scope.alias(alias, value);
        }
        group(expression, value);
    }

    /** Whether it gives several rows for one. */
    private static boolean unnests(JsonNode expression) {
        if (text(expression, "function_name").equals("unnest")) {
            return true;
        }
        for (JsonNode child : expression) {
            if (child.isContainerNode() && !is(child, "SUBQUERY") && unnests(child)) {
                return true;
            }
        }
        return false;
    }

    private void group(JsonNode expression, Value value) {
        if (!Aggregates.in(expression)) {
            plain = plain.plus(value);
        }
    }
}
