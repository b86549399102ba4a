package dev.millrace.sql.internal;

import static dev.millrace.sql.internal.Json.is;
import static dev.millrace.sql.internal.Json.text;
import static dev.millrace.sql.internal.Json.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.sql.SourceColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What expressions are made of. */
final class Expressions {
    private final QueryResolver queries;
    private final Set<SourceColumn> mentions = new TreeSet<>();
    private final Set<String> missing = new TreeSet<>();
    /** What {@code COLUMNS(…)} stands for at the moment. */
    private @Nullable Value column;

    Expressions(QueryResolver queries) {
        this.queries = queries;
    }

    Value value(JsonNode expression, Scope scope, Ctes ctes) {
        return switch (text(expression, "class")) {
            case "COLUMN_REF" -> column(texts(expression.path("column_names")), scope);
            case "CONSTANT", "PARAMETER", "DEFAULT", "TYPE" -> Value.NONE;
            case "POSITIONAL_REFERENCE" -> positional(expression, scope);
            case "SUBQUERY" -> subquery(expression, scope, ctes);
            case "LAMBDA" -> lambda(expression, scope, ctes);
            case "STAR" -> star(expression, scope, ctes);
            case "WINDOW" -> window(expression, scope, ctes);
            case "FUNCTION" -> function(expression, scope, ctes);
            default -> parts(expression, scope, ctes).derived();
        };
    }

    /** The value of a column as it is written; what it means is noted. */
    Value column(List<String> names, Scope scope) {
        Value value = scope.resolve(names);
        if (value == null) {
            missing.add(String.join(".", names));
            return Value.UNKNOWN;
        }
        mentions.addAll(value.inputs().keySet());
        return value;
    }

    Set<SourceColumn> mentions() {
        return mentions;
    }

    Set<String> missing() {
        return missing;
    }

    /** The value while {@code COLUMNS(…)} in it stands for {@code current}. */
    Value value(JsonNode expression, Scope scope, Ctes ctes, Value current) {
        Value before = column;
        column = current;
        try {
            return value(expression, scope, ctes);
        } finally {
            column = before;
        }
    }

    /** All expressions right below. */
    private Value parts(JsonNode tree, Scope scope, Ctes ctes) {
        Value all = Value.NONE;
        for (JsonNode child : tree) {
            if (child.isContainerNode()) {
                all = all.plus(child.has("class") ? value(child, scope, ctes) : parts(child, scope, ctes));
            }
        }
        return all;
    }

    private Value positional(JsonNode expression, Scope scope) {
        List<Field> fields = scope.source().star();
        int index = expression.path("index").asInt() - 1;
        boolean found = index >= 0 && index < fields.size() && scope.source().complete();
        return found ? fields.get(index).value() : Value.UNKNOWN;
    }

    private Value subquery(JsonNode expression, Scope scope, Ctes ctes) {
        Result result = queries.query(expression.path("subquery").path("node"), scope, ctes);
        Value decides = result.conditions().indirect();
        if (text(expression, "subquery_type").contains("EXISTS")) {
            return decides;
        }
        if (expression.has("child")) {
            return value(expression.path("child"), scope, ctes)
                    .plus(result.all())
                    .derived()
                    .plus(decides);
        }
        Value value = result.fields().size() == 1
                ? result.fields().get(0).value()
                : result.all().derived();
        return value.plus(decides);
    }

    private Value lambda(JsonNode expression, Scope scope, Ctes ctes) {
        List<String> names = new ArrayList<>();
        parameters(expression.path("lhs"), names);
        return value(expression.path("expr"), scope.lambda(names), ctes).derived();
    }

    private static void parameters(JsonNode tree, List<String> names) {
        names.addAll(texts(tree.path("column_names")));
        for (JsonNode child : tree) {
            if (child.isContainerNode()) {
                parameters(child, names);
            }
        }
    }

    private Value star(JsonNode expression, Scope scope, Ctes ctes) {
        if (column != null && expression.path("columns").asBoolean()) {
            return column;
        }
        Stars stars = new Stars(this);
        Value all = Value.NONE;
        for (Field field : stars.fields(expression, scope, ctes)) {
            all = all.plus(field.value());
        }
        return (stars.complete(expression, scope) ? all : all.uncertain()).derived();
    }

    private Value window(JsonNode expression, Scope scope, Ctes ctes) {
        Value value = Value.NONE;
        for (Map.Entry<String, JsonNode> part : expression.properties()) {
            boolean argument =
                    part.getKey().equals("arguments") || part.getKey().equals("children");
            if (part.getValue().isContainerNode()) {
                Value one = part.getValue().has("class")
                        ? value(part.getValue(), scope, ctes)
                        : parts(part.getValue(), scope, ctes);
                value = value.plus(argument ? one.derived() : one.indirect());
            }
        }
        return value;
    }

    private Value function(JsonNode expression, Scope scope, Ctes ctes) {
        String name = text(expression, "function_name").toLowerCase(Locale.ROOT);
        Value arguments = parts(expression.path("arguments"), scope, ctes)
                .plus(parts(expression.path("children"), scope, ctes))
                .derived();
        Value order = parts(expression.path("order_bys"), scope, ctes);
        boolean ordered = name.startsWith("quantile") || name.equals("mode");
        Value filter = is(expression.path("filter"), "") ? Value.NONE : value(expression.path("filter"), scope, ctes);
        return arguments.plus(ordered ? order.derived() : order.indirect()).plus(filter.indirect());
    }

    /** The value of every expression in a list or clause. */
    Value all(JsonNode expressions, Scope scope, Ctes ctes) {
        if (expressions.has("class")) {
            return value(expressions, scope, ctes);
        }
        return parts(expressions, scope, ctes);
    }
}
