package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Terminal.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineCommandsTest {
    @TempDir
    private Path folder;

    private Terminal terminal;

    @BeforeEach
    void makeProject() throws IOException {
        terminal = new Terminal(folder);
        SmallProject.in(folder)
                .model("days", "select '{{ var(\"logical_date\", \"none\") }}' as day")
                .file("pipelines.yml", """
                        pipelines:
                          - name: daily
                            schedule: "@daily"
                            steps:
                              - {name: build, select: days}
                              - {name: tell, shell: "echo $MILLRACE_LOGICAL_DATE >> told", depends_on: build}
                        """);
    }

    @Test
    void a_backfill_runs_every_interval_of_the_span_once() throws IOException {
        Said dry = terminal.run("backfill", "daily", "--from", "2026-01-01", "--to", "2026-01-02", "--dry-run");
        Said first = terminal.run("backfill", "daily", "--from", "2026-01-01", "--to", "2026-01-02");
        Said second = terminal.run("backfill", "daily", "--from", "2026-01-01", "--to", "2026-01-03");

        assertThat(dry.out().lines())
                .containsExactly("2026-01-01T00:00 to 2026-01-02T00:00", "2026-01-02T00:00 to 2026-01-03T00:00");
        assertThat(first.code()).as(first.out() + first.err()).isZero();
        assertThat(second.code()).isZero();
        assertThat(Files.readAllLines(folder.resolve("told")))
                .containsExactly("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z");
    }

    @Test
    void a_pipeline_is_run_by_hand_and_its_run_is_in_the_history() {
        Said run = terminal.run("pipeline", "run", "daily", "--logical-date", "2026-05-01");
        Said list = terminal.run("pipeline");
        Said runs = terminal.run("runs");

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("2 ok, 2 in all");
        assertThat(list.out()).contains("daily  @daily  next ").contains("succeeded");
        assertThat(runs.out()).contains("succeeded").contains("manual  pipeline daily");
    }

    @Test
    void a_build_is_in_the_history_and_what_failed_in_it_can_be_retried() throws IOException {
        SmallProject project = SmallProject.in(folder).model("broken", "select 1 / x as x from {{ ref('days') }}");
        Said build = terminal.run("build");
        project.model("broken", "select day from {{ ref('days') }}");
        String id = terminal.run("runs").out().substring(0, 8);

        Said retry = terminal.run("runs", "retry", id);

        assertThat(build.code()).isNotZero();
        assertThat(retry.code()).as(retry.out() + retry.err()).isZero();
        assertThat(retry.out()).contains("1 ok, 1 in all");
    }

    @Test
    void an_unknown_pipeline_is_answered_with_the_nearest() {
        Said said = terminal.run("pipeline", "run", "dayly");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("PIPELINE_NOT_FOUND").contains("daily");
    }
}
