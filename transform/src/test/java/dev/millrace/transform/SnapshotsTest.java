package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotsTest {
    private static final String STATES = "select id, kind, dbt_valid_from::date::text as since,"
            + " coalesce(dbt_valid_to::date::text, 'now') as until from snapshots.sacks_over_time order by id, since";

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder)
                .file("models/sources.yml", "sources: [{name: yard, schema: main, tables: [{name: sacks}]}]")
                .sql("create table sacks as select * from (values (1, 'rye', timestamp '2026-01-01'),"
                        + " (2, 'oat', timestamp '2026-01-01')) t(id, kind, weighed)");
    }

    private void snapshot(String config) {
        project.file(
                "snapshots/sacks.sql",
                "{% snapshot sacks_over_time %}\n{{ config(target_schema='snapshots', unique_key='id', " + config
                        + ") }}\nselect * from {{ source('yard', 'sacks') }}\n{% endsnapshot %}\n");
    }

    @Test
    void a_row_that_changed_later_gets_a_new_state() {
        snapshot("strategy='timestamp', updated_at='weighed'");
        project.build().succeeded();
        project.sql("update sacks set kind = 'oats', weighed = timestamp '2026-02-01' where id = 2;"
                + " insert into sacks values (3, 'wheat', timestamp '2026-02-02')");
        project.build().succeeded();
        project.build().succeeded();
        assertThat(project.rows(STATES))
                .containsExactly(
                        "[1, rye, 2026-01-01, now]",
                        "[2, oat, 2026-01-01, 2026-02-01]",
                        "[2, oats, 2026-02-01, now]",
                        "[3, wheat, 2026-02-02, now]");
    }

    @Test
    void check_compares_the_columns_and_takes_a_new_one() {
        snapshot("strategy='check', check_cols=['kind']");
        project.build().succeeded();
        project.sql(
                "update sacks set kind = null where id = 1; update sacks set weighed = timestamp '2026-03-01' where id = 2;"
                        + " alter table sacks add column kg integer");
        project.build().succeeded();
        assertThat(project.rows(
                        "select id, kind, kg, dbt_valid_to is null from snapshots.sacks_over_time order by 1, 4"))
                .containsExactly("[1, rye, null, false]", "[1, null, null, true]", "[2, oat, null, true]");
    }

    @Test
    void check_of_all_columns_notices_any_change() {
        snapshot("strategy='check', check_cols='all'");
        project.build().succeeded();
        project.sql("update sacks set weighed = timestamp '2026-03-01' where id = 2");
        project.build().succeeded();
        assertThat(project.rows("select id, count(*) from snapshots.sacks_over_time group by 1 order by 1"))
                .containsExactly("[1, 1]", "[2, 2]");
    }

    @Test
    void a_row_that_is_gone_ends_if_that_is_wanted() {
        snapshot("strategy='timestamp', updated_at='weighed', hard_deletes='invalidate'");
        project.build().succeeded();
        project.sql("delete from sacks where id = 2");
        project.build().succeeded();
        assertThat(project.rows("select id, dbt_valid_to is null from snapshots.sacks_over_time order by 1"))
                .containsExactly("[1, true]", "[2, false]");
    }

    @Test
    void a_deletion_can_be_a_state_of_its_own_and_end_when_the_row_comes_back() {
        snapshot("strategy='timestamp', updated_at='weighed', hard_deletes='new_record'");
        project.build().succeeded();
        project.sql("delete from sacks where id = 2");
        project.build().succeeded();
        project.build().succeeded();
        project.sql("insert into sacks values (2, 'oat', timestamp '2099-02-01')");
        project.build().succeeded();
        assertThat(project.rows("select id, kind, dbt_is_deleted, dbt_valid_to is null from snapshots.sacks_over_time"
                        + " where id = 2 order by dbt_valid_from"))
                .containsExactly("[2, oat, False, false]", "[2, oat, True, false]", "[2, oat, False, true]");
    }

    @Test
    void a_state_that_is_true_now_may_end_at_a_date_far_off() {
        snapshot("strategy='timestamp', updated_at='weighed', dbt_valid_to_current=\"timestamp '9999-12-31'\"");
        project.build().succeeded();
        project.sql("update sacks set kind = 'oats', weighed = timestamp '2026-02-01' where id = 2");
        project.build().succeeded();
        assertThat(project.rows(
                        "select id, kind, dbt_valid_to::date::text from snapshots.sacks_over_time order by 1, 3"))
                .containsExactly("[1, rye, 9999-12-31]", "[2, oat, 2026-02-01]", "[2, oats, 9999-12-31]");
    }

    @Test
    void a_snapshot_in_yaml_watches_a_relation_by_several_keys() {
        project.file("snapshots/sacks.yml", """
                snapshots:
                  - name: sacks_over_time
                    relation: source('yard', 'sacks')
                    config:
                      schema: kept
                      unique_key: [id, kind]
                      strategy: timestamp
                      updated_at: weighed
                      snapshot_meta_column_names: {dbt_valid_to: until}
                    columns:
                      - name: id
                        data_tests: [not_null]
                """);
        project.model("now", "select * from {{ ref('sacks_over_time') }} where until is null");
        project.build().succeeded();
        project.sql("update sacks set weighed = timestamp '2026-05-01' where id = 1");
        project.build().succeeded();
        assertThat(project.rows("select id, until::date::text from main_kept.sacks_over_time order by 1, 2"))
                .containsExactly("[1, 2026-05-01]", "[1, null]", "[2, null]");
        assertThat(project.rows("select count(*) from now")).containsExactly("[2]");
    }

    @Test
    void what_a_snapshot_lacks_is_said_before_anything_runs() {
        snapshot("strategy='timestamp'");
        assertThatThrownBy(project::graph).isInstanceOfSatisfying(MillraceException.class, problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.CONFIG_MISSING);
            assertThat(problem.text()).contains("updated_at");
            assertThat(problem.position().orElseThrow().file()).isEqualTo("snapshots/sacks.sql");
        });
    }
}
