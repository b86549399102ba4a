package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.core.graph.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IncrementalTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder)
                .file("models/sources.yml", "sources: [{name: yard, schema: main, tables: [{name: sacks}]}]")
                .sql("create table sacks as select * from (values (1, 'rye', 10), (2, 'oat', 20)) t(id, kind, kg)");
    }

    private TestProject sacks(String config) {
        return project.model(
                "stock",
                "{{ config(materialized='incremental', " + config + ") }} select * from {{ source('yard', 'sacks') }}\n"
                        + "{% if is_incremental() %} where kg > 20 {% endif %}");
    }

    private void update() {
        project.sql("insert into sacks values (2, 'oats', 25), (3, 'wheat', 30)");
    }

    @Test
    void append_adds_the_new_rows() {
        sacks("incremental_strategy='append'").build().succeeded();
        update();
        project.build().succeeded();
        assertThat(project.rows("from stock order by kg"))
                .containsExactly("[1, rye, 10]", "[2, oat, 20]", "[2, oats, 25]", "[3, wheat, 30]");
    }

    @Test
    void delete_insert_replaces_rows_of_the_same_key() {
        sacks("incremental_strategy='delete+insert', unique_key='id'").build().succeeded();
        update();
        project.build().succeeded();
        assertThat(project.rows("from stock order by kg"))
                .containsExactly("[1, rye, 10]", "[2, oats, 25]", "[3, wheat, 30]");
    }

    @Test
    void merge_updates_rows_of_the_same_key_and_inserts_the_others() {
        sacks("incremental_strategy='merge', unique_key=['id']").build().succeeded();
        update();
        project.build().succeeded();
        assertThat(project.rows("from stock order by kg"))
                .containsExactly("[1, rye, 10]", "[2, oats, 25]", "[3, wheat, 30]");
    }

    @Test
    void merge_updates_only_the_columns_it_is_told_to() {
        sacks("incremental_strategy='merge', unique_key='id', merge_update_columns=['kg']")
                .build()
                .succeeded();
        update();
        project.build().succeeded();
        assertThat(project.rows("from stock where id = 2")).containsExactly("[2, oat, 25]");
    }

    @Test
    void merge_leaves_excluded_columns_alone() {
        sacks("incremental_strategy='merge', unique_key='id', merge_exclude_columns=['kg']")
                .build()
                .succeeded();
        update();
        project.build().succeeded();
        assertThat(project.rows("from stock where id = 2")).containsExactly("[2, oats, 20]");
    }

    @Test
    void predicates_narrow_what_is_matched() {
        sacks("incremental_strategy='merge', unique_key='id', incremental_predicates=['DBT_INTERNAL_DEST.kg > 15']")
                .build()
                .succeeded();
        project.sql("insert into sacks values (1, 'rye2', 40), (2, 'oats', 25)");
        project.build().succeeded();
        assertThat(project.rows("from stock order by kg"))
                .containsExactly("[1, rye, 10]", "[2, oats, 25]", "[1, rye2, 40]");
    }

    @Test
    void a_key_without_a_strategy_replaces_rows() {
        sacks("unique_key='id'").build().succeeded();
        update();
        project.build().succeeded();
        assertThat(project.rows("select count(*) from stock")).containsExactly("[3]");
    }

    @Test
    void full_refresh_builds_the_table_anew() {
        sacks("incremental_strategy='append'").build().succeeded();
        update();
        project.fullRefresh().build().succeeded();
        assertThat(project.rows("select count(*) from stock")).containsExactly("[4]");
        project.incrementally();
    }

    @Test
    void a_failed_increment_changes_nothing() {
        sacks("incremental_strategy='delete+insert', unique_key='id'").build().succeeded();
        update();
        sacks("incremental_strategy='delete+insert', unique_key='id', "
                + "post_hook='insert into {{ this }} select 1, error(\\'broken\\'), 1'");
        assertThat(project.build().status("model.mill.stock")).isEqualTo(Status.ERROR);
        assertThat(project.rows("from stock order by kg")).containsExactly("[1, rye, 10]", "[2, oat, 20]");
    }

    @Test
    void new_columns_are_ignored_unless_configured() {
        sacks("incremental_strategy='append'").build().succeeded();
        project.sql("alter table sacks add column mill varchar");
        update2();
        project.build().succeeded();
        assertThat(project.rows("select count(*) from stock")).containsExactly("[3]");
        assertThat(project.rows("describe stock")).hasSize(3);
    }

    private void update2() {
        project.sql("insert into sacks (id, kind, kg, mill) values (3, 'wheat', 30, 'north')");
    }

    @Test
    void append_new_columns_adds_them() {
        sacks("incremental_strategy='append', on_schema_change='append_new_columns'")
                .build()
                .succeeded();
        project.sql("alter table sacks add column mill varchar");
        update2();
        project.build().succeeded();
        assertThat(project.rows("select id, mill from stock order by id"))
                .containsExactly("[1, null]", "[2, null]", "[3, north]");
    }

    @Test
    void sync_all_columns_adds_drops_and_retypes() {
        sacks("incremental_strategy='append', on_schema_change='sync_all_columns'")
                .build()
                .succeeded();
        project.sql("create or replace table sacks as select 3::bigint as id, 30 as kg, 'north' as mill");
        project.build().succeeded();
        assertThat(project.rows("select column_name, column_type from (describe stock)"))
                .containsExactlyInAnyOrder("[id, BIGINT]", "[kg, INTEGER]", "[mill, VARCHAR]");
        assertThat(project.rows("select id from stock order by id")).containsExactly("[1]", "[2]", "[3]");
    }

    @Test
    void fail_refuses_other_columns_and_names_them() {
        sacks("incremental_strategy='append', on_schema_change='fail'").build().succeeded();
        project.sql("alter table sacks add column mill varchar");
        TestProject.Outcome outcome = project.build();
        assertThat(outcome.status("model.mill.stock")).isEqualTo(Status.ERROR);
        assertThat(outcome.node("model.mill.stock").message()).contains("New: mill");
    }

    @Test
    void an_unknown_strategy_is_an_error_that_says_what_there_is() {
        sacks("incremental_strategy='mix'");
        TestProject.Outcome outcome = project.build();
        assertThat(outcome.node("model.mill.stock").failure())
                .hasMessageContaining("incremental_strategy 'mix' is not supported");
    }

    @Test
    void a_project_may_define_a_strategy() {
        project.file(
                "macros/mix.sql",
                "{% macro get_incremental_mix_sql(arg_dict) %}insert into {{ arg_dict['target_relation'] }} "
                        + "select id, 'mixed', kg from {{ arg_dict['temp_relation'] }}{% endmacro %}");
        sacks("incremental_strategy='mix'").build().succeeded();
        update();
        project.build().succeeded();
        assertThat(project.rows("select id from stock where kind = 'mixed' order by id"))
                .containsExactly("[2]", "[3]");
    }

    @Test
    void merge_takes_conditions_and_expressions() {
        sacks("incremental_strategy='merge', unique_key='id', "
                        + "merge_update_condition='DBT_INTERNAL_SOURCE.kg > 24', "
                        + "merge_insert_condition='DBT_INTERNAL_SOURCE.kg > 30', "
                        + "merge_update_set_expressions={'kg': 'DBT_INTERNAL_DEST.kg + DBT_INTERNAL_SOURCE.kg'}")
                .build()
                .succeeded();
        update();
        project.build().succeeded();
        assertThat(project.rows("from stock order by kg")).containsExactly("[1, rye, 10]", "[2, oats, 45]");
    }

    @Test
    void merge_clauses_say_what_happens_to_whom() {
        sacks("incremental_strategy='merge', unique_key='id', merge_clauses={"
                        + "'when_matched': [{'action': 'delete', 'condition': 'DBT_INTERNAL_SOURCE.kg > 20'}], "
                        + "'when_not_matched': [{'action': 'insert', 'mode': 'explicit', 'insert': "
                        + "{'columns': ['id', 'kind'], 'values': ['DBT_INTERNAL_SOURCE.id', \"'new'\"]}}]}")
                .build()
                .succeeded();
        update();
        project.build().succeeded();
        assertThat(project.rows("from stock order by id")).containsExactly("[1, rye, 10]", "[3, new, null]");
    }

    @Test
    void a_merge_that_is_configured_wrongly_is_refused() {
        sacks("incremental_strategy='merge', unique_key='id', merge_update_columns='kg', "
                        + "merge_clauses={'when_matched': []}")
                .build()
                .succeeded();
        assertThat(project.build().node("model.mill.stock").message())
                .contains("merge_update_columns must be a list")
                .contains("merge_clauses.when_matched must contain at least one element");
    }
}
