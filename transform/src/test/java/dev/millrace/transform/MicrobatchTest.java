package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.core.MillraceException;
import dev.millrace.core.ProblemsException;
import dev.millrace.core.graph.Status;
import dev.millrace.core.run.RunListener;
import dev.millrace.transform.TestProject.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MicrobatchTest {
    private static final Map<String, Object> THREE_DAYS =
            Map.of("EVENT_TIME_START", "2026-03-01", "EVENT_TIME_END", "2026-03-04");

    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder)
                .file(
                        "models/sources.yml",
                        "sources: [{name: yard, schema: main, tables: [{name: sacks, config: {event_time: seen_at}}]}]")
                .sql("create table sacks as select * from (values (1, timestamp '2026-03-01 06:00'), "
                        + "(2, timestamp '2026-03-02 07:00'), (3, timestamp '2026-03-02 23:59:59'), "
                        + "(4, timestamp '2026-03-03 00:00')) t(id, seen_at)");
        model("batch_size='day', begin='2026-03-01', event_time='seen_at'", "");
    }

    private void model(String config, String more) {
        project.model(
                "arrivals",
                "{{ config(materialized='incremental', incremental_strategy='microbatch', " + config + ") }}\n"
                        + "select *, '{{ model.batch.id if model.batch }}' as batch from {{ source('yard', 'sacks') }} "
                        + more);
    }

    private Outcome buildWithArtifacts() {
        return project.with((loaded, layer, warehouses, graph) ->
                TestProject.run(loaded, graph, node -> true, List.<RunListener>of(new ArtifactWriter(layer))));
    }

    private Outcome retry() {
        return project.with((loaded, layer, warehouses, graph) -> {
            layer.retry(PreviousRun.read(loaded.targetDir()));
            return TestProject.run(loaded, graph, node -> true, List.<RunListener>of(new ArtifactWriter(layer)));
        });
    }

    @Test
    void each_batch_reads_and_writes_the_rows_of_its_span() {
        project.flags(THREE_DAYS).build().succeeded();
        assertThat(project.rows("select id, batch from arrivals order by id"))
                .containsExactly("[1, 20260301]", "[2, 20260302]", "[3, 20260302]", "[4, 20260303]");
        assertThat(project.read("target/compiled/mill/models/arrivals/arrivals_2026-03-02.sql"))
                .contains("where seen_at >= '2026-03-02 00:00:00+00:00' and seen_at < '2026-03-03 00:00:00+00:00'");
    }

    @Test
    void a_span_that_is_built_again_replaces_its_rows_and_no_others() {
        project.flags(THREE_DAYS).build().succeeded();
        project.sql("delete from sacks where id in (1, 3)").sql("insert into sacks values (5, '2026-03-02 12:00')");
        project.flags(Map.of("EVENT_TIME_START", "2026-03-02", "EVENT_TIME_END", "2026-03-03"))
                .build()
                .succeeded();
        assertThat(project.rows("select id from arrivals order by id")).containsExactly("[1]", "[2]", "[4]", "[5]");
    }

    @Test
    void the_first_run_begins_at_begin_and_later_ones_look_back() {
        model("batch_size='year', begin='2025-01-01', event_time='seen_at', lookback=0", "");
        project.sql("insert into sacks values (9, '2025-07-01'), (8, '2024-12-31')")
                .build()
                .succeeded();
        assertThat(project.rows("select id from arrivals order by id"))
                .containsExactly("[1]", "[2]", "[3]", "[4]", "[9]");
        project.sql("insert into sacks values (7, '2025-08-01')").build().succeeded();
        assertThat(project.rows("select count(*) from arrivals")).containsExactly("[5]");
    }

    @Test
    void months_and_hours_are_cut_where_they_begin() {
        model("batch_size='month', begin='2026-01-15', event_time='seen_at'", "");
        project.flags(Map.of("EVENT_TIME_START", "2026-02-10", "EVENT_TIME_END", "2026-03-02 12:00:00"))
                .build()
                .succeeded();
        assertThat(project.rows("select distinct batch from arrivals")).containsExactly("[202603]");
        model("batch_size='hour', begin='2026-03-02', event_time='seen_at'", "");
        project.flags(Map.of("EVENT_TIME_START", "2026-03-02 06:00", "EVENT_TIME_END", "2026-03-02 08:00"))
                .build()
                .succeeded();
        assertThat(project.rows("select batch from arrivals where id = 2")).containsExactly("[20260302T07]");
    }

    @Test
    void batches_that_failed_are_built_again_by_a_retry_and_only_they() {
        String broken = "{% if model.batch and model.batch.id == '20260302' %} where error('no such day') {% endif %}";
        model("batch_size='day', begin='2026-03-01', event_time='seen_at'", broken);
        project.flags(THREE_DAYS);
        Outcome first = buildWithArtifacts();
        assertThat(first.status("model.mill.arrivals")).isEqualTo(Status.ERROR);
        assertThat(first.node("model.mill.arrivals").message()).contains("2/3").contains("no such day");
        assertThat(project.rows("select id from arrivals order by id")).containsExactly("[1]", "[4]");
        assertThat(project.read("target/run_results.json"))
                .contains("partial success")
                .contains("2026-03-02T00:00:00+00:00");

        model("batch_size='day', begin='2026-03-01', event_time='seen_at'", "");
        project.sql("insert into sacks values (6, '2026-03-01 08:00')");
        assertThat(retry().status("model.mill.arrivals")).isEqualTo(Status.SUCCESS);
        assertThat(project.rows("select id from arrivals order by id")).containsExactly("[1]", "[2]", "[3]", "[4]");
    }

    @Test
    void nothing_more_is_tried_when_the_first_batch_fails() {
        model("batch_size='day', begin='2026-03-01', event_time='seen_at'", "where error('never')");
        Outcome outcome = project.flags(THREE_DAYS).build();
        assertThat(outcome.status("model.mill.arrivals")).isEqualTo(Status.ERROR);
        assertThat(outcome.messages())
                .filteredOn(text -> text.contains("failed"))
                .hasSize(1);
    }

    @Test
    void hooks_run_before_the_first_batch_and_after_the_last() {
        project.sql("create table said (what text)");
        model(
                "batch_size='day', begin='2026-03-01', event_time='seen_at', "
                        + "pre_hook=\"insert into said values ('before')\", "
                        + "post_hook=\"insert into said select 'after ' || count(*) from {{ this }}\"",
                "");
        project.flags(THREE_DAYS).build().succeeded();
        assertThat(project.rows("from said order by what desc")).containsExactly("[before]", "[after 4]");
    }

    @Test
    void a_full_refresh_builds_the_table_anew() {
        project.flags(THREE_DAYS).build().succeeded();
        project.sql("delete from sacks where id < 4").fullRefresh();
        model("batch_size='year', begin='2026-01-01', event_time='seen_at'", "");
        project.build().succeeded();
        assertThat(project.rows("select id from arrivals")).containsExactly("[4]");
    }

    @Test
    void a_sample_reads_only_its_span_of_what_has_an_event_time() {
        project.model("all_sacks", "{{ config(materialized='table') }} select * from {{ source('yard', 'sacks') }}");
        project.flags(Map.of("SAMPLE", "{start: '2026-03-02 06:00', end: 2026-03-03}"))
                .build()
                .succeeded();
        assertThat(project.rows("select id from all_sacks order by id")).containsExactly("[2]", "[3]");
        assertThat(project.rows("select id from arrivals order by id")).containsExactly("[2]", "[3]");
    }

    @Test
    void what_is_missing_or_wrong_is_told_before_anything_runs() {
        model("batch_size='week', begin='2026-03-01', event_time='seen_at'", "");
        project.model(
                "other",
                "{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='seen_at') }}"
                        + " select 1");
        ProblemsException problems = catchThrowableOfType(ProblemsException.class, () -> project.graph());
        assertThat(problems.problems())
                .extracting(MillraceException::text)
                .containsExactly(
                        "'batch_size' of the microbatch model.mill.arrivals is 'week'",
                        "the microbatch model.mill.other has no 'begin'");
    }

    @Test
    void a_start_without_an_end_is_refused() {
        project.flags(Map.of("EVENT_TIME_START", "2026-03-01"));
        assertThatThrownBy(() -> project.graph())
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("--event-time-end");
    }

    @Test
    void a_model_all_of_whose_inputs_are_read_whole_brings_a_warning() {
        project.file("models/sources.yml", "sources: [{name: yard, schema: main, tables: [{name: sacks}]}]");
        List<String> warnings = project.with((loaded, layer, warehouses, graph) ->
                layer.warnings().stream().map(MillraceException::text).toList());
        assertThat(warnings).singleElement().asString().contains("model.mill.arrivals has an event_time");
    }
}
