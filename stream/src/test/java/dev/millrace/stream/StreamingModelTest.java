package dev.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.core.run.NodeResult;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamingModelTest {
    private static final String COUNTS = """
            {{ config(materialized='streaming', watermark='10 minutes', trigger='100 ms') }}
            select window_start, window_end, kind, count(*) as events, sum(amount) as amount, max(ts) as latest
            from {{ tumble(source('raw', 'events'), 'ts', '5 minutes') }}
            group by 1, 2, 3""";
    private static final String SHOWN =
            "select strftime(window_start at time zone 'UTC', '%H:%M'), kind, events, amount from counts order by 1, 2";

    @TempDir
    Path folder;

    private StreamProject project;
    private int batch;

    @BeforeEach
    void create() {
        project = new StreamProject(folder).sql(StreamProject.EVENTS);
    }

    @AfterEach
    void close() {
        project.close();
    }

    /** Lands one batch of events: minute of the day, kind, amount, partition. */
    private void land(Object[]... events) {
        batch++;
        for (Object[] event : events) {
            project.sql("insert into raw.events select nextval_id, '" + event[1] + "', " + event[2]
                    + ", 0, timestamptz '2026-01-01 00:00:00+00' + to_minutes(" + event[0] + "), " + batch + ", "
                    + event[3] + ", 0, now() from (select count(*) as nextval_id from raw.events)");
        }
    }

    private static Object[] event(int minute, String kind, int amount) {
        return new Object[] {minute, kind, amount, 0};
    }

    @Test
    void new_events_update_the_windows_they_are_in() {
        project.model("counts", COUNTS);
        land(event(1, "view", 2), event(2, "view", 3), event(6, "buy", 5));
        project.build("counts");
        assertThat(project.rows(SHOWN)).containsExactly("[00:00, view, 2, 5]", "[00:05, buy, 1, 5]");
        land(event(3, "view", 1), event(12, "view", 7));
        NodeResult second = project.build("counts");
        assertThat(project.rows(SHOWN))
                .containsExactly("[00:00, view, 3, 6]", "[00:05, buy, 1, 5]", "[00:10, view, 1, 7]");
        assertThat(second.rows()).hasValue(2);
        assertThat(second.message()).isEqualTo("UPDATE 2");
        assertThat(project.build("counts").rows()).hasValue(0);
    }

    @Test
    void an_event_of_a_closed_window_is_counted_and_left_out() {
        project.model("counts", COUNTS);
        land(event(1, "view", 2));
        project.build("counts");
        land(event(20, "view", 1));
        project.build("counts");
        land(event(2, "view", 100), event(11, "view", 1));
        NodeResult late = project.build("counts");
        assertThat(late.details()).containsEntry("late_events", 1L);
        assertThat(project.rows(SHOWN))
                .containsExactly("[00:00, view, 1, 2]", "[00:10, view, 1, 1]", "[00:20, view, 1, 1]");
        assertThat(
                        project.rows(
                                "select node, window_start = timestamptz '2026-01-01 00:00+00', position from _millrace.late_events"))
                .containsExactly("[model.mill.counts, true, 3]");
    }

    @Test
    void without_dropping_a_late_event_updates_its_window() {
        project.model("counts", COUNTS.replace("trigger", "late='update', trigger"));
        land(event(1, "view", 2));
        project.build("counts");
        land(event(30, "view", 1));
        project.build("counts");
        land(event(2, "view", 100));
        assertThat(project.build("counts").details()).containsEntry("late_events", 0L);
        assertThat(project.rows(SHOWN)).containsExactly("[00:00, view, 2, 102]", "[00:30, view, 1, 1]");
    }

    @Test
    void the_slowest_partition_holds_the_watermark_back() {
        project.model("counts", COUNTS);
        land(new Object[] {1, "view", 1, 0}, new Object[] {1, "view", 1, 1});
        project.build("counts");
        land(new Object[] {50, "view", 1, 0});
        assertThat(project.build("counts").details()).containsEntry("watermark", "2025-12-31T23:51:00Z");
        land(new Object[] {2, "view", 1, 1});
        assertThat(project.build("counts").details()).containsEntry("late_events", 0L);
    }

    @Test
    void a_full_refresh_takes_late_events_in() {
        an_event_of_a_closed_window_is_counted_and_left_out();
        project.fullRefresh("counts");
        assertThat(project.rows(SHOWN))
                .containsExactly("[00:00, view, 2, 102]", "[00:10, view, 1, 1]", "[00:20, view, 1, 1]");
        assertThat(project.number("select count(*) from _millrace.late_events")).isZero();
    }

    @Test
    void what_cannot_be_added_up_is_computed_anew_for_the_windows_touched() {
        project.model(
                "counts",
                "{{ config(materialized='streaming') }} select window_start, count(distinct kind) as kinds, avg(amount) as mean "
                        + "from {{ hop(source('raw', 'events'), 'ts', '5 minutes', '10 minutes') }} group by window_start having count(*) > 1");
        land(event(1, "a", 1), event(2, "b", 2));
        project.build("counts");
        land(event(3, "c", 6), event(7, "c", 1));
        project.build("counts");
        assertThat(
                        project.rows(
                                "select strftime(window_start at time zone 'UTC', '%H:%M'), kinds, mean from counts order by window_start"))
                .containsExactly("[23:55, 3, 3.0]", "[00:00, 3, 2.5]");
    }

    @Test
    void a_projection_appends_each_row_once() {
        project.sql("create table raw.kinds as select 'a' as kind, 'first' as label");
        project.model(
                "labelled",
                "{{ config(materialized='streaming') }} select e.id, k.label from {{ stream(source('raw', 'events')) }} e "
                        + "left join {{ source('raw', 'kinds') }} k using (kind) where amount > 0");
        land(event(1, "a", 1), event(1, "a", 0));
        project.build("labelled");
        land(event(1, "b", 1));
        project.build("labelled");
        project.build("labelled");
        assertThat(project.rows("from labelled order by id")).containsExactly("[0, first]", "[2, null]");
    }

    @Test
    void a_flow_waits_for_events_and_processes_them() throws Exception {
        project.model("counts", COUNTS);
        try (ContinuousStep.Flow flow = project.open("counts")) {
            assertThat(flow.next(Duration.ZERO).rows()).hasValue(0);
            land(event(1, "view", 1));
            assertThat(flow.next(Duration.ofSeconds(10)).rows()).hasValue(1);
            assertThat(flow.next(Duration.ZERO).rows()).hasValue(0);
        }
        assertThat(project.rows(SHOWN)).containsExactly("[00:00, view, 1, 1]");
    }

    @Test
    void tests_and_readers_of_a_streaming_model_are_those_of_any_model() {
        project.model("counts", COUNTS);
        project.model("total", "select sum(events) as n from {{ ref('counts') }}");
        project.file(
                "models/schema.yml",
                "models:\n  - name: counts\n    columns:\n      - name: kind\n        data_tests: [not_null]\n");
        land(event(1, "view", 1));
        project.build("counts");
        assertThat(project.rows("from total")).containsExactly("[1]");
    }

    @Test
    void a_model_that_changed_asks_for_a_full_refresh() {
        project.model("counts", COUNTS);
        project.build("counts");
        project.model("counts", COUNTS.replace("5 minutes", "6 minutes"));
        assertThatThrownBy(() -> project.build("counts"))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STREAM_QUERY_CHANGED));
        project.fullRefresh("counts");
    }

    @Test
    void texts_are_event_times_too_and_rows_without_one_are_counted() {
        project.sql(
                "create table raw.texts (happened varchar, _millrace_batch_id bigint); insert into raw.texts values "
                        + "('2026-01-01T00:01:00', 1), ('2026-01-01 02:01:00.5+02:00', 1), ('2026-01-01T00:02:00Z', 1), ('soon', 1)");
        project.model(
                "counts",
                "{{ config(materialized='streaming') }} select window_start, count(*) as n from {{ tumble(source('raw', 'texts'), 'happened', '1 hour') }} group by all");
        project.build("counts");
        project.sql(
                "insert into raw.texts values ('2026-01-01T00:59:59.999999', 2), ('2026-01-01T01:00:00Z', 2), (null, 2)");
        assertThat(project.build("counts").details()).containsEntry("events_without_time", 1L);
        assertThat(
                        project.rows(
                                "select epoch(window_start) - epoch(timestamptz '2026-01-01 00:00+00'), n from counts order by 1"))
                .containsExactly("[0.0, 4]", "[3600.0, 1]");
    }
}
