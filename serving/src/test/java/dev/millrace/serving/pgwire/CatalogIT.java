package dev.millrace.serving.pgwire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.serving.QueryGuard;
import dev.millrace.serving.Shop;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tools ask to list schemas, tables, columns and keys. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogIT {
    @TempDir
    private static Path folder;

    private Shop shop;
    private PgServer server;
    private Connection connection;
    private DatabaseMetaData meta;

    @BeforeAll
    void start() throws SQLException {
        shop = Shop.in(folder)
                .sql("create schema marts; create schema _millrace; create table _millrace.state as select 1 s")
                .sql("create table marts.orders (id bigint primary key, customer varchar not null default 'nobody',"
                        + " amount decimal(12,2), tags varchar[])")
                .sql("create view marts.big as select id, amount from marts.orders")
                .sql("create table main.plain as select 1 a")
                .sql(
                        "comment on table marts.orders is 'What was bought'; comment on column marts.orders.id is 'The number'");
        server = PgServer.start(shop.warehouse(), new QueryGuard(), PgServerOptions.onLoopback(0));
        connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + server.port() + "/shop?user=ann");
        meta = connection.getMetaData();
    }

    @AfterAll
    void stop() throws SQLException {
        connection.close();
        server.close();
        shop.close();
    }

    private static List<String> rows(ResultSet rows, String... columns) throws SQLException {
        List<String> all = new ArrayList<>();
        try (rows) {
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (String column : columns) {
                    row.add(rows.getString(column));
                }
                all.add(String.join(" ", row));
            }
        }
        return all;
    }

    private List<String> query(String sql) throws SQLException {
        List<String> all = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(rows.getString(i)));
                }
                all.add(String.join(" ", row));
            }
        }
        return all;
    }

    @Test
    void drivers_list_schemas() throws SQLException {
        assertThat(rows(meta.getSchemas(), "TABLE_SCHEM"))
                .contains("main", "marts")
                .doesNotContain("_millrace");
        assertThat(rows(meta.getCatalogs(), "TABLE_CAT")).containsExactly("shop");
    }

    @Test
    void drivers_list_tables() throws SQLException {
        assertThat(rows(
                        meta.getTables(null, null, "%", new String[] {"TABLE", "VIEW"}),
                        "TABLE_SCHEM",
                        "TABLE_NAME",
                        "TABLE_TYPE",
                        "REMARKS"))
                .containsExactlyInAnyOrder(
                        "main plain TABLE null", "marts orders TABLE What was bought", "marts big VIEW null");
        assertThat(rows(meta.getTables(null, "mar%", "ord%", null), "TABLE_NAME"))
                .contains("orders");
        assertThat(rows(meta.getTableTypes(), "TABLE_TYPE")).contains("TABLE", "VIEW");
    }

    @Test
    void drivers_list_columns() throws SQLException {
        assertThat(rows(
                        meta.getColumns(null, "marts", "orders", "%"),
                        "COLUMN_NAME",
                        "TYPE_NAME",
                        "COLUMN_SIZE",
                        "DECIMAL_DIGITS",
                        "IS_NULLABLE",
                        "ORDINAL_POSITION",
                        "REMARKS"))
                .containsExactly(
                        "id int8 19 0 NO 1 The number",
                        "customer text 2147483647 0 NO 2 null",
                        "amount numeric 12 2 YES 3 null",
                        "tags _text 2147483647 0 YES 4 null");
        assertThat(rows(meta.getColumns(null, null, "big", "%"), "COLUMN_NAME")).containsExactly("id", "amount");
    }

    @Test
    void drivers_list_keys_and_indexes() throws SQLException {
        assertThat(rows(meta.getPrimaryKeys(null, "marts", "orders"), "COLUMN_NAME", "KEY_SEQ", "PK_NAME"))
                .containsExactly("id 1 orders_id_pkey");
        assertThat(rows(meta.getIndexInfo(null, "marts", "orders", true, true), "INDEX_NAME", "COLUMN_NAME"))
                .containsExactly("orders_id_pkey id");
        assertThat(rows(meta.getImportedKeys(null, "marts", "orders"), "FK_NAME"))
                .isEmpty();
        assertThat(rows(meta.getExportedKeys(null, "marts", "orders"), "FK_NAME"))
                .isEmpty();
    }

    @Test
    void drivers_ask_for_the_rest() throws SQLException {
        assertThat(rows(meta.getTypeInfo(), "TYPE_NAME")).contains("int8", "text", "timestamptz");
        assertThat(rows(meta.getFunctions(null, null, "%"), "FUNCTION_NAME")).isEmpty();
        assertThat(rows(meta.getProcedures(null, null, "%"), "PROCEDURE_NAME")).isEmpty();
        assertThat(rows(meta.getTablePrivileges(null, null, "%"), "TABLE_NAME")).isNotNull();
        assertThat(meta.getDatabaseProductName()).isEqualTo("PostgreSQL");
        assertThat(meta.getDatabaseMajorVersion()).isEqualTo(15);
        assertThat(connection.getSchema()).isEqualTo("main");
        assertThat(connection.getCatalog()).isEqualTo("shop");
        assertThat(connection.isValid(5)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Kinds of questions that DBeaver, Metabase, Grafana, Superset and Tableau ask.
                "SELECT db.oid,db.* FROM pg_catalog.pg_database db WHERE 1=1 AND datallowconn AND NOT datistemplate",
                "select n.oid,n.*,d.description from pg_catalog.pg_namespace n LEFT OUTER JOIN pg_catalog.pg_description d"
                        + " ON d.objoid=n.oid AND d.objsubid=0 AND d.classoid='pg_namespace'::regclass ORDER BY nspname",
                "SELECT c.oid,c.*,d.description,pg_catalog.pg_get_expr(c.relpartbound, c.oid) as partition_expr,"
                        + " pg_catalog.pg_get_partkeydef(c.oid) as partition_key FROM pg_catalog.pg_class c"
                        + " LEFT OUTER JOIN pg_catalog.pg_description d ON d.objoid=c.oid AND d.objsubid=0 AND"
                        + " d.classoid='pg_class'::regclass WHERE c.relkind not in ('i','I','c')",
                "SELECT c.relname,a.*,pg_catalog.pg_get_expr(ad.adbin, ad.adrelid, true) as def_value,dsc.description,dep.objid"
                        + " FROM pg_catalog.pg_attribute a INNER JOIN pg_catalog.pg_class c ON (a.attrelid=c.oid)"
                        + " LEFT OUTER JOIN pg_catalog.pg_attrdef ad ON (a.attrelid=ad.adrelid AND a.attnum = ad.adnum)"
                        + " LEFT OUTER JOIN pg_catalog.pg_description dsc ON (c.oid=dsc.objoid AND a.attnum = dsc.objsubid)"
                        + " LEFT OUTER JOIN pg_depend dep on dep.refobjid = a.attrelid AND dep.deptype = 'i' and dep.refobjsubid = a.attnum"
                        + " WHERE NOT a.attisdropped ORDER BY a.attnum",
                "SELECT t.oid,t.*,c.relkind,format_type(nullif(t.typbasetype, 0), t.typtypmod) as base_type_name"
                        + " FROM pg_catalog.pg_type t LEFT OUTER JOIN pg_class c ON c.oid=t.typrelid"
                        + " LEFT OUTER JOIN pg_catalog.pg_description d ON t.oid=d.objoid WHERE typnamespace IN"
                        + " (SELECT oid FROM pg_namespace WHERE nspname = 'pg_catalog')",
                "select current_schema(),session_user, version(), current_database()",
                "SHOW search_path",
                "SELECT quote_ident(table_name) FROM information_schema.tables WHERE quote_ident(table_schema) NOT IN"
                        + " ('information_schema', 'pg_catalog') ORDER BY 1",
                "SELECT quote_ident(column_name) AS \"column\", data_type AS \"type\" FROM information_schema.columns"
                        + " WHERE quote_ident(table_name) = 'orders'",
                "SELECT current_setting('server_version_num')::int/100 as version",
                "select nspname from pg_namespace where nspname not like 'pg\\_%' escape '\\' and nspname <> 'information_schema'",
                "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'marts'"
                        + " AND c.relkind in ('r', 'p') AND pg_catalog.pg_table_is_visible(c.oid)",
                "SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), (SELECT pg_catalog.pg_get_expr(d.adbin,"
                        + " d.adrelid) FROM pg_catalog.pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND"
                        + " a.atthasdef) AS DEFAULT, a.attnotnull, a.attrelid as table_oid, pgd.description as comment,"
                        + " a.attgenerated as generated FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_description pgd ON"
                        + " (pgd.objoid = a.attrelid AND pgd.objsubid = a.attnum) WHERE a.attnum > 0 AND NOT a.attisdropped"
                        + " ORDER BY a.attnum",
                "SELECT pg_catalog.pg_get_userbyid(c.relowner), c.oid::pg_catalog.regclass::pg_catalog.text FROM pg_catalog.pg_class c",
                "select oid, typname from pg_type where typname in ('hstore', 'int4') and oid = any(array[23, 25])",
                "SELECT set_config('search_path', 'main', false)",
                "select t.typname from pg_attribute a join pg_type t on t.oid = a.atttypid where attrelid = 'marts.orders'::regclass",
            })
    void tools_get_answers(String sql) throws SQLException {
        assertThat(query(sql)).isNotEmpty();
    }

    @Test
    void what_is_listed_is_true() throws SQLException {
        assertThat(query("select column_name, data_type, is_nullable, numeric_precision from information_schema.columns"
                        + " where table_name = 'orders' order by ordinal_position"))
                .containsExactly(
                        "id bigint NO 64", "customer text NO null", "amount numeric YES 12", "tags ARRAY YES null");
        assertThat(query("select table_schema, table_name, table_type from information_schema.tables order by 1, 2"))
                .containsExactly("main plain BASE TABLE", "marts big VIEW", "marts orders BASE TABLE");
        assertThat(query(
                        "select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'marts.orders'::regclass"
                                + " order by attnum"))
                .containsExactly("bigint", "text", "numeric(12,2)", "text[]");
        assertThat(query("select obj_description('marts.orders'::regclass, 'pg_class')"))
                .containsExactly("What was bought");
    }
}
