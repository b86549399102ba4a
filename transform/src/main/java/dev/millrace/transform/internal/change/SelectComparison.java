package dev.millrace.transform.internal.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.transform.SqlDifference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One SELECT beside an earlier one, all but their common table expressions. Used once. */
final class SelectComparison {
    private final QueryComparison queries;
    private final SqlParser parser;
    private final JsonNode before;
    private final JsonNode now;
    private final Map<String, List<String>> grown;
    /** The tables of FROM that have columns more than before, by the name they have here. */
    private final Map<String, List<String>> grownTables = new LinkedHashMap<>();

    SelectComparison(
            QueryComparison queries, SqlParser parser, JsonNode before, JsonNode now, Map<String, List<String>> grown) {
        this.queries = queries;
        this.parser = parser;
        this.before = before;
        this.now = now;
        this.grown = grown;
    }

    SqlDifference difference() {
        SqlDifference from = from(before.path("from_table"), now.path("from_table"));
        if (from.breaking()) {
            return from;
        }
        for (Clause clause : Clause.values()) {
            JsonNode old = Ordinals.resolved(before, clause.field);
            JsonNode current = Ordinals.resolved(now, clause.field);
            if (!old.equals(current)) {
                return SqlDifference.breaking(clause.text + (old.isNull() || old.isEmpty() ? " added" : " changed"));
            }
        }
        SqlDifference own = ownColumns();
        if (own.breaking() || (own.none() && grownTables.isEmpty())) {
            return own;
        }
        List<String> added = new ArrayList<>(own.added());
        String doubt = doubtOfGrown(added);
        if (doubt == null && !added.isEmpty()) {
            doubt = doubtOf(added);
        }
        return doubt == null ? SqlDifference.adding(added) : SqlDifference.breaking(doubt);
    }

    private enum Clause {
        WHERE("where_clause", "where"),
        GROUP("group_expressions", "group by"),
        SETS("group_sets", "group by"),
        AGGREGATION("aggregate_handling", "group by"),
        HAVING("having", "having"),
        QUALIFY("qualify", "qualify"),
        SAMPLE("sample", "sample"),
        ORDER("modifiers", "distinct, order by or limit");

        private final String field;
        private final String text;

        Clause(String field, String text) {
            this.field = field;
            this.text = text;
        }
    }

    /** Fills {@link #grownTables}. */
    private SqlDifference from(JsonNode old, JsonNode current) {
        String type = current.path("type").asText();
        if (!old.path("type").asText().equals(type)) {
            return SqlDifference.breaking("from or join changed");
        }
        return switch (type) {
            case "JOIN" -> join(old, current);
            case "SUBQUERY" -> subquery(old, current);
            case "BASE_TABLE" -> {
                List<String> more = grown.get(current.path("table_name").asText());
                if (!old.equals(current)) {
                    yield SqlDifference.breaking("from or join changed");
                }
                if (more != null && current.path("schema_name").asText().isEmpty()) {
                    yield grows(current, more);
                }
                yield SqlDifference.NONE;
            }
            default ->
                old.equals(current) && grown.keySet().stream().noneMatch(name -> Trees.reads(current, name))
                        ? SqlDifference.NONE
                        : SqlDifference.breaking("from or join changed");
        };
    }

    private SqlDifference grows(JsonNode table, List<String> more) {
        if (!table.path("column_name_alias").isEmpty()) {
            return SqlDifference.breaking("from or join changed");
        }
        String alias = table.path("alias").asText();
        grownTables.put(alias.isEmpty() ? table.path("table_name").asText() : alias, more);
        return SqlDifference.NONE;
    }

    private SqlDifference join(JsonNode old, JsonNode current) {
        if (!Trees.sameBut(old, current, "left", "right")) {
            return SqlDifference.breaking("from or join changed");
        }
        SqlDifference left = from(old.path("left"), current.path("left"));
        SqlDifference right = left.breaking() ? left : from(old.path("right"), current.path("right"));
        boolean natural = current.path("ref_type").asText().equals("NATURAL") && !grownTables.isEmpty();
        return natural ? SqlDifference.breaking("a natural join of more columns") : right;
    }

