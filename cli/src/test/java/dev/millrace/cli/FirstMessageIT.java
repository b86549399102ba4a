package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.cli.Terminal.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A topic that has never had a message, and the streaming model over it. */
class FirstMessageIT {
    @TempDir
    private Path folder;

    private KafkaTopic topic;
    private SmallProject project;

    @BeforeEach
    void start() throws IOException {
        topic = KafkaTopic.missing(folder.resolve("kafka"));
        project = SmallProject.in(folder)
                .file("millrace.yml", topic.source(", trigger: 100 ms") + "server: {port: 0, sql: {port: 0}}\n")
                .model("counts", """
                        {{ config(materialized='streaming', watermark='10 minutes', trigger='100 ms') }}
                        select window_start, window_end, page, count(*) as n
                        from {{ tumble(source('raw', 'clicks'), 'at', '5 minutes') }}
                        group by 1, 2, 3
                        """)
                .model("report", "select 'n=' || sum(n) as n from {{ ref('counts') }}");
    }

    @AfterEach
    void stop() {
        topic.close();
    }

    private static String click(int i) {
        return "{\"at\": \"2024-05-01T10:%02d:00\", \"page\": \"p%d\"}".formatted(i % 60, i % 3);
    }

    private Said millrace(String... arguments) throws IOException {
        return MillraceProcess.run(folder, arguments);
    }

    private static void waits(Said said) {
        assertThat(said.code()).as(said.out() + said.err()).isZero();
        assertThat(said.out())
                .contains("SKIP   model counts", "SKIP   model report")
                .contains("2 nodes: counts waits for the first message of")
                .doesNotContain("ERROR");
    }

    @Test
    void a_build_waits_for_it_and_does_not_fail() throws Exception {
        waits(millrace("build"));
        topic.create();
        waits(millrace("build"));
        assertThat(project.number("select count(*) from raw.clicks")).isZero();

        topic.send(0, 30, FirstMessageIT::click);
        Said built = millrace("build");

        assertThat(built.code()).as(built.out() + built.err()).isZero();
        assertThat(project.number("select sum(n) from counts")).isEqualTo(30);
    }

    @Test
    void declared_columns_give_the_tables_at_once() throws Exception {
        project.file("millrace.yml", topic.create().source(", columns: {at: timestamptz, page: text}"));
        Said built = millrace("build");
        assertThat(built.code()).as(built.out() + built.err()).isZero();
        assertThat(built.out()).doesNotContain("SKIP");
        assertThat(project.number("select count(*) from counts")).isZero();

        topic.send(0, 30, FirstMessageIT::click);
        assertThat(millrace("build").code()).isZero();
        assertThat(project.number("select sum(n) from counts")).isEqualTo(30);
    }

    @Test
    void a_column_that_no_message_has_is_an_error_once_there_are_messages() throws Exception {
        topic.create();
        topic.send(0, 1, i -> "{\"page\": \"p\"}");
        Said built = millrace("build");
        assertThat(built.code()).isEqualTo(1);
        assertThat(built.out()).contains("error[SQL_FAILED]").contains("\"at\" not found");
    }

    @Test
    void a_running_project_begins_by_itself_with_it_and_does_not_complain() throws Exception {
        try (MillraceProcess up = MillraceProcess.start(folder, "up")) {
            up.awaitOutput("Ctrl-C");
            waits(millrace("build"));
            topic.create();
            topic.send(0, 30, FirstMessageIT::click);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> millrace("build", "-s", "report").code() == 0
                            && millrace("show", "-s", "report").out().contains("n=30"));
            up.signal("TERM");
            Said said = up.end();
            assertThat(said.out() + said.err()).doesNotContain("trying again").doesNotContain("not found");
        }
    }
}
