package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Terminal.Said;
import dev.millrace.cli.docs.DocsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that dbt has and that are not about building. */
class DbtCommandsTest {
    @TempDir
    private Path folder;

    private SmallProject project;
    private Terminal terminal;

    @BeforeEach
    void makeProject() throws IOException {
        project = SmallProject.in(folder);
        terminal = new Terminal(folder);
    }

    private Said run(String... arguments) {
        return terminal.run(arguments);
    }

    @Test
    void source_freshness_ends_with_1_when_a_source_is_too_old() throws IOException {
        project.model("old", "{{ config(schema='raw', materialized='table') }} select now() - interval 3 day as seen")
                .model("new", "{{ config(schema='raw', materialized='table') }} select now() as seen");
        assertThat(run("build").code()).isZero();
        project.file("models/sources.yml", """
                sources:
                  - name: raw
                    schema: main_raw
                    loaded_at_field: seen
                    freshness: {error_after: {count: 1, period: day}}
                    tables: [{name: old}, {name: new}]
                """);

        Said all = run("source", "freshness");
        Said fresh = run("source", "freshness", "--select", "source:raw.new", "-o", "fresh.json");

        assertThat(all.code()).as(all.out() + all.err()).isEqualTo(1);
        assertThat(all.out()).contains("FAIL").contains("3 days ago").contains("PASS");
        assertThat(folder.resolve("target/sources.json")).content().contains("source.library.raw.old");
        assertThat(fresh.code()).as(fresh.out() + fresh.err()).isZero();
        assertThat(folder.resolve("fresh.json")).content().doesNotContain("source.library.raw.old");
    }

    @Test
    void run_operation_runs_a_macro_with_arguments() throws IOException, SQLException {
        project.file(
                "macros/keep.sql",
                "{% macro keep(n) %}{% do run_query('create table kept as select ' ~ n ~ ' as n') %}{{ log('kept ' ~ n, info=true) }}{% endmacro %}");

        Said said = run("run-operation", "keep", "--args", "{n: 42}");

        assertThat(said.code()).as(said.out() + said.err()).isZero();
        assertThat(said.out()).contains("kept 42");
        assertThat(project.number("select n from kept")).isEqualTo(42);
        assertThat(run("run-operation", "kep").err())
                .contains("MACRO_NOT_FOUND")
                .contains("keep");
        assertThat(run("run-operation", "keep", "--args", "[1]").code()).isEqualTo(2);
    }

    @Test
    void docs_generate_writes_what_docs_serve_shows() throws IOException, InterruptedException {
        project.model("loans", "{{ config(materialized='table') }} select 1 as id, '</script>' as text")
                .file("models/all.yml", "models: [{name: loans, description: Books that are out}]\n");
        assertThat(run("build").code()).isZero();

        Said said = run("docs", "generate", "--static");

        assertThat(said.code()).as(said.out() + said.err()).isZero();
        assertThat(folder.resolve("target/catalog.json")).content().contains("model.library.loans", "INTEGER");
        assertThat(Files.readString(folder.resolve("target/static_index.html")))
                .contains("Books that are out")
                .contains("'<\\/script>'");
        try (DocsServer server = DocsServer.start("127.0.0.1", 0, folder.resolve("target"))) {
            assertThat(get(server.url() + "/").body())
                    .contains("<!doctype html>")
                    .doesNotContain("https://");
            assertThat(get(server.url() + "/manifest.json").body()).contains("Books that are out");
            assertThat(get(server.url() + "/../dbt_project.yml").statusCode()).isEqualTo(404);
        }
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void docs_serve_needs_what_docs_generate_writes() {
        Said said = run("docs", "serve");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("millrace docs generate");
    }

    @Test
    void retry_runs_what_failed_with_the_same_variables() throws IOException, SQLException {
        project.model("loans", "{{ config(materialized='table') }} select {{ var('n', 1) }} as n")
                .model("broken", "select missing from {{ ref('loans') }}")
                .model("report", "select * from {{ ref('broken') }}");
        assertThat(run("run", "--vars", "{n: 7}").code()).isEqualTo(1);
        project.model(
                "broken",
                "{{ config(materialized='table') }} select n + {{ var('n', 1) }} as n from {{ ref('loans') }}");

        Said said = run("retry");

        assertThat(said.code()).as(said.out() + said.err()).isZero();
        assertThat(said.out()).contains("model broken").contains("model report").doesNotContain("model loans");
        assertThat(project.number("select n from report")).isEqualTo(14);
        assertThat(run("retry").out()).contains("Nothing to do");
    }

    @Test
    void retry_without_a_run_says_so() {
        Said said = run("retry");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("run_results.json");
    }
}
