package dev.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What lineage promises, tried on data: if a column of a table is neither among the inputs of a column of the answer
 * nor among the query's conditions, then whatever it holds, that column of the answer holds the same. The queries are
 * put together at random from parts of every kind.
 */
class LineageHoldsTest {
    private static final int QUERIES = 150;
    private static final List<String> COLUMNS = List.of("a", "b", "c", "d");
    private static final List<String> TABLES = List.of("t", "u");

    private final Random random = new Random(20261126);

    @Test
    void a_column_outside_the_lineage_changes_nothing() throws SQLException {
        int compared = 0;
        try (Database database = new Database()) {
            for (String table : TABLES) {
                fill(database, table);
            }
            for (int i = 0; i < QUERIES; i++) {
                compared += verify(database, query(2));
            }
        }
        // Lineage that names every column for every other would hold too.
        assertThat(compared).isGreaterThan(QUERIES);
    }

    private int verify(Database database, String sql) throws SQLException {
        QueryLineage lineage = database.lineage(sql, LineageHoldsTest::find);
        List<List<String>> before =
                columns(database.query(sql), lineage.columns().size());
        assertThat(lineage.columns()).as(sql).allMatch(OutputColumn::known);
        assertThat(lineage.conditionsKnown()).as(sql).isTrue();
        int compared = 0;
        for (String table : TABLES) {
            for (String column : COLUMNS) {
                SourceColumn changed = new SourceColumn(table, column);
                if (lineage.conditions().contains(changed)) {
                    continue;
                }
                database.execute("create table kept as select * from " + table);
                database.execute("update " + table + " set " + column + " = (" + column + " * 7 + rowid * 3 + 1) % 11");
                List<List<String>> after =
                        columns(database.query(sql), lineage.columns().size());
                database.execute("drop table " + table);
                database.execute("alter table kept rename to " + table);
                for (int i = 0; i < lineage.columns().size(); i++) {
                    if (!lineage.columns().get(i).inputs().containsKey(changed)) {
                        assertThat(after.get(i))
                                .as(sql + ": column " + i + " without " + changed)
                                .isEqualTo(before.get(i));
                        compared++;
                    }
                }
            }
        }
        return compared;
    }

    /** The values of each column, sorted: the order of rows is nobody's promise. */
    private static List<List<String>> columns(List<List<String>> rows, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> rows.stream().map(row -> row.get(i)).sorted().toList())
                .toList();
    }

    private static Optional<TableShape> find(List<String> path) {
        String name = path.get(path.size() - 1);
        return TABLES.contains(name) ? Optional.of(new TableShape(name, COLUMNS, true)) : Optional.empty();
    }

    private void fill(Database database, String table) throws SQLException {
        database.execute("create table " + table + "(a int, b int, c int, d int)");
        for (int i = 0; i < 12; i++) {
            List<String> values = new ArrayList<>();
            COLUMNS.forEach(column -> values.add(String.valueOf(random.nextInt(5))));
            database.execute("insert into " + table + " values (" + String.join(", ", values) + ")");
        }
    }

    private String pick(String... options) {
        return options[random.nextInt(options.length)];
    }

    private String column() {
        return COLUMNS.get(random.nextInt(COLUMNS.size()));
    }

    /** A query that gives the columns a, b, c and d. */
    private String query(int depth) {
        if (depth == 0) {
            return "select * from " + pick("t", "u");
        }
        return switch (random.nextInt(9)) {
            case 0 -> "with q as (" + query(depth - 1) + "), r as (" + select("q") + ") " + select("r");
            case 1 ->
                "(" + query(depth - 1) + ") " + pick("union", "union all", "intersect", "except") + " ("
                        + query(depth - 1) + ")";
            case 2 ->
                "(" + query(depth - 1) + ") union all by name (select d, c, b, a from (" + query(depth - 1) + "))";
            case 3 -> join(depth);
            case 4 -> grouped(depth);
            case 5 -> windowed(depth);
            case 6 ->
                "select * replace (" + expression("x.") + " as " + column() + ") from (" + query(depth - 1)
                        + ") x where x." + column() + " in (select " + column() + " from " + pick("t", "u")
                        + " y where y."
                        + column() + " >= x." + column() + ")";
            case 7 ->
                "select a, b, (select max(y." + column() + ") from u y where y." + column() + " = x." + column()
                        + ") as c, list_sum(list_transform([x.a, x.b], lambda v: v + x." + column() + ")) as d from ("
                        + query(depth - 1) + ") x";
            default -> select("(" + query(depth - 1) + ") as s");
        };
    }

    private String expression(String qualifier) {
        String one = qualifier + column();
        String other = qualifier + column();
        return pick(
                one,
                one + " + " + other,
                "case when " + one + " > 2 then " + other + " else 0 end",
                "coalesce(nullif(" + one + ", 1), " + other + ")",
                "{'k': " + one + ", 'o': " + other + "}.k");
    }

    private String select(String from) {
        TreeMap<String, String> items = new TreeMap<>();
        COLUMNS.forEach(name -> items.put(name, expression("")));
        List<String> list = new ArrayList<>();
        items.forEach((name, value) -> list.add("(" + value.replaceAll("\\b([abcd])\\b", "z.$1") + ") as " + name));
        String where = random.nextBoolean() ? " where z." + column() + " > 1" : "";
        String source = from.startsWith("(") ? from.replaceAll(" as s$", " as z") : from + " as z";
        return "select " + pick("", "", "distinct ") + String.join(", ", list) + " from " + source + where;
    }

    private String join(int depth) {
        String left = "(" + query(depth - 1) + ") l";
        String right = "(" + query(depth - 1) + ") r";
        String type = pick("join", "left join", "right join", "full join");
        return switch (random.nextInt(4)) {
            case 0 ->
                "select a, l.b as b, r.c as c, " + pick("l", "r") + ".d as d from " + left + " " + type + " " + right
                        + " using (a)";
            case 1 -> "select * from " + left + " natural " + type + " (select a, b from " + right + ") n";
            case 2 ->
                "select l.* from " + left + " " + pick("semi", "anti") + " join " + right + " on l." + column()
                        + " = r." + column();
            default ->
                "select l.a, r.b, l.c, r.d from " + left + " " + type + " " + right + " on l." + column() + " = r."
                        + column();
        };
    }

    private String grouped(int depth) {
        String group = pick("group by all", "group by 1", "group by a");
        return "select a, " + pick("sum", "max", "count") + "(b) as b, sum(c) filter (where d > 1) as c, count(*) as d"
                + " from (" + query(depth - 1) + ") " + group + pick("", " having max(" + column() + ") > 1");
    }

    private String windowed(int depth) {
        return "select a, b, row_number() over (partition by " + column() + " order by a, b, c, d) as c, sum("
                + column() + ") over (partition by " + column() + ") as d from (" + query(depth - 1) + ")"
                + pick("", " qualify rank() over (order by " + column() + ") < 6");
    }
}
