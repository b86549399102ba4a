package dev.millrace.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Queries and where their columns come from: {@code name<column} for a value taken over, {@code ~} before what is
 * computed from, {@code ?} before what only decides; after the bar, what decides which rows there are.
 */
class QueryLineageTest {
    private static final Map<String, List<String>> TABLES = Map.of(
            "t", List.of("a", "b", "c", "g", "l", "s"),
            "u", List.of("a", "d", "e", "g"),
            "w", List.of("d", "f"));

    private static Database database;

    @BeforeAll
    static void open() throws SQLException {
        database = new Database();
        database.execute("create table t(a int, b int, c varchar, g int, l int[], s struct(x int, y varchar))");
        database.execute("create table u(a int, d int, e varchar, g int)");
        database.execute("create table w(d int, f int)");
        database.execute("create schema other");
        database.execute("create table other.t(a int, z int)");
    }

    @AfterAll
    static void close() throws SQLException {
        database.close();
    }

    private static Optional<TableShape> find(List<String> path) {
        if (path.equals(List.of("other", "t"))) {
            return Optional.of(new TableShape("o", List.of("a", "z"), true));
        }
        return Optional.ofNullable(TABLES.get(path.get(path.size() - 1).toLowerCase(Locale.ROOT)))
                .map(columns -> new TableShape(path.get(path.size() - 1), columns, true));
    }

    private static String lineage(String sql) throws SQLException {
        QueryLineage lineage = database.lineage(sql, QueryLineageTest::find);
        String columns = lineage.columns().stream().map(QueryLineageTest::text).collect(Collectors.joining(" "));
        String conditions =
                lineage.conditions().stream().map(SourceColumn::toString).collect(Collectors.joining(","));
        return columns
                + (conditions.isEmpty() ? "" : " | " + conditions)
                + (lineage.conditionsKnown() ? "" : " | unknown");
    }

