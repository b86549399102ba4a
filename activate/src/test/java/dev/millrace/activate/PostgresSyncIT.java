package dev.millrace.activate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.NodeResult;
import dev.millrace.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Syncs to a real PostgreSQL. */
class PostgresSyncIT {
    private static final String SYNC = """
            syncs:
              - name: tenants_to_desk
                retries: 0
                source: tenants
                destination: {service: desk, object: crm.tenant, key: tenant_no}
                mapping: {tenant_no: tenant_no, rent: rent, moved_in: moved_in, tags: tags, paid_at: paid_at}
            """;

    private static PostgresServer server;

    @TempDir
    private Path folder;

    private SyncRig rig;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.builder().password("desk-password").start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void open() {
        there(
                "drop schema if exists crm cascade",
                "create schema crm",
                "create table crm.tenant (tenant_no text primary key, rent numeric(8,2), moved_in date, tags text[],"
                        + " paid_at timestamptz, note varchar(5) not null default 'none')");
        project().write("syncs.yml", SYNC);
        rig = SyncRig.open(folder);
        rig.sql("create table main.tenants (tenant_no varchar, rent decimal(18,4), moved_in date, tags varchar[],"
                + " paid_at timestamptz, note varchar, month int)");
        tenants(1, 5);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void rows_arrive_typed_and_only_what_changed_is_sent_again() {
        assertThat(rig.run().message()).isEqualTo("sent 5 of 5 rows (0 unchanged)");
        assertThat(rows("select * from crm.tenant order by 1"))
                .hasSize(5)
                .first()
                .isEqualTo(
                        "t1|1.25|2020-01-02|{a,\"b \\\"1\\\"\",\"back\\\\slash\"}|2024-02-29 11:30:00.123456+00|none");

        rig.sql("update main.tenants set rent = 100, tags = null where tenant_no = 't2'");

        assertThat(rig.run().message()).isEqualTo("sent 1 of 5 rows (4 unchanged)");
        assertThat(rows("select rent, tags from crm.tenant where tenant_no = 't2'"))
                .containsExactly("100.00|null");
    }

    @Test
    void a_mirror_deletes_what_left_the_model_and_nothing_else() {
        sync(SYNC + "    mode: mirror\n");
        rig.run();
        there("insert into crm.tenant (tenant_no) values ('stranger')");
        rig.sql("delete from main.tenants where tenant_no in ('t1', 't3')");

        assertThat(rig.run().message()).isEqualTo("sent 0 of 3 rows (3 unchanged), deleted 2");

        assertThat(rows("select tenant_no from crm.tenant order by 1")).containsExactly("stranger", "t2", "t4", "t5");
    }

    @Test
    void insert_leaves_rows_alone_that_are_there() {
        sync(SYNC + "    mode: insert\n");
        there("insert into crm.tenant (tenant_no, rent) values ('t1', 7)");

        assertThat(rig.run().status()).isEqualTo(Status.SUCCESS);
        rig.sql("update main.tenants set rent = 1000");
        assertThat(rig.run().message()).isEqualTo("sent 0 of 5 rows (5 unchanged)");

        assertThat(rows("select rent from crm.tenant order by tenant_no"))
                .containsExactly("7.00", "2.25", "3.25", "4.25", "5.25");
    }

    @Test
    void update_changes_rows_that_are_there_and_rejects_the_others() {
        sync(SYNC + "    mode: update\n");
        there("insert into crm.tenant (tenant_no) values ('t1')");

        assertThat(rig.run().message()).isEqualTo("sent 1 of 5 rows (0 unchanged), 4 rejected");

        assertThat(rows("select tenant_no, rent from crm.tenant")).containsExactly("t1|1.25");
        assertThat(rejected("key, code")).contains("t2|RECORD_NOT_FOUND").hasSize(4);
    }

    @Test
    void a_row_that_breaks_a_constraint_is_kept_with_the_reason_and_the_others_arrive() {
        there(
                "alter table crm.tenant add check (rent < 1000)",
                "create unique index on crm.tenant (moved_in)",
                "alter table crm.tenant alter note drop default");
        sync(SYNC.replace("paid_at: paid_at", "paid_at: paid_at, note: note"));
        tenants(6, 1_500);
        rig.sql("update main.tenants set note = 'fine'");
        rig.sql("update main.tenants set note = null where tenant_no = 't10'");
        rig.sql("update main.tenants set note = 'much too long' where tenant_no = 't11'");
        rig.sql("update main.tenants set rent = 0.123 where tenant_no = 't12'");
        rig.sql("update main.tenants set moved_in = date '2020-01-02' where tenant_no = 't13'");

        NodeResult result = rig.run();

        assertThat(result.status()).isEqualTo(Status.WARN);
        assertThat(rejected("key, code, fields"))
                .contains(
                        "t10|NOT_NULL_VIOLATION|note",
                        "t11|VALUE_TOO_LONG|",
                        "t12|VALUE_NOT_CONVERTIBLE|rent",
                        "t13|UNIQUE_VIOLATION|",
                        "t1000|CHECK_VIOLATION|")
                .hasSize(4 + 501);
        assertThat(rows("select count(*) from crm.tenant")).containsExactly("995");

        there("alter table crm.tenant drop constraint tenant_rent_check");
        rig.sql(
                "update main.tenants set note = 'fine', moved_in = moved_in + case when tenant_no = 't13' then 9999 else 0"
                        + " end, rent = round(rent, 2)");

        assertThat(rig.run().status()).isEqualTo(Status.SUCCESS);
        assertThat(rows("select count(*) from crm.tenant")).containsExactly("1500");
        assertThat(rejected("key")).isEmpty();
    }

    @Test
    void a_key_may_consist_of_several_columns() {
        there("create table crm.bill (tenant text, month int, rent numeric, unique (month, tenant))");
        sync("""
                syncs:
                  - name: tenants_to_desk
                    source: tenants
                    mode: mirror
                    destination: {service: desk, object: crm.bill, key: [tenant, month]}
                    mapping: {tenant_no: tenant, month: month, rent: rent}
                """);
        rig.sql("update main.tenants set tenant_no = 'a|\\b', month = rent::int");

        assertThat(rig.run().message()).isEqualTo("sent 5 of 5 rows (0 unchanged)");
        rig.sql("delete from main.tenants where month = 3");

        assertThat(rig.run().message()).endsWith("deleted 1");
        assertThat(rows("select tenant, month from crm.bill order by 2"))
                .containsExactly("a|\\b|1", "a|\\b|2", "a|\\b|4", "a|\\b|5");
    }

    @Test
    void a_key_without_a_unique_constraint_is_an_error_that_says_how_to_add_one() {
        there("alter table crm.tenant drop constraint tenant_pkey");

        MillraceException error = error(rig.run());

        assertThat(error.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
        assertThat(error).hasMessageContaining("table 'crm.tenant' has no unique constraint on tenant_no");
        assertThat(error.hint()).hasValue("Add one: ALTER TABLE \"crm\".\"tenant\" ADD UNIQUE (\"tenant_no\").");
        assertThat(error.position()).hasValueSatisfying(at -> assertThat(at).hasToString("syncs.yml:6:26"));
    }

    @Test
    void an_unknown_table_or_column_is_an_error_with_the_nearest_name() {
        sync(SYNC.replace("crm.tenant", "crm.tenants"));
        assertThat(error(rig.run()).hint()).hasValue("Did you mean 'tenant'?");

        sync(SYNC.replace("moved_in: moved_in", "moved_in: move_in"));
        MillraceException error = error(rig.run());
        assertThat(error).hasMessageContaining("table 'crm.tenant' has no column 'move_in'");
        assertThat(error.hint()).hasValue("Did you mean 'moved_in'?");
    }

    @Test
    void a_dry_run_counts_inserts_updates_and_deletes_and_shows_some() {
        sync(SYNC + "    mode: mirror\n");
        rig.run();
        rig.sql("delete from main.tenants where tenant_no = 't1'");
        rig.sql("update main.tenants set rent = 0 where tenant_no = 't2'");
        tenants(6, 7);
        rig.close();
        rig = SyncRig.openForDryRun(folder);

        assertThat(rig.run().message())
                .isEqualTo("dry run: would send 3 of 6 rows (2 to insert, 1 to update, 3 unchanged), would delete 1");

        assertThat(rig.log())
                .anyMatch(line -> line.startsWith("would update {\"tenant_no\":\"t2\""))
                .anyMatch(line -> line.startsWith("would insert {\"tenant_no\":\"t6\""))
                .contains("would delete 't1'");
        assertThat(rows("select count(*) from crm.tenant")).containsExactly("5");
    }

    @Test
    void a_server_that_is_away_fails_the_sync_and_the_next_one_delivers() {
        server.stop();
        try {
            assertThat(error(rig.run()).code()).isEqualTo(ErrorCode.CONNECTION_REFUSED);
        } finally {
            server.start();
        }
        assertThat(rig.run().message()).isEqualTo("sent 5 of 5 rows (0 unchanged)");
    }

    @Test
    void a_mirror_that_is_killed_loses_nothing_and_doubles_nothing() throws Exception {
        sync("""
                syncs:
                  - name: tenants_to_desk
                    source: tenants
                    mode: mirror
                    batch_size: 100
                    destination: {service: desk, object: crm.tenant}
                    mapping: {tenant_no: tenant_no, rent: rent}
                """);
        rig.sql("drop table main.tenants");
        there(
                "create table crm.batches (id int generated always as identity)",
                "create function crm.note_batch() returns trigger language plpgsql as"
                        + " $$ begin insert into crm.batches default values; return null; end $$",
                "create trigger note after insert or update on crm.tenant for each statement"
                        + " execute function crm.note_batch()");
        rig.close();

        new KilledSync(
                        folder,
                        () -> Integer.parseInt(
                                rows("select count(*) from crm.batches").get(0)))
                .killAndGoOn(10_000, 100, (own, context) -> {
                    List<String> model = new ArrayList<>();
                    own.query("select tenant_no, rent from main.tenants order by tenant_no")
                            .rows()
                            .forEach(row -> model.add(row.get(0) + "|" + row.get(1)));
                    assertThat(rows("select tenant_no, rent from crm.tenant order by tenant_no collate \"C\""))
                            .as(context)
                            .isEqualTo(model);
                });
        rig = SyncRig.open(folder);
    }

    private ProjectFolder project() {
        return ProjectFolder.in(folder, folder.resolve("lake.duckdb").toString())
                .write("millrace.yml", """
                        destinations:
                          desk: {type: postgres, host: 127.0.0.1, port: %d, user: %s, password: %s, database: %s}
                        """.formatted(
                                server.port(), server.user(), server.password(), server.database()));
    }

    private void sync(String text) {
        project().write("syncs.yml", text);
        rig.close();
        rig = SyncRig.open(folder);
    }

    private void tenants(int from, int to) {
        rig.sql("insert into main.tenants select 't' || i, i + 0.25, date '2020-01-01' + i::int,"
                + " ['a', 'b \"1\"', 'back\\slash'], timestamptz '2024-02-29 12:30:00.123456+01', null, i"
                + " from range(" + from + ", " + (to + 1) + ") r(i)");
    }

    private List<String> rejected(String columns) {
        List<String> rows = new ArrayList<>();
        rig.query("select " + columns + " from _millrace.rejected_tenants_to_desk")
                .rows()
                .forEach(row -> rows.add(
                        String.join("|", row.stream().map(String::valueOf).toList())));
        return rows;
    }

    private static MillraceException error(NodeResult result) {
        return result.error().orElseThrow(() -> new AssertionError(result.status() + " " + result.message()));
    }

    private static List<String> rows(String query) {
        List<String> found = new ArrayList<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            ResultSet rows = statement.executeQuery(query);
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(rows.getString(i)));
                }
                found.add(String.join("|", values));
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void there(String... statements) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
