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
import org.jspecify.annotations.Nullable;

/**
 * Answers many queries by one statement: a branch of a UNION ALL for each, its values as text. On a warehouse's own
 * tables this is as fast as the fastest other form, since each branch is still answered from statistics where it can
 * be.
 */
final class UnionAll {
    /** Beyond this, a statement is planned for longer than it saves. */
    private static final int LARGEST = 250;

    private UnionAll() {}

    static CheckAnswers answer(Session session, Iterable<CheckQuery> queries) {
        LinkedHashSet<CheckQuery> distinct = new LinkedHashSet<>();
        queries.forEach(distinct::add);
        List<CheckQuery> all = new ArrayList<>(distinct);
        Map<CheckQuery, List<@Nullable String>> rows = new LinkedHashMap<>();
        long begin = System.nanoTime();
        for (int from = 0; from < all.size(); from += LARGEST) {
            List<CheckQuery> some = all.subList(from, Math.min(all.size(), from + LARGEST));
            take(session.query(sql(session.dialect(), some)), some, rows);
        }
        return new CheckAnswers(rows, Duration.ofNanos(System.nanoTime() - begin));
    }

    static String sql(Dialect dialect, List<CheckQuery> queries) {
        int width =
                queries.stream().mapToInt(query -> query.columns().size()).max().orElse(0);
        String text = dialect.typeName(DataType.Simple.TEXT);
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < queries.size(); i++) {
            CheckQuery query = queries.get(i);
            sql.append(i == 0 ? "select " : "\nunion all\nselect ").append(i).append(" as check_number");
            for (int column = 0; column < width; column++) {
                String value = column < query.columns().size()
                        ? "q." + dialect.quote(query.columns().get(column))
                        : "null";
                sql.append(", cast(")
                        .append(value)
                        .append(" as ")
                        .append(text)
                        .append(") as value_")
                        .append(column);
            }
            sql.append(" from (\n").append(query.sql()).append("\n) q");
        }
        return sql.toString();
    }

    private static void take(Table table, List<CheckQuery> queries, Map<CheckQuery, List<@Nullable String>> rows) {
        for (List<@Nullable Object> row : table.rows()) {
            CheckQuery query = queries.get(((Number) Objects.requireNonNull(row.get(0))).intValue());
            List<@Nullable String> values = new ArrayList<>();
            for (int i = 0; i < query.columns().size(); i++) {
                Object value = row.get(i + 1);
                values.add(value == null ? null : value.toString());
            }
            if (rows.put(query, values) != null) {
                throw severalRows();
            }
        }
        if (!rows.keySet().containsAll(queries)) {
            throw severalRows();
        }
    }

    private static MillraceException severalRows() {
        return new MillraceException(ErrorCode.SQL_FAILED, "a check's query must answer with exactly one row");
    }
}
