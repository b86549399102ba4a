package dev.millrace.sql.internal;

import static dev.millrace.sql.internal.Json.is;
import static dev.millrace.sql.internal.Json.text;
import static dev.millrace.sql.internal.Json.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.sql.SourceColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PIVOT with the values listed, and UNPIVOT. */
final class Pivots {
    private final FromClause from;
    private final Expressions expressions;

    Pivots(FromClause from, Expressions expressions) {
        this.from = from;
        this.expressions = expressions;
    }

    Result resolve(JsonNode table, @Nullable Scope outer, Ctes ctes) {
        Source source = from.resolve(table.path("source"), outer, ctes);
        Scope scope = new Scope(source, outer);
        return table.path("unpivot_names").isEmpty() ? pivot(table, scope, ctes) : unpivot(table, scope, ctes);
    }

    private Result pivot(JsonNode table, Scope scope, Ctes ctes) {
        List<Value> aggregates = new ArrayList<>();
        for (JsonNode aggregate : table.path("aggregates")) {
            aggregates.add(expressions.value(aggregate, scope, ctes).derived());
        }
        Value chosen = Value.NONE;
        List<String> names = List.of("");
        boolean listed = true;
        for (JsonNode pivot : table.path("pivots")) {
            chosen = chosen.plus(expressions.all(pivot.path("pivot_expressions"), scope, ctes));
            List<String> longer = new ArrayList<>();
            for (String start : names) {
                for (JsonNode entry : pivot.path("entries")) {
                    String name = entryName(entry);
                    listed &= !name.isEmpty();
                    longer.add(start.isEmpty() ? name : start + "_" + name);
                }
            }
            listed &= !longer.isEmpty();
            names = longer;
        }
        List<Field> fields = groups(table, scope, chosen.plus(sum(aggregates)));
        for (String name : names) {
            for (int i = 0; i < aggregates.size(); i++) {
                String alias = text(table.path("aggregates").get(i), "alias");
                boolean plain = aggregates.size() == 1 && alias.isEmpty();
                String full = plain ? name : alias.isEmpty() ? "" : name + "_" + alias;
                fields.add(new Field(full, aggregates.get(i).plus(chosen.indirect())));
            }
        }
        Value grouped = Value.NONE;
        for (JsonNode group : table.path("groups")) {
            grouped = grouped.plus(expressions.column(List.of(group.asText()), scope));
        }
        Value conditions = scope.source().conditions().plus(grouped.indirect());
        return new Result(fields, listed && scope.source().complete(), conditions);
    }

    private static String entryName(JsonNode entry) {
        String alias = text(entry, "alias");
        JsonNode literal = entry.path("star_expr").path("literal");
        JsonNode value = entry.path("values").path(0);
        return !alias.isEmpty()
                ? alias
                : !text(literal, "text").isEmpty() ? text(literal, "text") : text(value, "value");
    }

    private static Value sum(List<Value> values) {
        Value all = Value.NONE;
        for (Value value : values) {
            all = all.plus(value);
        }
        return all;
    }

    /** The columns that stay: those named, or all that the pivot does not use. */
    private List<Field> groups(JsonNode table, Scope scope, Value used) {
        List<Field> fields = new ArrayList<>();
        if (!table.path("groups").isEmpty()) {
            texts(table.path("groups"))
                    .forEach(name -> fields.add(new Field(name, expressions.column(List.of(name), scope))));
            return fields;
        }
        Set<SourceColumn> taken = used.inputs().keySet();
        for (Field field : scope.source().star()) {
            if (field.value().inputs().isEmpty()
                    || !taken.containsAll(field.value().inputs().keySet())) {
                fields.add(field);
            }
        }
        return fields;
    }

    private Result unpivot(JsonNode table, Scope scope, Ctes ctes) {
        Set<String> used = new HashSet<>();
        Value values = Value.NONE;
        Value listed = Value.NONE;
        List<String> names = new ArrayList<>();
        for (JsonNode pivot : table.path("pivots")) {
            names.addAll(texts(pivot.path("unpivot_names")));
            for (JsonNode entry : pivot.path("entries")) {
                JsonNode expression = entry.path("star_expr");
                columnsIn(expression, used);
                if (is(expression, "STAR")) {
                    Stars stars = new Stars(expressions);
                    stars.fields(expression, scope, ctes)
                            .forEach(field -> used.add(field.name().toLowerCase(Locale.ROOT)));
                    listed = stars.complete(expression, scope) ? listed : Value.UNKNOWN;
                }
                values = values.plus(expressions.value(expression, scope, ctes));
            }
        }
        List<Field> fields = new ArrayList<>();
        for (Field field : scope.source().star()) {
            if (!used.contains(field.name().toLowerCase(Locale.ROOT))) {
                fields.add(field);
            }
        }
        names.forEach(name -> fields.add(new Field(name, Value.NONE)));
        Value each = listed.plus(values);
        texts(table.path("unpivot_names")).forEach(name -> fields.add(new Field(name, each)));
        // Rows without a value are left out.
        Value conditions = scope.source().conditions().plus(each.indirect());
        return new Result(fields, scope.source().complete() && listed.known(), conditions);
    }

    private static void columnsIn(JsonNode tree, Set<String> names) {
        List<String> path = texts(tree.path("column_names"));
        if (!path.isEmpty()) {
            names.add(path.get(path.size() - 1).toLowerCase(Locale.ROOT));
        }
        for (JsonNode child : tree) {
            if (child.isContainerNode()) {
                columnsIn(child, names);
            }
        }
    }
}
