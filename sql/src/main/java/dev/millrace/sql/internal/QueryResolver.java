package dev.millrace.sql.internal;

import static dev.millrace.sql.internal.Json.text;
import static dev.millrace.sql.internal.Json.texts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.sql.OutputColumn;
import dev.millrace.sql.QueryLineage;
import dev.millrace.sql.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Follows the columns of a query through its parts. Serves one query. */
public final class QueryResolver {
    /** Recursive queries settle in as many rounds as columns pass from one to the next. */
    private static final int ROUNDS = 32;

    private final Set<String> read = new TreeSet<>();
    private final Set<String> unknown = new TreeSet<>();
    private final Expressions expressions = new Expressions(this);
    private final FromClause from;

    public QueryResolver(Tables tables) {
        this.from = new FromClause(tables, this, expressions, read, unknown);
    }

    public QueryLineage lineage(JsonNode query) {
        Result result = query(query, null, new Ctes(null));
        List<OutputColumn> columns = new ArrayList<>();
        result.fields()
                .forEach(field -> columns.add(new OutputColumn(
                        field.name(), field.value().inputs(), field.value().known())));
        return new QueryLineage(
                columns,
                result.complete(),
                result.conditions().inputs().keySet(),
                result.conditions().known(),
                read,
                unknown,
                expressions.mentions(),
                expressions.missing());
    }

    Result query(JsonNode node, @Nullable Scope outer, Ctes around) {
        Ctes ctes = new Ctes(around);
        for (JsonNode entry : node.path("cte_map").path("map")) {
            JsonNode cte = entry.path("value");
            JsonNode query = cte.has("query_node")
                    ? cte.path("query_node")
                    : cte.path("query").path("node");
            ctes.put(text(entry, "key"), query(query, outer, ctes).renamed(texts(cte.path("aliases"))));
        }
        return switch (text(node, "type")) {
            case "SELECT_NODE" -> select(node, outer, ctes);
            case "SET_OPERATION_NODE" -> limited(node, setOperation(node, outer, ctes), outer, ctes);
            case "RECURSIVE_CTE_NODE" -> recursive(node, outer, ctes);
            case "CTE_NODE" -> {
                Result inner = query(node.path("query"), outer, ctes).renamed(texts(node.path("aliases")));
                ctes.put(text(node, "cte_name"), inner);
                yield query(node.path("child"), outer, ctes);
            }
            default -> new Result(List.of(), false, Value.UNKNOWN);
        };
    }

    private Result select(JsonNode node, @Nullable Scope outer, Ctes ctes) {
        Source source = from.resolve(node.path("from_table"), outer, ctes);
        Scope scope = new Scope(source, outer);
        SelectList list = new SelectList(expressions, scope, ctes);
        node.path("select_list").forEach(list::add);
        Result result = new Result(list.fields(), list.complete(), source.conditions());
        for (String clause : List.of("where_clause", "having", "qualify")) {
            JsonNode condition = node.path(clause);
            if (condition.has("class")) {
                source.condition(expressions.value(condition, scope, ctes));
            }
        }
        for (JsonNode group : node.path("group_expressions")) {
            source.condition(ordinal(group, result, scope, ctes));
        }
        if (text(node, "aggregate_handling").equals("FORCE_AGGREGATES")) {
            source.condition(list.plain());
        }
        return limited(node, result.withConditions(source.conditions()), scope, ctes);
    }

    /** An expression, or the number of a column of the answer. */
    private Value ordinal(JsonNode expression, Result result, Scope scope, Ctes ctes) {
        JsonNode literal = expression.path("literal");
        if (text(literal, "kind").equals("INTEGER")) {
            int index = literal.path("text").asInt() - 1;
            boolean found =
                    result.complete() && index >= 0 && index < result.fields().size();
            return found ? result.fields().get(index).value() : Value.UNKNOWN;
        }
        return expressions.value(expression, scope, ctes);
    }