    private static String text(OutputColumn column) {
        List<String> inputs = new ArrayList<>();
        column.inputs()
                .forEach((input, use) -> inputs.add(switch (use) {
                            case DIRECT -> "";
                            case DERIVED -> "~";
                            case INDIRECT -> "?";
                        }
                        + input));
        return column.name() + "<" + (column.known() ? String.join(",", inputs) : "unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "select a, b + 1 as n, 'x' as k from t;                    a<t.a n<~t.b k<",
                "select T.A from t;                                         a<t.a",
                "select x.a as one, main.u.d from t as x, main.u;          one<t.a d<u.d",
                "select a, z from other.t;                                 a<o.a z<o.z",
                "select * from w;                                          d<w.d f<w.f",
                "select w.*, u.d as other from w join u on w.d = u.d;      d<w.d f<w.f other<u.d | u.d,w.d",
                "select * from w join u using (d);                         d<w.d f<w.f a<u.a e<u.e g<u.g | u.d,w.d",
                "select d, u.d as mine from w full join u using (d);       d<u.d,w.d mine<u.d | u.d,w.d",
                "select d from w right join u using (d);                   d<u.d | u.d,w.d",
                "select * from w natural join u;                           d<w.d f<w.f a<u.a e<u.e g<u.g | u.d,w.d",
                "select f from w semi join u using (d);                    f<w.f | u.d,w.d",
                "select f from w anti join u on u.a = w.d;                 f<w.f | u.a,w.d",
                "select count(*) as n, sum(b) as s from t where a > 1 group by c having max(g) > 1;"
                        + " n< s<~t.b | t.a,t.c,t.g",
                "select c, sum(b) as s from t group by all;                c<t.c s<~t.b | t.c",
                "select c as k, sum(b) as s from t group by 1;             k<t.c s<~t.b | t.c",
                "select upper(c) as k, count(*) as n from t group by k;    k<~t.c n< | t.c",
                "select a as x, x + b as y from t;                         x<t.a y<~t.a,~t.b",
                "select a as b, b + 1 as n from t;                         b<t.a n<~t.b",
                "select case when a > 1 then b else g end as v from t;     v<~t.a,~t.b,~t.g",
                "select row_number() over (partition by c order by b) as n from t; n<?t.b,?t.c",
                "select sum(b) over (partition by c) as n from t qualify row_number() over (order by a) = 1;"
                        + " n<~t.b,?t.c | t.a",
                "select lag(b, 1, g) over w as n from t window w as (order by a); n<?t.a,~t.b,~t.g",
                "select string_agg(c, ',' order by a) filter (where b > 1) as n from t; n<?t.a,?t.b,~t.c",
                "select quantile_cont(b, 0.5) as m, mode() within group (order by c) as o from t; m<~t.b o<~t.c",
                "with x as (select a, b as q from t where c = 'k'), y as (select q from x) select * from y;"
                        + " q<t.b | t.c",
                "with x(p, q) as (select a, b from t) select q from x;     q<t.b",
                "with t as (select d as a from w) select a from t;         a<w.d",
                "with x as (select a from t) select (with x as (select d from w) select max(d) from x) as m, a from x;"
                        + " m<~w.d a<t.a",
                "with recursive r(n, m) as (select a, b from t union all select m, g from r join u on r.n = u.a where n < 9)"
                        + " select n from r; n<t.a,t.b,u.g | t.a,t.b,u.a,u.g",
                "select a, b from t union all select d, f from w;          a<t.a,w.d b<t.b,w.f",
                "select a from t union select d from w;                    a<t.a,w.d | t.a,w.d",
                "select a from t except select d from w;                   a<t.a | t.a,w.d",
                "select a, b from t union all by name select d, b from (select d, f as b from w);"
                        + " a<t.a b<t.b,w.f d<w.d",
                "select distinct a, b from t;                              a<t.a b<t.b | t.a,t.b",
                "select distinct on (c) a from t order by b;               a<t.a | t.a,t.b,t.c",
                "select a from t order by b;                               a<t.a",
                "select a from t order by b limit 3;                       a<t.a | t.b",
                "select (select max(f) from w where w.d = t.a) as m from t; m<?t.a,?w.d,~w.f",
                "select (select f from w where w.d = 1) as m from t;       m<?w.d,w.f",
                "select exists(select 1 from w where w.d = t.a) as m from t; m<?t.a,?w.d",
                "select a from t where b in (select f from w where d > 1); a<t.a | t.b,w.d,w.f",
                "select a in (select d from w) as m from t;                m<~t.a,~w.d",
                "select array(select f from w order by d) as m;            m<?w.d,~w.f",
                "select l.v from t, lateral (select t.a + w.f as v from w) as l; v<~t.a,~w.f",
                "select a, v from t, unnest(t.l) as x(v);                  a<t.a v<~t.l | t.l",
                "select a, unnest(l) as v from t;                          a<t.a v<~t.l | t.l",
                "select s.x as m, (s).y as n, t.s.x as o from t;           m<~t.s n<~t.s o<~t.s",
                "select unnest(s, recursive := true) from t;               x<unknown y<unknown | t.s | unknown",
                "select list_transform(l, lambda v: v + a) as m from t;    m<~t.a,~t.l",
                "select list_transform(l, lambda a: a + 1) as m from t;    m<~t.l",
                "select [v + a for v in l if v > b] as m from t;           m<~t.a,~t.b,~t.l",
                "select * exclude (l, s, g) replace (b * 2 as b) from t;   a<t.a b<~t.b c<t.c",
                "select * exclude (a, l, s) rename (b as q) from t;        q<t.b c<t.c g<t.g",
                "select u.* exclude (g) from t join u on true;             a<u.a d<u.d e<u.e",
                "select columns('^[ab]$') + 1 from t;                      a<~t.a b<~t.b",
                "select max(columns(['a', 'c'])) from t;                   a<~t.a c<~t.c",
                "select coalesce(*columns(['a', 'b'])) as m from t;        m<~t.a,~t.b",
                "select * like '%' from w;                                 d<w.d f<w.f",
                "from w;                                                   d<w.d f<w.f",
                "values (1, 2);                                            col0< col1<",
                "select v.p from (values (1, 2)) v(p, q);                  p<",
                "select i from range(3) r(i);                              i<",
                "pivot w on d in (1, 2) using sum(f);                      1<?w.d,~w.f 2<?w.d,~w.f",
                "pivot u on d in (1, 2) using sum(a) as s, max(g) group by e;"
                        + " e<u.e 1_s<~u.a,?u.d 1_max(g)<?u.d,~u.g 2_s<~u.a,?u.d 2_max(g)<?u.d,~u.g | u.e",
                "select * from (unpivot u on a, g into name n value v);    d<u.d e<u.e n< v<u.a,u.g | u.a,u.g",
                "select t from (select a, b from t) t;                     t<~t.a,~t.b",
                "select current_date as d, now() as n from t;              d< n<",
                "select d from w where f between (select min(a) from t) and 9; d<w.d | t.a,w.f",
                "select x.d from w x, w y where x.f = y.d;                 d<w.d | w.d,w.f",
                "select try_cast(c as int) as n, c collate nocase as m from t; n<~t.c m<~t.c",
            })
    void columns_come_from(String sql, String expected) throws SQLException {
        assertThat(lineage(sql)).isEqualTo(expected);
    }

    @Test
    void what_is_no_query_has_no_tree() throws SQLException {
        assertThat(database.tree("insert into w values (1, 2)")).isEmpty();
        assertThat(database.tree("select 1; select 2")).isEmpty();
        assertThat(database.tree("pivot w on d using sum(f)")).isEmpty();
    }
}
