package dev.millrace.sql.internal;

import static dev.millrace.sql.internal.Json.text;
import static dev.millrace.sql.internal.Json.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.sql.SourceColumn;
import dev.millrace.sql.TableShape;
import dev.millrace.sql.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What FROM clauses read. */
final class FromClause {
    /** Functions that give one column, called as they are. */
    private static final Set<String> SINGLE = Set.of("unnest", "range", "generate_series", "generate_subscripts");

    private final Tables tables;
    private final QueryResolver queries;
    private final Expressions expressions;
    private final Set<String> read;
    private final Set<String> unknown;

    FromClause(Tables tables, QueryResolver queries, Expressions expressions, Set<String> read, Set<String> unknown) {
        this.tables = tables;
        this.queries = queries;
        this.expressions = expressions;
        this.read = read;
        this.unknown = unknown;
    }

    Source resolve(JsonNode table, @Nullable Scope outer, Ctes ctes) {
        return switch (text(table, "type")) {
            case "", "EMPTY" -> new Source();
            case "BASE_TABLE" -> base(table, ctes);
            case "SUBQUERY" -> {
                Result result = queries.query(table.path("subquery").path("node"), outer, ctes);
                yield relation(table, "", result);
            }
            case "JOIN" -> join(table, outer, ctes);
            case "TABLE_FUNCTION" -> function(table, outer, ctes);
            case "EXPRESSION_LIST" -> values(table, outer, ctes);
            case "PIVOT" -> relation(table, "", new Pivots(this, expressions).resolve(table, outer, ctes));
            default -> relation(table, "", new Result(List.of(), false, Value.UNKNOWN));
        };
    }

    private static Source relation(JsonNode table, String name, Result result) {
        String alias = text(table, "alias");
        String called = alias.isEmpty() ? name : alias;
        List<Field> fields = Result.renamed(result.fields(), texts(table.path("column_name_alias")));
        Source source = Source.of(
                new Relation(called.isEmpty() ? List.of() : List.of(called), fields, result.complete(), null));
        source.condition(result.conditions());
        return source;
    }

    private Source base(JsonNode table, Ctes ctes) {
        List<String> path = new ArrayList<>();
        for (String part : List.of("catalog_name", "schema_name", "table_name")) {
            if (!text(table, part).isEmpty()) {
                path.add(text(table, part));
            }
        }
        String name = text(table, "table_name");
        Result cte = path.size() == 1 ? ctes.find(name) : null;
        if (cte != null) {
            return relation(table, name, cte);
        }
        Optional<TableShape> shape = tables.find(path);
        if (shape.isEmpty()) {
            unknown.add(String.join(".", path));
        }
        List<Field> fields = new ArrayList<>();
        shape.ifPresent(known -> {
            read.add(known.id());
            known.columns()
                    .forEach(column -> fields.add(new Field(column, Value.of(new SourceColumn(known.id(), column)))));
        });
        String alias = text(table, "alias");
        return Source.of(new Relation(
                alias.isEmpty() ? path : List.of(alias),
                Result.renamed(fields, texts(table.path("column_name_alias"))),
                shape.map(TableShape::complete).orElse(false),
                shape.map(TableShape::id).orElse(null)));
    }

    private Source join(JsonNode join, @Nullable Scope outer, Ctes ctes) {
        Source left = resolve(join.path("left"), outer, ctes);
        int split = left.relations().size();
        // The right side may use columns of the left one.
        Source right = resolve(join.path("right"), new Scope(left, outer), ctes);
        List<String> using = texts(join.path("using_columns"));
        if (text(join, "ref_type").equals("NATURAL")) {
            using = left.star().stream()
                    .map(Field::name)
                    .filter(name -> right.names().contains(name.toLowerCase(Locale.ROOT)))
                    .toList();
        }
        boolean leftOnly = Set.of("SEMI", "ANTI").contains(text(join, "join_type"));
        Source both = leftOnly ? new Source() : left;
        if (leftOnly) {
            both.join(left);
        }
        List<Value> merged = using.stream()
                .map(name -> merged(text(join, "join_type"), column(left, name), column(right, name)))
                .toList();
        for (String name : using) {
            left.condition(column(left, name).plus(column(right, name)));
        }
        if (text(join, "ref_type").equals("NATURAL") && !(left.complete() && right.complete())) {
            left.condition(Value.UNKNOWN);
        }
        both.join(right);
        if (join.path("condition").has("class")) {
            both.condition(expressions.value(join.path("condition"), new Scope(both, outer), ctes));
        }
        if (leftOnly) {
            left.condition(both.conditions());
            return left;
        }
        for (int i = 0; i < using.size(); i++) {
            both.merge(using.get(i), split, merged.get(i));
        }
        return both;
    }

    private Value column(Source source, String name) {
        return expressions.column(List.of(name), new Scope(source, null));
    }

    private static Value merged(String type, Value left, Value right) {
        return switch (type) {
            case "RIGHT" -> right;
            case "OUTER", "FULL" -> left.plus(right);
            default -> left;
        };
    }

    private Source function(JsonNode table, @Nullable Scope outer, Ctes ctes) {
        JsonNode call = table.path("function");
        String name = text(call, "function_name").toLowerCase(Locale.ROOT);
        Scope scope = outer == null ? new Scope(new Source(), null) : outer;
        Value value = expressions.value(call, scope, ctes).derived();
        boolean single = SINGLE.contains(name) && call.path("arguments").size() > 0;
        boolean unfolds = name.equals("unnest") && call.path("arguments").size() > 1;
        if (single && !unfolds) {
            String alias = text(table, "alias");
            String called = name.equals("unnest") && !alias.isEmpty() ? alias : name;
            return relation(table, name, new Result(List.of(new Field(called, value)), true, value.indirect()));
        }
        List<Field> fields = new ArrayList<>();
        texts(table.path("column_name_alias")).forEach(alias -> fields.add(new Field(alias, value.uncertain())));
        return relation(table, name, new Result(fields, false, value.uncertain().indirect()));
    }

    private Source values(JsonNode table, @Nullable Scope outer, Ctes ctes) {
        Scope scope = outer == null ? new Scope(new Source(), null) : outer;
        List<Field> fields = new ArrayList<>();
        for (JsonNode row : table.path("values")) {
            for (int i = 0; i < row.size(); i++) {
                Value value = expressions.value(row.get(i), scope, ctes);
                if (i < fields.size()) {
                    fields.set(
                            i,
                            new Field(
                                    fields.get(i).name(), fields.get(i).value().plus(value)));
                } else {
                    fields.add(new Field("col" + i, value));
                }
            }
        }
        return relation(table, "", new Result(fields, true, Value.NONE));
    }
}
