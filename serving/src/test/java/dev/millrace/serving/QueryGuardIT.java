package dev.millrace.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.RelationName;
import dev.millrace.warehouse.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryGuardIT {
    @TempDir
    private static Path folder;

    private Shop shop;
    private Session session;
    private final QueryGuard guard = new QueryGuard();

    @BeforeAll
    void open() throws IOException {
        Files.writeString(folder.resolve("x.csv"), "secret\n42\n");
        shop = Shop.in(folder)
                .sql("create schema marts; create schema _millrace; create schema x")
                .sql("create table marts.orders as select range id, 'c' || range customer from range(10)")
                .sql("create table main.t as select 1 a, 2 b")
                .sql("create table _millrace.state as select 1 s")
                .sql("create view marts.from_file as select * from read_csv('" + folder.resolve("x.csv") + "')")
                .sql("create macro steal() as (select content from read_text('/etc/passwd'))")
                .sql("create macro steal_table() as table select * from read_text('/etc/passwd')")
                .sql("create sequence numbers")
                .sql("create type mood as enum ('sad', 'ok')");
        session = shop.warehouse().open();
    }

    @AfterAll
    void close() {
        session.close();
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "select 1;",
                " ; select 1 ; ",
                "-- a remark\nselect /* ; drop table t */ 1 -- more",
                "from marts.orders",
                "table marts.orders",
                "values (1, 'a'), (2, 'b')",
                "select * from shop.marts.orders",
                "select * from t, shop.t u",
                "select * from \"MARTS\".\"Orders\"",
                "select count(*), lower(customer), sum(id) filter (where id > 1) from marts.orders group by all",
                "with o as (select * from marts.orders), p as (select * from o) select * from p where id in (select id from o)",
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 5) select * from n",
                "select row_number() over w, lag(id, 1) over (order by id) from marts.orders window w as (order by id)",
                "select id from marts.orders qualify row_number() over (partition by customer order by id) = 1",
                "select list_transform([1, 2], lambda x: x + 1), [y * 2 for y in [1, 2] if y > 1], {'a': 1}.a, map {1: 2}",
                "select case when id > 1 then 'a' else null end, coalesce(id, 1), id between 1 and 2, not true, id is null,"
                        + " id::varchar, try_cast(customer as int), customer like 'a%', customer ilike 'b', customer ~ 'c',"
                        + " customer similar to 'd', extract(year from date '2020-01-01'), interval 3 days, -id, id % 2,"
                        + " 'ok'::mood, exists (select 1), array(select 1), (1, 2), id is distinct from 2 from marts.orders",
                "select * from range(3) r(i), generate_series(1, 3) g(j), unnest([1, 2]) u(k)",
                "select * from json_each('{\"a\": 1}')",
                "select * exclude (id) replace (upper(customer) as customer), columns('i.*') from marts.orders",
                "select 1 union all select 2 except select 3 intersect select 4 order by 1 limit 10 offset 2",
                "select * from marts.orders limit 10%",
                "select * from marts.orders using sample 3 rows",
                "select * from marts.orders o left join t on o.id = t.a asof join (select 1 i) s on o.id >= s.i",
                "select distinct on (customer) * from marts.orders order by customer collate nocase",
                "select customer, count(*) from marts.orders group by grouping sets ((customer), ())",
                "select * from marts.from_file",
                "describe marts.orders",
                "describe select 1",
                "summarize marts.orders",
                "explain select * from marts.orders",
                "explain analyze select * from marts.orders",
                "select * from (unpivot t on a, b into name n value v)",
                "select * from information_schema.tables",
                "select pg_typeof(1), current_database(), current_schema(), now(), current_date, version()",
                "select string_agg(customer, ',' order by id), quantile_cont(id, 0.5), any_value(id) from marts.orders",
                "select strftime(now(), '%Y'), date_trunc('month', now()), time_bucket(interval 1 day, now())",
                "select 'select * from ''/etc/passwd''; drop table t'",
            })
    void reading_is_allowed_and_runs(String sql) {
        assertThat(session.query(guard.check(session, sql).sql()).columns()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "-- nothing",
                "select 1; select 2",
                "select 1; drop table t",
                "drop table t",
                "create table u as select 1",
                "create temp table u as select 1",
                "create or replace macro lower(x) as 'stolen'",
                "insert into t values (1, 2)",
                "update t set a = 1",
                "delete from t",
                "truncate t",
                "merge into t using t u on false when not matched then insert",
                "alter table t add column c int",
                "copy t to 'out.csv'",
                "copy t from 'x.csv'",
                "attach 'y.duckdb'",
                "detach shop",
                "use marts",
                "set memory_limit = '1GB'",
                "reset memory_limit",
                "pragma version",
                "pragma database_list",
                "call pragma_version()",
                "call duckdb_secrets()",
                "export database 'dump'",
                "import database 'dump'",
                "install httpfs",
                "load httpfs",
                "checkpoint",
                "vacuum",
                "prepare p as select 1",
                "execute p",
                "deallocate p",
                "begin",
                "commit",
                "explain drop table t",
                "explain analyze insert into t values (1, 2)",
                "explain analyze with x as (delete from t returning *) from x",
                "explain explain select 1",
                "with x as (insert into t values (1, 2) returning a) select * from x",
                "with x as (update t set a = 9 returning a) select * from x",
                "with x as materialized (delete from t returning *) select 1",
                "with x as (copy t to 'out.csv') select * from x",
                "select * from (with y as (with z as (delete from t returning *) from z) from y)",
                "select (with z as (delete from t returning a) select a from z)",
                "select 1 where exists (with z as (delete from t returning a) select a from z)",
                "select * from '/etc/passwd'",
                "select * from 'x.csv'",
                "select * from \"x.csv\"",
                "from 'x.csv'",
                "table 'x.csv'",
                "select * from x.csv",
                "select * from U&\"\\0078.csv\"",
                "select * from \"x\".\"csv\"",
                "describe 'x.csv'",
                "summarize 'x.csv'",
                "select * from (describe 'x.csv')",
                "with \"x.csv\" as (select * from \"x.csv\") select * from \"x.csv\"",
                "with a as (select * from \"x.csv\"), \"x.csv\" as (select 1) select * from a",
                "select * from (with \"x.csv\" as (select 1) select 1), \"x.csv\"",
                "with recursive \"x.csv\" as (select * from \"x.csv\" union all select 1) select * from \"x.csv\"",
                "select * from read_csv('x.csv')",
                "select * from READ_CSV('x.csv')",
                "select * from \"read_csv\"('x.csv')",
                "select * from main.read_csv('x.csv')",
                "select * from system.main.read_csv('x.csv')",
                "select * from pg_catalog.read_csv('x.csv')",
                "select * from read_csv_auto('x.csv')",
                "select * from read_text('/etc/passwd')",
                "select * from read_blob('/etc/passwd')",
                "select * from read_parquet('x.parquet')",
                "select * from parquet_scan('x.parquet')",
                "select * from parquet_metadata('x.parquet')",
                "select * from read_json('x.json')",
                "select * from read_duckdb('y.duckdb')",
                "select * from sniff_csv('x.csv')",
                "select * from glob('/etc/*')",
                "select * from query('select 1')",
                "select * from query_table('x.csv')",
                "select * from query_table(['t', 'x.csv'])",
                "select * from histogram('x.csv', secret)",
                "select * from seq_scan('t')",
                "select * from arrow_scan(1, 2, 3)",
                "select * from json_execute_serialized_sql('{}')",
                "select json_serialize_plan('select * from read_csv(''x.csv'')')",
                "select json_deserialize_sql('{}')",
                "select * from duckdb_secrets()",
                "select * from duckdb_settings()",
                "select * from duckdb_functions()",
                "select * from which_secret('s3://x', 's3')",
                "select * from pragma_table_info('t')",
                "select * from pragma_storage_info('t')",
                "select * from checkpoint()",
                "select * from force_checkpoint()",
                "select * from enable_logging()",
                "select current_setting('temp_directory')",
                "select getvariable('x')",
                "select getenv('HOME')",
                "select nextval('numbers')",
                "select currval('numbers')",
                "select setseed(0.5)",
                "select write_log('x')",
                "select sleep_ms(1000)",
                "select pg_sleep(10)",
                "select finalize('x'::blob)",
                "select sum(a) export_state from t",
                "select steal()",
                "select main.steal()",
                "select * from steal_table()",
                "select list_transform([1], lambda x: steal())",
                "select [steal() for y in [1]]",
                "select a from t order by steal()",
                "select a from t limit (select nextval('numbers'))",
                "select sum(a) filter (where nextval('numbers') > 0) from t",
                "select sum(a) over (partition by nextval('numbers')) from t",
                "select * from t using sample (nextval('numbers')) rows",
                "select * replace (nextval('numbers') as a) from t",
                "select t.nextval('numbers') from t",
                "select 'numbers'.nextval()",
                "select ('/etc/passwd').read_text()",
                "select * from range(nextval('numbers'))",
                "select * from t, lateral read_csv('x.csv')",
                "select * from t where a in (from read_csv('x.csv'))",
                "values (nextval('numbers'))",
                "select * from _millrace.state",
                "select * from shop._millrace.state",
                "select * from \"_MILLRACE\".state",
                "select * from sqlite_master",
                "select * from duckdb_tables",
                "select * from pg_catalog.pg_settings",
                "select * from system.information_schema.tables",
                "select * from information_schema.views",
                "show tables",
                "show databases",
                "select * from (show tables)",
                "select * from a.b.c.d",
                "select * from missing",
                "pivot t on a using sum(b)",
                "select 1 \u0000; drop table t",
                "select 1\u037e drop table t",
                "select \u2018a\u2019; drop table t",
                "select $$a$$; drop table t",
                "select 'a\\'; drop table t; --'",
                "select E'a\\''; drop table t; --'",
                "/* /* */ select 1; */ drop table t",
            })
    void everything_else_is_refused(String sql) {
        assertThatThrownBy(() -> guard.check(session, sql))
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        e -> assertThat(e.code()).isIn(ErrorCode.QUERY_NOT_ALLOWED, ErrorCode.SQL_FAILED));
        assertThat(session.query("select a, b from t").rows()).containsExactly(List.of(1L, 2L));
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    @Test
    void a_refusal_says_where_and_what_to_do() {
        MillraceException refused = refused("select 'é',\n  id from \"marts\".ordrs");
        assertThat(refused.position()).hasToString("Optional[query:2:11]");
        assertThat(refused).hasMessage("there is no table or view marts.ordrs");
        assertThat(refused.hint()).contains("Did you mean 'marts.orders'?");

        assertThat(refused("select * from orders").hint()).contains("Did you mean 'marts.orders'?");
        assertThat(refused("select lowr('A')").hint()).contains("Did you mean 'lower'?");
        assertThat(refused("select * fro t").position()).isPresent();
    }

    @Test
    void what_is_read_is_named_once() {
        CheckedQuery query =
                guard.check(session, "select $1::int from marts.orders a, marts.orders b, t where a.id = $2");
        assertThat(query.reads()).extracting(RelationName::toString).containsExactly("marts.orders", "main.t");
        assertThat(query.parameters()).isEqualTo(2);
    }

    @Test
    void the_rule_for_relations_can_be_narrower() {
        QueryGuard marts = new QueryGuard(name -> name.schema().equals("marts"));
        assertThat(marts.check(session, "from marts.orders").reads()).hasSize(1);
        assertThatThrownBy(() -> marts.check(session, "from t")).isInstanceOf(MillraceException.class);
    }

    @Test
    void what_is_cut_and_glued_at_random_never_changes_or_reads_more() {
        String[] parts = {
            "select",
            "*",
            "from",
            "t",
            "'x.csv'",
            "\"x.csv\"",
            "(",
            ")",
            ";",
            "drop table t",
            "with x as",
            "insert into t",
            "values (1, 2)",
            "delete from t",
            "returning *",
            "union all",
            "read_text('/etc/passwd')",
            "--",
            "/*",
            "*/",
            "\n",
            "$$",
            "'",
            "\"",
            "a",
            ",",
            "x",
            "nextval('numbers')",
            "explain analyze",
            "describe",
            "copy t to 'out.csv'",
            "1",
        };
        Random random = new Random(20_26);
        int allowed = 0;
        for (int i = 0; i < 3_000; i++) {
            StringBuilder sql = new StringBuilder("select ");
            for (int j = random.nextInt(8) + 1; j > 0; j--) {
                sql.append(parts[random.nextInt(parts.length)]).append(' ');
            }
            CheckedQuery query;
            try {
                query = guard.check(session, sql.toString());
            } catch (MillraceException refused) {
                continue;
            }
            allowed++;
            try {
                String answer = session.query(query.sql()).rows().toString();
                assertThat(answer).doesNotContain("42", "root:");
            } catch (MillraceException failed) {
                assertThat(failed.code()).isEqualTo(ErrorCode.SQL_FAILED);
            }
        }
        assertThat(allowed).isPositive();
        assertThat(session.query("select a, b from t").rows()).containsExactly(List.of(1L, 2L));
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    private MillraceException refused(String sql) {
        MillraceException refused = catchThrowableOfType(MillraceException.class, () -> guard.check(session, sql));
        return java.util.Objects.requireNonNull(refused);
    }
}
