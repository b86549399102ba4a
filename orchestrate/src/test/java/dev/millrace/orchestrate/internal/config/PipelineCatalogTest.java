package dev.millrace.orchestrate.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.orchestrate.TestProject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineCatalogTest {
    @TempDir
    private Path folder;

    @Test
    void a_pipeline_is_read_with_all_it_says() {
        Pipeline pipeline = read("""
                        pipelines:
                          - name: daily_shop
                            schedule: {cron: "0 6 * * *", timezone: Europe/Amsterdam}
                            start_date: 2026-01-01
                            retries: 2
                            retry_delay: 10s
                            steps:
                              - {name: sync, command: ingest, select: "connection:salesforce*"}
                              - {name: transform, select: ["tag:daily"], depends_on: [sync], timeout: 1h, retries: 0}
                              - {name: ping, http: {url: "https://x/y", body: {a: 1}}, depends_on: transform}
                        """).require("daily_shop");

        assertThat(pipeline.start())
                .hasValueSatisfying(start -> assertThat(start).hasToString("2025-12-31T23:00:00Z"));
        assertThat(pipeline.steps())
                .extracting(step -> step.work().text())
                .containsExactly("ingest connection:salesforce*", "tag:daily", "GET https://x/y");
        assertThat(pipeline.steps().get(0).policy().retries()).hasValue(2);
        assertThat(pipeline.steps().get(1).policy().retries()).hasValue(0);
        assertThat(pipeline.steps().get(1).policy().timeout()).contains(Duration.ofHours(1));
        assertThat(pipeline.steps().get(1).policy().retryDelay()).contains(Duration.ofSeconds(10));
    }

    @Test
    void what_is_wrong_is_said_at_its_place() {
        wrong("pipelines: [{name: p, select: x, schedul: '@daily'}]", "1:34", ErrorCode.CONFIG_INVALID, "schedule");
        wrong("pipelines: [{name: p, select: x, schedule: '@dialy'}]", "1:45", ErrorCode.CONFIG_INVALID, "@daily");
        wrong("pipelines: [{name: p}]", "1:20", ErrorCode.CONFIG_MISSING, "select");
        wrong("pipelines: [{name: p, steps: [{name: a}]}]", "1:31", ErrorCode.CONFIG_MISSING, "shell");
        wrong(
                "pipelines: [{name: p, steps: [{name: aa, select: x}, {name: b, shell: x, depends_on: ab}]}]",
                "1:61",
                ErrorCode.REF_NOT_FOUND,
                "aa");
        wrong(
                "pipelines: [{name: p, steps: [{name: a, select: x, depends_on: b}, {name: b, select: y, depends_on: a}]}]",
                "1:38",
                ErrorCode.GRAPH_CYCLE,
                "depends_on");
        wrong("pipelines: [{name: p, select: x, timeout: soon}]", "1:43", ErrorCode.CONFIG_INVALID, "30s");
        wrong("pipelines: [{name: p, select: x, start_date: spring}]", "1:46", ErrorCode.CONFIG_INVALID, "2026");
        wrong(
                "pipelines: [{name: p, select: x, timezone: Mars/Olympus, schedule: '@daily'}]",
                "1:44",
                ErrorCode.CONFIG_INVALID,
                null);
        wrong(
                "pipelines: [{name: p, select: x, alerts: {on_failure: [{mail: x}]}}]",
                "1:57",
                ErrorCode.CONFIG_INVALID,
                null);
    }

    @Test
    void a_selection_outside_the_grammar_is_refused() {
        wrong("pipelines: [{name: p, select: 'tagg:daily'}]", "1:32", ErrorCode.SELECTOR_INVALID, "tag");
    }

    @Test
    void two_pipelines_of_one_name_are_refused() {
        wrong("pipelines: [{name: p, select: x}, {name: p, select: y}]", "1:42", ErrorCode.NODE_DUPLICATE, "Rename");
    }

    @Test
    void secrets_are_not_needed_to_read_the_file() {
        PipelineCatalog catalog = read("""
                pipelines:
                  - name: p
                    alerts: {on_failure: [{slack: "{{ env_var('NOT_SET_ANYWHERE') }}"}]}
                    steps: [{name: s, shell: "x {{ env_var('NOT_SET_ANYWHERE') }}"}]
                """);

        assertThat(catalog.all()).hasSize(1);
    }

    private PipelineCatalog read(String yaml) {
        return PipelineCatalog.read(new TestProject(folder).pipelines(yaml).load(), List.of());
    }

    private void wrong(String yaml, String place, ErrorCode code, @org.jspecify.annotations.Nullable String hint) {
        MillraceException error = catchThrowableOfType(MillraceException.class, () -> read(yaml));
        assertThat(error).as(yaml).isNotNull();
        assertThat(error.code()).as(yaml).isEqualTo(code);
        assertThat(error.position()).as(error.text()).hasToString("Optional[pipelines.yml:" + place + "]");
        if (hint != null) {
            assertThat(error.hint())
                    .as(yaml)
                    .hasValueSatisfying(text -> assertThat(text).contains(hint));
        }
    }
}
