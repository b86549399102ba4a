package dev.millrace.warehouse.check;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.DataType;
import dev.millrace.warehouse.Dialect;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers many queries by one statement: a branch of a UNION ALL for each, its values as text; one branch for all
 * counts of the same rows. On a warehouse's own tables this is as fast as the fastest other form: each branch is still
 * answered from statistics where it can be, and passes over the parts of the table that its condition rules out.
 */
final class UnionAll {
    /** Beyond this, a statement is planned for longer than it saves. */
    private static final int LARGEST = 250;

    private static final String SEPARATOR = ",";

    private UnionAll() {}

    /** Queries that are answered by one branch: a single one, or counts of the same rows. */
    private record Branch(List<CheckQuery> queries) {
        int width() {
            return queries.get(0) instanceof CheckQuery.Row row ? row.columns().size() : 1;
        }
    }

    static CheckAnswers answer(Session session, Iterable<CheckQuery> queries) {
        List<Branch> all = branches(queries);
        Map<CheckQuery, List<@Nullable String>> rows = new LinkedHashMap<>();
        long begin = System.nanoTime();
        for (int from = 0; from < all.size(); from += LARGEST) {
            List<Branch> some = all.subList(from, Math.min(all.size(), from + LARGEST));
            take(session.query(union(session.dialect(), some)), some, rows);
        }
        return new CheckAnswers(rows, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** The statement that answers the queries, which are fewer than are split. */
    static String sql(Dialect dialect, Iterable<CheckQuery> queries) {
        return union(dialect, branches(queries));
    }

    private static List<Branch> branches(Iterable<CheckQuery> queries) {
        LinkedHashSet<CheckQuery> distinct = new LinkedHashSet<>();
        queries.forEach(distinct::add);
        Map<Object, List<CheckQuery>> sharing = new LinkedHashMap<>();
        for (CheckQuery query : distinct) {
            Object key = query instanceof CheckQuery.Count count ? count.from() : query;
            sharing.computeIfAbsent(key, none -> new ArrayList<>()).add(query);
        }
        return sharing.values().stream().map(Branch::new).toList();
    }

    private static String union(Dialect dialect, List<Branch> branches) {
        int width = branches.stream().mapToInt(Branch::width).max().orElse(0);
        List<String> selects = new ArrayList<>();
        for (Branch branch : branches) {
            String head = "select " + selects.size() + " as check_number, ";
            if (branch.queries().get(0) instanceof CheckQuery.Row row) {
                selects.add(head + String.join(", ", values(dialect, row, width)) + " from (\n" + row.sql() + "\n) q");
            } else {
                selects.add(head + String.join(", ", counts(dialect, branch, width)) + from(branch));
            }
        }
        return String.join("\nunion all\n", selects);
    }

    private static List<String> values(Dialect dialect, CheckQuery.Row row, int width) {
        List<String> values = new ArrayList<>();
        for (int column = 0; column < width; column++) {
            String value = column < row.columns().size()
                    ? "q." + dialect.quote(row.columns().get(column))
                    : "null";
            values.add(text(dialect, value) + " as value_" + column);
        }
        return values;
    }

    /** All counts stand in the first value: a column for each would widen every other branch. */
    private static List<String> counts(Dialect dialect, Branch branch, int width) {
        List<String> values = new ArrayList<>();
        values.add(branch.queries().stream()
                        .map(query -> text(dialect, ((CheckQuery.Count) query).measure()))
                        .collect(Collectors.joining(" || '" + SEPARATOR + "' || "))
                + " as value_0");
        for (int column = 1; column < width; column++) {
            values.add(text(dialect, "null") + " as value_" + column);
        }
        return values;
    }

    private static String from(Branch branch) {
        return " " + ((CheckQuery.Count) branch.queries().get(0)).from().strip();
    }

    private static String text(Dialect dialect, String value) {
        return "cast(" + value + " as " + dialect.typeName(DataType.Simple.TEXT) + ")";
    }

    private static void take(Table table, List<Branch> branches, Map<CheckQuery, List<@Nullable String>> rows) {
        for (List<@Nullable Object> row : table.rows()) {
            Branch branch = branches.get(((Number) Objects.requireNonNull(row.get(0))).intValue());
            if (branch.queries().get(0) instanceof CheckQuery.Row query) {
                List<@Nullable String> values = new ArrayList<>();
                for (int i = 0; i < query.columns().size(); i++) {
                    Object value = row.get(i + 1);
                    values.add(value == null ? null : value.toString());
                }
                put(rows, query, values);
            } else {
                String[] counts = String.valueOf(row.get(1)).split(SEPARATOR, -1);
                for (int i = 0; i < counts.length; i++) {
                    put(rows, branch.queries().get(i), List.of(counts[i]));
                }
            }
        }
        if (!branches.stream().allMatch(branch -> rows.keySet().containsAll(branch.queries()))) {
            throw severalRows();
        }
    }

    private static void put(
            Map<CheckQuery, List<@Nullable String>> rows, CheckQuery query, List<@Nullable String> values) {
        if (rows.put(query, values) != null) {
            throw severalRows();
        }
    }

    private static MillraceException severalRows() {
        return new MillraceException(ErrorCode.SQL_FAILED, "a check's query must answer with exactly one row");
    }
}