    private SqlDifference subquery(JsonNode old, JsonNode current) {
        if (!Trees.sameBut(old, current, "subquery")) {
            return SqlDifference.breaking("from or join changed");
        }
        SqlDifference inner = queries.query(
                old.path("subquery").path("node"), current.path("subquery").path("node"), grown);
        if (inner.breaking()) {
            List<String> notes = new ArrayList<>(inner.notes());
            inner.removed().forEach(column -> notes.add("column '" + column + "' removed in a subquery"));
            inner.changed().forEach(column -> notes.add("column '" + column + "' changed in a subquery"));
            return new SqlDifference(true, List.of(), List.of(), List.of(), notes);
        }
        return inner.none() ? inner : grows(current, inner.added());
    }

    /** The columns written out in the select list, without those that stars gain. */
    private SqlDifference ownColumns() {
        List<JsonNode> old = list(before);
        List<JsonNode> current = list(now);
        int matched = 0;
        List<Integer> fresh = new ArrayList<>();
        for (int i = 0; i < current.size(); i++) {
            if (matched < old.size() && old.get(matched).equals(current.get(i))) {
                matched++;
            } else {
                fresh.add(i);
            }
        }
        return matched == old.size() ? additions(current, fresh) : replaced(old, current);
    }

    private SqlDifference additions(List<JsonNode> all, List<Integer> fresh) {
        int lastStar = -1;
        for (int i = 0; i < all.size(); i++) {
            lastStar = isStar(all.get(i)) ? i : lastStar;
        }
        boolean grouped = !now.path("group_expressions").isEmpty();
        List<String> names = new ArrayList<>();
        for (int place : fresh) {
            JsonNode column = all.get(place);
            if (isStar(column)) {
                return SqlDifference.breaking("a star added");
            }
            // A name that a later star also gives would rename the star's column.
            if (place < lastStar) {
                return SqlDifference.breaking("column '" + name(column) + "' added before a star");
            }
            if (!grouped && !keepsRows(column)) {
                return SqlDifference.breaking("column '" + name(column) + "' may change which rows there are");
            }
            names.add(name(column));
        }
        Set<String> distinct = new HashSet<>();
        boolean clash = all.stream().filter(column -> !isStar(column)).anyMatch(column -> !distinct.add(name(column)));
        if (clash && !fresh.isEmpty()) {
            return SqlDifference.breaking("two columns of one name");
        }
        return fresh.isEmpty() ? SqlDifference.NONE : SqlDifference.adding(names);
    }

    private SqlDifference replaced(List<JsonNode> old, List<JsonNode> current) {
        Map<String, JsonNode> earlier = byName(old);
        Map<String, JsonNode> later = byName(current);
        List<String> added = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        earlier.forEach((name, column) -> {
            JsonNode other = later.get(name);
            if (other == null) {
                removed.add(name);
            } else if (!other.equals(column)) {
                changed.add(name);
            }
        });
        later.keySet().stream().filter(name -> !earlier.containsKey(name)).forEach(added::add);
        List<String> notes = removed.isEmpty() && changed.isEmpty() ? List.of("columns in another order") : List.of();
        return new SqlDifference(true, added, removed, changed, notes);
    }

    private static Map<String, JsonNode> byName(List<JsonNode> columns) {
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        columns.forEach(column -> byName.put(name(column), column));
        return byName;
    }

