package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Terminal.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What dbt's options, variables and project files say of how a command runs. */
class DbtOptionsTest {
    @TempDir
    private Path folder;

    private SmallProject project;

    @BeforeEach
    void makeProject() throws IOException {
        project = SmallProject.in(folder);
    }

    private Said run(String... arguments) {
        return new Terminal(folder).run(arguments);
    }

    private void addToProject(String yaml) throws IOException {
        Path file = folder.resolve("dbt_project.yml");
        Files.writeString(file, Files.readString(file) + "\n" + yaml);
    }

    @Test
    void the_project_sets_flags_and_the_command_line_wins_over_them() throws IOException {
        addToProject("flags: {store_failures: true, fail_fast: true}\n");
        project.model("seen", "select '{{ flags.FAIL_FAST }}' as fast, '{{ flags.STORE_FAILURES }}' as stored");
        assertThat(run("compile", "--select", "seen").out()).contains("'True' as fast");
        assertThat(run("compile", "--select", "seen", "--no-fail-fast").out()).contains("'False' as fast");
        assertThat(run("build").code()).isZero();
        assertThat(folder.resolve("target/run/library/models/seen.sql"))
                .content()
                .contains("'True' as stored");
    }

    @Test
    void target_path_moves_what_is_written() throws IOException {
        project.model("loans", "select 1 as id");
        assertThat(run("build", "--target-path", "out").code()).isZero();
        assertThat(folder.resolve("out/manifest.json")).exists();
        assertThat(folder.resolve("target")).doesNotExist();
        assertThat(new Terminal(folder, Map.of("DBT_ENGINE_TARGET_PATH", "elsewhere"))
                        .run("build")
                        .code())
                .isZero();
        assertThat(folder.resolve("elsewhere/run_results.json")).exists();
    }

    @Test
    void variables_may_stand_in_a_file_of_their_own() throws IOException {
        project.file("vars.yml", "vars: {shelf: 7, library: {room: 2}}\n")
                .model("loans", "select {{ var('shelf') }} as shelf, {{ var('room') }} as room");
        assertThat(run("compile", "--select", "loans").out()).contains("select 7 as shelf, 2 as room");
        addToProject("vars: {shelf: 8}\n");
        Said both = run("parse");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("vars.yml").contains("dbt_project.yml");
    }

    @Test
    void compile_prints_json() throws IOException {
        project.model("loans", "select 1 as id");
        assertThat(run("compile", "--select", "loans", "--output", "json").out())
                .contains("\"node\" : \"loans\"")
                .contains("\"compiled\" : \"select 1 as id\"");
        assertThat(run("compile", "--inline", "select * from {{ ref('loans') }}", "--output", "json")
                        .out())
                .contains("\"compiled\"")
                .doesNotContain("\"node\"");
    }

    @Test
    void templates_see_what_the_run_is_of() throws IOException {
        project.model("loans", "select '{{ selected_resources | join }}' as ids")
                .model("books", "select 1 as id");
        assertThat(run("run", "--select", "loans").code()).isZero();
        assertThat(folder.resolve("target/compiled/library/models/loans.sql"))
                .content()
                .contains("'model.library.loans'");
    }

    @Test
    void clone_makes_views_of_what_another_state_has_built() throws IOException, SQLException {
        project.model("loans", "{{ config(materialized='table') }} select 5 as n")
                .model("books", "select 1 as id");
        assertThat(run("build").code()).isZero();
        Files.move(folder.resolve("target"), folder.resolve("production"));
        project.model("loans", "{{ config(materialized='table', schema='mine') }} select 6 as n")
                .model("fresh", "select 1 as id");

        Said said = run("clone", "--state", "production");

        assertThat(said.code()).as(said.out() + said.err()).isZero();
        assertThat(project.number("select n from main_mine.loans")).isEqualTo(5);
        assertThat(folder.resolve("target/run_results.json"))
                .content()
                .contains("CREATE VIEW")
                .contains("No-op: it is the state's own relation")
                .contains("No-op: the state does not have it");
        assertThat(run("clone", "--state", "production").code()).isZero();
        assertThat(folder.resolve("target/run_results.json")).content().contains("No-op: it is there already");
        assertThat(run("clone").err()).contains("--state");
    }

    @Test
    void stored_failures_are_kept_when_asked_for() throws IOException, SQLException {
        project.model("loans", "select unnest([1, 1, 2]) as id")
                .file("models/all.yml", "models: [{name: loans, columns: [{name: id, data_tests: [unique]}]}]\n");
        assertThat(run("build", "--store-failures").code()).isEqualTo(1);
        assertThat(project.number("select n_records from main_dbt_test__audit.unique_loans_id"))
                .isEqualTo(2);
    }
}
