package dev.millrace.transform.internal.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.transform.SqlDifference;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a change that those who read a query may notice. */
class QueryComparisonTest {
    private static final SqlParser PARSER = new SqlParser();

    @AfterAll
    static void close() {
        PARSER.close();
    }

    private static SqlDifference compare(String before, String now) {
        return new QueryComparison(PARSER)
                .compare(
                        PARSER.parse(before, Map.of()).orElseThrow(),
                        PARSER.parse(now, Map.of()).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select a, b from t where c > 1 | SELECT  A,   B FROM T /* so */ WHERE (c) > 1",
                "select cast(a as int) as x from t | select a::int as x from t",
                "select a from t where b != 1 | select a from t where b <> 1",
                "select a, b from t order by 1 | select a, b from t order by a",
                "with x as (select 1 as a) select a from x | with y as (select 2 as b), x as (select 1 as a) select a from x",
                "with x as (select a from t) select a from x | with x as (select a, b from t) select a from x"
            })
    void the_same_query_written_otherwise_is_no_change(String before, String now) {
        assertThat(compare(before, now)).isEqualTo(SqlDifference.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select a from t | select a, b from t",
                "select a, c from t | select a, upper(b) as b, c from t",
                "select a, count(*) as n from t group by 1 | select max(b) as b, a, count(*) as n from t group by 2",
                "select a, sum(c) as n from t group by a | select a, sum(c) as n, max(b) as b from t group by a",
                "select * from t | select *, a + 1 as b from t",
                "with x as (select a from t) select * from x | with x as (select a, b from t) select * from x",
                "with x as (select a from t), y as (select * from x) select * from y | with x as (select a, b from t), y as (select * from x) select * from y",
                "with x as (select a from t) select a from x | with x as (select a, b from t) select a, b from x",
                "select s.* from (select a from t) s | select s.* from (select a, b from t) s",
                "select a from t union all select a from u | select a, b from t union all select a, b from u",
                "select a, row_number() over (order by a) as n from t | select a, row_number() over (order by a) as n, lag(a) over (order by a) as b from t",
                "with x as (select a from t) select x.*, u.c from x join u on x.a = u.a | with x as (select a, b from t) select x.*, u.c from x join u on x.a = u.a"
            })
    void a_column_more_does_not_break(String before, String now) {
        SqlDifference difference = compare(before, now);
        assertThat(difference.breaking()).as(difference.toString()).isFalse();
        assertThat(difference.added()).containsExactly("b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select a, b from t | select a from t",
                "select a, b from t | select b, a from t",
                "select a as b from t | select a as c from t",
                "select a from t | select a::int as a from t",
                "select a from t | select a from u",
                "select a from t | select a from t where a > 1",
                "select a from t | select a from t limit 5",
                "select a from t join u on t.x = u.x | select a from t left join u on t.x = u.x",
                "select a from t join u on t.x = u.x | select a from t join u on t.x = u.y",
                "select a from t | select a, count(*) as b from t",
                "select a from t | select a, unnest(b) as b from t",
                "select a from t | select a, my_own(b) as b from t",
                "select distinct a from t | select distinct a, b from t",
                "select a, count(*) as n from t group by all | select a, b, count(*) as n from t group by all",
                "select a, count(*) as n from t group by 1 | select b, a, count(*) as n from t group by 1",
                "select a from t union select a from u | select a, b from t union select a, b from u",
                "select a from t union all select a from u | select b, a from t union all select a, b from u",
                "select a from t union all select a from u | select a, b from t union all select a from u",
                "select * from t | select b, * from t",
                "select * from t | select * exclude (a) from t",
                "select a, a + 1 as a2 from t order by b | select a, a + 1 as a2, c as b from t order by b",
                "with x as (select a from t) select a, a + 1 as b, b + 1 as c from x | with x as (select a, b from t) select a, a + 1 as b, b + 1 as c from x",
                "with x as (select a from t) select x.*, u.* from x join u on x.a = u.a | with x as (select a, b from t) select x.*, u.* from x join u on x.a = u.a",
                "with x as (select a from t) select * from x natural join u | with x as (select a, b from t) select * from x natural join u",
                "with x as (select a from t) select distinct * from x | with x as (select a, b from t) select distinct * from x",
                "with x as (select a from t) select a from x | select a from x",
                "with x as (select a from t where a > 1) select a from x | with x as (select a from t where a > 2) select a from x",
                "select 'a' as a | select 'A' as a",
                "select a from t using sample 5 | select a from t using sample 6"
            })
    void whatever_readers_may_notice_breaks(String before, String now) {
        assertThat(compare(before, now).breaking()).isTrue();
    }

    @Test
    void columns_are_named() {
        SqlDifference difference = compare("select a, b, c from t", "select a, c + 1 as c, d from t");
        assertThat(difference)
                .isEqualTo(new SqlDifference(
                        true,
                        java.util.List.of("d"),
                        java.util.List.of("b"),
                        java.util.List.of("c"),
                        java.util.List.of()));
    }

    @Test
    void a_change_inside_is_placed() {
        assertThat(compare(
                                "with x as (select a from t where a > 1) select a from x",
                                "with x as (select a from t where a > 2) select a from x")
                        .notes())
                .containsExactly("where changed in 'x'");
    }

    @Test
    void a_relation_is_what_stands_in_it_wherever_that_is() {
        String prod = "select o.a from db.prod.orders o";
        String dev = "select o.a from db.dev.orders o";
        assertThat(new QueryComparison(PARSER)
                        .compare(
                                PARSER.parse(prod, Map.of("db.prod.orders", "model.x.orders"))
                                        .orElseThrow(),
                                PARSER.parse(dev, Map.of("db.dev.orders", "model.x.orders"))
                                        .orElseThrow()))
                .isEqualTo(SqlDifference.NONE);
    }
}