    /** Adds to {@code added} what stars gain, and says what makes that unsafe. */
    private @Nullable String doubtOfGrown(List<String> added) {
        List<String> more = grownTables.values().stream().flatMap(List::stream).toList();
        if (more.isEmpty()) {
            return null;
        }
        boolean joined = now.path("from_table").path("type").asText().equals("JOIN");
        if (rebinds(more) || (joined && Trees.mentions(before.path("from_table"), more))) {
            return "a name may now mean a new column";
        }
        if (countsColumns() && list(now).stream().anyMatch(SelectComparison::isStar)) {
            return "columns are counted by their place";
        }
        if (Trees.any(now, node -> node.path("class").asText().equals("SUBQUERY") && readsGrown(node))) {
            return "a subquery reads a part with more columns";
        }
        List<JsonNode> columns = list(now);
        for (int i = 0; i < columns.size(); i++) {
            JsonNode column = columns.get(i);
            if (!isStar(column)) {
                continue;
            }
            if (!plain(column)) {
                return "a star with more columns behind it";
            }
            List<String> gained = gained(column);
            boolean shadows = columns.subList(i + 1, columns.size()).stream()
                    .anyMatch(later -> isStar(later) || gained.contains(name(later)));
            if (!gained.isEmpty() && shadows) {
                return "a star gains columns before others";
            }
            added.addAll(gained);
        }
        return null;
    }

    private boolean readsGrown(JsonNode tree) {
        return Trees.hasStar(tree) && grown.keySet().stream().anyMatch(name -> Trees.reads(tree, name));
    }

    /** Whether the earlier query used one of the names, which then meant something else. */
    private boolean rebinds(List<String> names) {
        return Stream.of("select_list", "where_clause", "group_expressions", "having", "qualify", "modifiers")
                .anyMatch(clause -> Trees.mentions(before.path(clause), names));
    }

    /** Whether GROUP BY or ORDER BY has a number left of which nobody knows the column. */
    private boolean countsColumns() {
        List<JsonNode> expressions = new ArrayList<>();
        Ordinals.resolved(now, "group_expressions").forEach(expressions::add);
        for (JsonNode modifier : Ordinals.resolved(now, "modifiers")) {
            modifier.path("orders").forEach(order -> expressions.add(order.path("expression")));
            modifier.path("distinct_on_targets").forEach(expressions::add);
        }
        return expressions.stream()
                .anyMatch(one -> one.path("literal").path("kind").asText().equals("INTEGER"));
    }

    private List<String> gained(JsonNode star) {
        String relation = star.path("relation_name").asText();
        if (relation.isEmpty()) {
            return grownTables.values().stream().flatMap(List::stream).toList();
        }
        return grownTables.getOrDefault(relation.toLowerCase(Locale.ROOT), List.of());
    }

    private static boolean plain(JsonNode star) {
        return !star.path("columns").asBoolean()
                && star.path("expr").isNull()
                && star.path("rename_list").isEmpty();
    }

    /** What makes columns more of this query unsafe. */
    private @Nullable String doubtOf(List<String> added) {
        for (JsonNode modifier : now.path("modifiers")) {
            if (modifier.path("type").asText().equals("DISTINCT_MODIFIER")
                    && modifier.path("distinct_on_targets").isEmpty()) {
                return "a column more in select distinct";
            }
        }
        if (!now.path("aggregate_handling").asText("STANDARD_HANDLING").equals("STANDARD_HANDLING")) {
            return "a column more in group by all";
        }
        if (countsColumns()) {
            return "columns are counted by their place";
        }
        return rebinds(added) ? "a name may now mean a new column" : null;
    }

    /** Whether the column is computed row by row. */
    private boolean keepsRows(JsonNode column) {
        return !Trees.any(column, node -> switch (node.path("class").asText()) {
            case "FUNCTION" ->
                !node.path("is_operator").asBoolean()
                        && !parser.isScalar(node.path("function_name").asText());
            case "SUBQUERY", "STAR" -> true;
            default -> false;
        });
    }

    static boolean isStar(JsonNode column) {
        return column.path("class").asText().equals("STAR") || Trees.hasStar(column);
    }

    private static List<JsonNode> list(JsonNode select) {
        List<JsonNode> columns = new ArrayList<>();
        select.path("select_list").forEach(columns::add);
        return columns;
    }

    private static String name(JsonNode column) {
        String alias = column.path("alias").asText();
        if (!alias.isEmpty()) {
            return alias;
        }
        JsonNode names = column.path("column_names");
        return names.isEmpty() ? "an expression" : names.get(names.size() - 1).asText();
    }
}
