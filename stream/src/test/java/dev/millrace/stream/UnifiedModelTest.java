package dev.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.MillraceException;
import dev.millrace.core.graph.ContinuousStep;
import dev.millrace.warehouse.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UnifiedModelTest {
    private static final String QUERY =
            "select window_start, count(*) as n from {{ tumble(source('raw', 'events'), 'ts', '5 minutes') }} group by 1";

    @TempDir
    Path folder;

    private StreamProject project;

    @BeforeEach
    void create() {
        project = new StreamProject(folder).sql(StreamProject.EVENTS);
        project.model("slow", "{{ config(materialized='table') }} " + QUERY);
        project.model("fast", "{{ config(materialized='streaming') }} " + QUERY);
        project.model(
                "united",
                "{{ config(materialized='unified') }} {{ unify(batch=ref('slow'), speed=ref('fast'), high_water_mark='window_start') }}");
    }

    @AfterEach
    void close() {
        project.close();
    }

    private static void land(Session session, int minute) {
        session.execute("insert into raw.events select " + minute
                + ", 'k', 1, 0, timestamptz '2026-01-01 00:00:00+00' + to_minutes(" + minute + "), " + minute + ", 0, "
                + minute + ", now()");
    }

    @Test
    void the_last_window_of_the_batch_is_told_by_the_stream() throws Exception {
        try (Session session = project.session()) {
            land(session, 1);
            land(session, 6);
            project.build("united");
            land(session, 7);
            land(session, 11);
        }
        try (ContinuousStep.Flow flow = project.open("fast")) {
            flow.next(Duration.ZERO);
        }
        project.sql("update slow set n = 100 where window_start = timestamptz '2026-01-01 00:00+00'");
        assertThat(project.rows("select n from united order by window_start")).containsExactly("[100]", "[2]", "[1]");
    }

    @Test
    void either_side_may_be_empty_or_behind() {
        project.build("united");
        assertThat(project.rows("from united")).isEmpty();
        project.sql(
                "insert into slow values (timestamptz '2026-01-01 00:00+00', 1), (timestamptz '2026-01-01 00:05+00', 2)");
        assertThat(project.rows("select n from united order by all")).containsExactly("[1]", "[2]");
        project.sql("insert into fast values (timestamptz '2026-01-01 00:00+00', 7)");
        assertThat(project.rows("select n from united order by all")).containsExactly("[1]", "[2]");
        project.sql("truncate slow");
        assertThat(project.rows("select n from united order by all")).containsExactly("[7]");
    }

    @Test
    void readers_see_no_gap_and_no_overlap_while_both_sides_are_refreshed() throws Exception {
        try (Session session = project.session()) {
            land(session, 0);
        }
        project.build("united");
        int minutes = 600;
        try (ContinuousStep.Flow flow = project.open("fast")) {
            CompletableFuture<Void> landing = CompletableFuture.runAsync(() -> {
                try (Session session = project.session()) {
                    for (int minute = 1; minute <= minutes; minute++) {
                        land(session, minute);
                    }
                }
            });
            CompletableFuture<Void> speed = CompletableFuture.runAsync(() -> {
                while (project.number("select max(window_start) >= timestamptz '2026-01-01 10:00+00' from fast") == 0) {
                    try {
                        flow.next(Duration.ZERO);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    if (project.rows("select 1 from fast where window_start >= timestamptz '2026-01-01 10:00+00'")
                                    .size()
                            > 0) {
                        return;
                    }
                }
            });
            CompletableFuture<Void> batch = CompletableFuture.runAsync(() -> {
                while (!speed.isDone()) {
                    project.sql(
                            "create or replace table slow as select time_bucket(interval '5 minutes', ts) as window_start, "
                                    + "count(*) as n from raw.events group by 1");
                }
            });
            int reads = 0;
            long before = 0;
            while (!speed.isDone() || !batch.isDone()) {
                String seen = project.rows("select count(*), count(distinct window_start), "
                                + "date_diff('minute', min(window_start), max(window_start)) // 5 + 1 from united")
                        .get(0);
                assertThat(seen).matches("\\[(\\d+), \\1, \\1]");
                long windows = Long.parseLong(seen.substring(1, seen.indexOf(',')));
                assertThat(windows).isGreaterThanOrEqualTo(before);
                before = windows;
                reads++;
            }
            landing.join();
            speed.join();
            batch.join();
            assertThat(reads).isGreaterThan(10);
        }
        assertThat(project.number("select sum(n) from united")).isGreaterThan(590);
    }

    @Test
    void a_missing_mark_is_found_before_anything_runs() {
        project.model(
                "united", "{{ config(materialized='unified') }}\n{{ unify(batch=ref('slow'), speed=ref('fast')) }}");
        assertThatThrownBy(project::graph).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.text()).contains("high_water_mark");
            assertThat(e.position().orElseThrow()).hasToString("models/united.sql:2:4");
        });
    }

    @Test
    void different_columns_are_told() {
        project.model("slow", "{{ config(materialized='table') }} select now() as window_start, 1 as m");
        assertThatThrownBy(() -> project.build("united")).hasMessageContaining("has the columns m, window_start");
    }
}
