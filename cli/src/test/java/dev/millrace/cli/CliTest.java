package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Terminal.Said;
import dev.millrace.cli.init.StarterProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
    @TempDir
    private Path folder;

    private Terminal terminal;

    @BeforeEach
    void openTerminal() {
        terminal = new Terminal(folder);
    }

    @Test
    void without_a_command_it_shows_what_there_is() {
        Said said = terminal.run();

        assertThat(said.code()).isZero();
        assertThat(said.out())
                .contains("Usage: millrace [OPTIONS]")
                .contains("  build ")
                .contains("  ls, list ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "build", "run", "test", "seed", "ingest", "sync", "ls", "lineage", "parse", "debug", "init", "clean"
            })
    void every_command_has_its_help(String command) {
        Said said = terminal.run(command, "--help");

        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("Usage: millrace " + command).contains("--project-dir=DIR");
    }

    @Test
    void an_unknown_command_is_answered_with_the_nearest_and_exit_code_2() {
        Said said = terminal.run("biuld");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).isEqualTo("""
                        error[USAGE]: unknown command 'biuld'
                          help: Did you mean 'build'? See 'millrace --help'.
                        """);
    }

    @Test
    void an_unknown_option_is_answered_with_the_nearest_and_exit_code_2() {
        Said said = terminal.run("build", "--full-refesh");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("unknown option: '--full-refesh'").contains("Did you mean '--full-refresh'");
    }

    @Test
    void a_folder_without_a_project_is_an_error_that_says_what_to_do() {
        Said said = terminal.run("build");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .startsWith("error[PROJECT_NOT_FOUND]: no project in " + folder)
                .contains("help: Go to the project's folder, name it with --project-dir")
                .doesNotContain("\tat ");
    }

    @Test
    void the_same_error_is_one_line_of_json_on_request() {
        Said said = terminal.run("--log-format", "json", "build");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).isEmpty();
        assertThat(said.out().lines()).singleElement().asString().contains("\"code\":\"PROJECT_NOT_FOUND\"");
    }

    @Test
    void debug_shows_the_stack_trace() {
        assertThat(terminal.run("--debug", "build").err()).contains("\tat dev.millrace.");
        assertThat(terminal.run("build", "--debug").err()).contains("\tat dev.millrace.");
    }

    @Test
    void broken_yaml_is_shown_with_its_line() throws IOException {
        Files.writeString(folder.resolve("dbt_project.yml"), "name: shop\nprofile: [shop\n");

        Said said = terminal.run("ls");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("error[YAML_SYNTAX]").contains("--> dbt_project.yml:3:1");
    }

    @Test
    void flags_that_are_no_mapping_are_told_with_their_place() throws IOException {
        Files.writeString(folder.resolve("dbt_project.yml"), "name: shop\nprofile: shop\nflags: 3\n");

        Said said = terminal.run("parse");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("error[CONFIG_INVALID]").contains("dbt_project.yml:3");
    }

    @Test
    void what_only_up_reads_is_checked_by_every_command_but_for_variables_that_only_up_needs() throws IOException {
        SmallProject.in(folder).model("days", "select 1 as day").file("millrace.yml", """
                server:
                  port: 80850
                  sql: {prt: 5433}
                  tokens: [{name: ann, role: admin, token: TOKEN_OF_ANN}]
                openlineage: {namespace: shop}
                """);

        Said said = terminal.run("parse");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err())
                .contains("millrace.yml:2:9", "millrace.yml:3:9", "Did you mean 'port'?", "millrace.yml:5:14")
                .doesNotContain("TOKEN_OF_ANN");
    }

    @Test
    void the_project_is_found_from_a_folder_below_it() throws IOException {
        StarterProject.write(folder, "shop");
        Path below = Files.createDirectories(folder.resolve("models/deep"));

        assertThat(new Terminal(below).run("lineage", "nothing").err()).contains("no node is named 'nothing'");
    }

    @Test
    void a_missing_target_names_the_ones_there_are_before_and_after_the_command() {
        StarterProject.write(folder, "shop");

        assertThat(terminal.run("--target", "devv", "ls").err()).contains("Did you mean 'dev'?");
        assertThat(terminal.run("ls", "-t", "devv").err()).contains("Did you mean 'dev'?");
        assertThat(new Terminal(folder, Map.of("DBT_TARGET", "devv")).run("ls").err())
                .contains("Did you mean 'dev'?");
        assertThat(new Terminal(folder, Map.of("DBT_TARGET", "devv"))
                        .run("ls", "-t", "dev")
                        .code())
                .isZero();
    }

    @Test
    void vars_must_be_a_mapping() {
        StarterProject.write(folder, "shop");

        Said said = terminal.run("build", "--vars", "just text");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err())
                .contains("error[USAGE]: --vars 'just text' is not a mapping")
                .contains("Write YAML or JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--no-partial-parse",
                "--no-version-check",
                "--no-send-anonymous-usage-stats",
                "--printer-width=80"
            })
    void what_dbt_takes_and_millrace_has_no_use_for_is_taken(String option) {
        StarterProject.write(folder, "shop");

        assertThat(terminal.run(option, "ls").code()).isZero();
    }

    @Test
    void init_refuses_a_folder_that_holds_something() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");

        Said said = terminal.run("init");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("is not empty: it holds notes.txt").contains("millrace init my_project");
        assertThat(folder.resolve("dbt_project.yml")).doesNotExist();
    }

    @Test
    void init_names_the_project_after_its_folder() throws IOException {
        Said said = terminal.run("init", "My Shop-1");

        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("Next: cd My Shop-1 && millrace build");
        assertThat(Files.readString(folder.resolve("My Shop-1/dbt_project.yml")))
                .contains("name: my_shop_1");
    }

    @Test
    void clean_deletes_what_is_made_and_nothing_that_was_written() throws IOException {
        StarterProject.write(folder, "shop");
        Files.createDirectories(folder.resolve("target/compiled"));
        Files.writeString(folder.resolve("target/compiled/a.sql"), "select 1");

        Said said = terminal.run("clean");

        assertThat(said.code()).isZero();
        assertThat(said.out()).isEqualTo("Deleted target\n");
        assertThat(folder.resolve("target")).doesNotExist();
        assertThat(folder.resolve("models/schema.yml")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../other", "/", ".", "models"})
    void clean_never_deletes_outside_the_project_or_what_was_written(String target) throws IOException {
        StarterProject.write(folder, "shop");
        Path file = folder.resolve("dbt_project.yml");
        Files.writeString(
                file,
                Files.readString(file).replace("clean-targets: [target, logs]", "clean-targets: ['" + target + "']"));

        Said said = terminal.run("clean");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("error[CONFIG_INVALID]: clean-targets names");
        assertThat(folder.resolve("models/schema.yml")).exists();
    }
}
