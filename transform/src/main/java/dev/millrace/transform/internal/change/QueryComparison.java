package dev.millrace.transform.internal.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.transform.SqlDifference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares two queries by their trees. Only columns that come in addition, while nothing that was there before can mean
 * something else, do not break what reads the result; whatever cannot be told counts as breaking. Stateless but for the
 * parser, which knows the functions.
 */
final class QueryComparison {
    private final SqlParser parser;

    QueryComparison(SqlParser parser) {
        this.parser = parser;
    }

    /** @param before and {@code now}: trees of {@link SqlParser#parse} */
    SqlDifference compare(JsonNode before, JsonNode now) {
        return query(before, now, Map.of());
    }

    /** @param grown common table expressions around the query that have columns more than before */
    SqlDifference query(JsonNode before, JsonNode now, Map<String, List<String>> grown) {
        if (before.equals(now) && grown.keySet().stream().noneMatch(name -> Trees.reads(now, name))) {
            return SqlDifference.NONE;
        }
        String type = now.path("type").asText();
        if (!before.path("type").asText().equals(type)) {
            return SqlDifference.breaking("another kind of query");
        }
        Map<String, List<String>> visible = new HashMap<>(grown);
        SqlDifference ctes = ctes(before, now, visible);
        if (ctes.breaking()) {
            return ctes;
        }
        return switch (type) {
            case "SELECT_NODE" -> new SelectComparison(this, parser, before, now, visible).difference();
            case "SET_OPERATION_NODE" -> setOperation(before, now, visible);
            default -> SqlDifference.breaking("the query");
        };
    }

    /** Adds to {@code grown} the common table expressions that only have columns more. */
    private SqlDifference ctes(JsonNode before, JsonNode now, Map<String, List<String>> grown) {
        Map<String, JsonNode> old = ctes(before);
        Map<String, JsonNode> current = ctes(now);
        for (String name : old.keySet()) {
            if (!current.containsKey(name) && Trees.reads(now, name)) {
                return SqlDifference.breaking("'" + name + "' is no longer a part of the query");
            }
        }
        for (Map.Entry<String, JsonNode> cte : current.entrySet()) {
            String name = cte.getKey();
            JsonNode earlier = old.get(name);
            if (earlier == null) {
                if (Trees.reads(before, name)) {
                    return SqlDifference.breaking("'" + name + "' is now a part of the query");
                }
                continue;
            }
            SqlDifference difference = query(queryOf(earlier), queryOf(cte.getValue()), grown);
            boolean framed = Trees.sameBut(earlier, cte.getValue(), "query_node", "query", "materialized");
            boolean renamed = !cte.getValue().path("aliases").isEmpty();
            if (difference.breaking() || !framed || (renamed && !difference.none())) {
                return inside(name, framed ? difference : SqlDifference.breaking("its form"));
            }
            if (!difference.none()) {
                grown.put(name, difference.added());
            } else {
                grown.remove(name);
            }
        }
        return SqlDifference.NONE;
    }

    private static SqlDifference inside(String cte, SqlDifference difference) {
        List<String> notes = new ArrayList<>();
        difference.removed().forEach(column -> notes.add("column '" + column + "' removed in '" + cte + "'"));
        difference.changed().forEach(column -> notes.add("column '" + column + "' changed in '" + cte + "'"));
        difference.notes().forEach(note -> notes.add(note.contains(" in '") ? note : note + " in '" + cte + "'"));
        if (notes.isEmpty()) {
            notes.add("'" + cte + "'");
        }
        return new SqlDifference(true, List.of(), List.of(), List.of(), notes);
    }

    private static JsonNode queryOf(JsonNode cte) {
        JsonNode node = cte.path("query_node");
        return node.isMissingNode() ? cte.path("query").path("node") : node;
    }

    private static Map<String, JsonNode> ctes(JsonNode query) {
        Map<String, JsonNode> ctes = new LinkedHashMap<>();
        query.path("cte_map")
                .path("map")
                .forEach(entry -> ctes.put(entry.path("key").asText(), entry.path("value")));
        return ctes;
    }

    /** Columns of the parts of a union stand for each other by their place. */
    private SqlDifference setOperation(JsonNode before, JsonNode now, Map<String, List<String>> grown) {
        JsonNode old = before.path("children");
        JsonNode parts = now.path("children");
        if (!Trees.sameBut(before, now, "children", "cte_map") || old.size() != parts.size()) {
            return SqlDifference.breaking("what is united, or how");
        }
        SqlDifference first = SqlDifference.NONE;
        for (int i = 0; i < parts.size(); i++) {
            SqlDifference part = query(old.get(i), parts.get(i), grown);
            if (part.breaking()) {
                return part;
            }
            if (i == 0) {
                first = part;
            } else if (part.added().size() != first.added().size()) {
                return SqlDifference.breaking("the parts of a union have other columns");
            }
        }
        if (first.none()) {
            return first;
        }
        boolean rowsStay = now.path("setop_type").asText().equals("UNION")
                && now.path("setop_all").asBoolean()
                && now.path("modifiers").isEmpty();
        return rowsStay && addedAtTheEnd(old, parts)
                ? first
                : SqlDifference.breaking("the parts of a union have other columns");
    }

    private static boolean addedAtTheEnd(JsonNode old, JsonNode parts) {
        for (int i = 0; i < parts.size(); i++) {
            JsonNode before = old.get(i).path("select_list");
            JsonNode now = parts.get(i).path("select_list");
            for (int column = 0; column < now.size(); column++) {
                boolean star = now.get(column).path("class").asText().equals("STAR");
                if (star || (column < before.size() && !before.get(column).equals(now.get(column)))) {
                    return false;
                }
            }
        }
        return true;
    }
}