    /** What DISTINCT, and ORDER BY with LIMIT, have to say of which rows there are. */
    private Result limited(JsonNode node, Result result, @Nullable Scope outer, Ctes ctes) {
        Scope scope = outer;
        if (!text(node, "type").equals("SELECT_NODE")) {
            Relation own = new Relation(List.of(), result.fields(), result.complete(), null);
            scope = new Scope(Source.of(own), outer);
        }
        boolean cut = false;
        Value order = Value.NONE;
        Value decides = Value.NONE;
        for (JsonNode modifier : node.path("modifiers")) {
            String type = text(modifier, "type");
            if (type.equals("ORDER_MODIFIER") && scope != null) {
                order = order(modifier, result, scope, ctes);
            } else if (type.equals("DISTINCT_MODIFIER")) {
                JsonNode targets = modifier.path("distinct_on_targets");
                cut |= !targets.isEmpty();
                decides = decides.plus(result.all());
                for (JsonNode target : targets) {
                    decides = decides.plus(scope == null ? Value.NONE : ordinal(target, result, scope, ctes));
                }
            } else if (type.startsWith("LIMIT") && scope != null) {
                cut = true;
                decides = decides.plus(expressions.all(modifier, scope, ctes));
            }
        }
        return result.withConditions((cut ? decides.plus(order) : decides).indirect());
    }

    private Value order(JsonNode modifier, Result result, Scope scope, Ctes ctes) {
        scope.aliasesFirst(true);
        Value all = Value.NONE;
        for (JsonNode one : modifier.path("orders")) {
            JsonNode expression = one.path("expression");
            all = all.plus(Json.is(expression, "STAR") ? result.all() : ordinal(expression, result, scope, ctes));
        }
        scope.aliasesFirst(false);
        return all;
    }

    private Result setOperation(JsonNode node, @Nullable Scope outer, Ctes ctes) {
        List<Result> parts = new ArrayList<>();
        for (JsonNode child : node.path("children")) {
            parts.add(query(child, outer, ctes));
        }
        for (String side : List.of("left", "right")) {
            if (node.has(side)) {
                parts.add(query(node.path(side), outer, ctes));
            }
        }
        String type = text(node, "setop_type");
        boolean distinct = !node.path("setop_all").asBoolean(true);
        if (parts.isEmpty()) {
            return new Result(List.of(), false, Value.UNKNOWN);
        }
        Result all = parts.get(0);
        for (Result part : parts.subList(1, parts.size())) {
            all = switch (type) {
                case "UNION" -> SetOperations.byPosition(all, part);
                case "UNION_BY_NAME" -> SetOperations.byName(all, part);
                default ->
                    all.withConditions(
                            all.all().plus(part.all()).plus(part.conditions()).indirect());
            };
        }
        return distinct ? all.withConditions(all.all().indirect()) : all;
    }

    private Result recursive(JsonNode node, @Nullable Scope outer, Ctes around) {
        List<String> names = texts(node.path("aliases"));
        String name = text(node, "cte_name");
        Result all = query(node.path("left"), outer, around).renamed(names);
        for (int round = 0; round < ROUNDS; round++) {
            Ctes ctes = new Ctes(around);
            ctes.put(name, all);
            Result next = SetOperations.byPosition(all, query(node.path("right"), outer, ctes));
            if (next.equals(all)) {
                break;
            }
            all = round == ROUNDS - 1 ? next.uncertain() : next;
        }
        boolean distinct = !node.path("union_all").asBoolean(false);
        return distinct ? all.withConditions(all.all().indirect()) : all;
    }

    /** Whether a name is that of an expression the engine names by its text. */
    static String implicitName(JsonNode expression) {
        if (Json.is(expression, "COLUMN_REF")) {
            List<String> names = texts(expression.path("column_names"));
            return names.isEmpty() ? "" : names.get(names.size() - 1);
        }
        if (text(expression, "type").equals("STRUCT_EXTRACT")) {
            JsonNode key = expression.path("children").path(1).path("literal");
            return text(key, "text");
        }
        return text(expression, "function_name").toLowerCase(Locale.ROOT).equals("count_star") ? "count_star()" : "";
    }
}
