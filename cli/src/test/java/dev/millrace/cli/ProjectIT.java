package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.cli.Terminal.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program in a process of its own on small projects. */
class ProjectIT {
    /** Takes minutes, and can be stopped at any time. */
    private static final String ENDLESS =
            "select count(*) as n from range(1000000) a, range(1000000) b where (a.range * b.range) % 7 = 3";

    @TempDir
    private Path folder;

    private SmallProject project;

    @BeforeEach
    void makeProject() throws IOException {
        project = SmallProject.in(folder);
    }

    @Test
    void what_init_writes_builds_at_once(@TempDir Path elsewhere) throws IOException {
        assertThat(MillraceProcess.run(elsewhere, "init", "corner_shop").code()).isZero();

        Said said = MillraceProcess.run(elsewhere, "build", "--project-dir", "corner_shop");

        assertThat(said.code()).as(said.out() + said.err()).isZero();
        assertThat(said.err()).isEmpty();
        assertThat(said.out()).contains("build corner_shop on dev (duckdb)").contains("Done in ");
        assertThat(elsewhere.resolve("corner_shop/logs/millrace.log")).content().contains("revenue_per_day");
    }

    @Test
    void a_failing_test_ends_with_1_and_says_where_it_stands() throws IOException {
        project.model("loans", "select 1 as id union all select 1")
                .model("report", "select count(*) as n from {{ ref('loans') }}")
                .file(
                        "models/schema.yml",
                        "models:\n  - name: loans\n    columns:\n      - name: id\n        tests: [unique]\n");

        Said said = MillraceProcess.run(folder, "build");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).isEmpty();
        assertThat(said.out())
                .contains("FAIL   test  unique_loans_id")
                .contains("SKIP   model report")
                .contains("models/schema.yml:")
                .contains("Next: millrace build --select unique_loans_id")
                .doesNotContain("\tat ");
    }

    @Test
    void warn_error_makes_a_warning_test_a_failure_that_holds_back_what_is_downstream() throws IOException {
        project.model("loans", "select 1 as id union all select 1")
                .model("report", "select count(*) as n from {{ ref('loans') }}")
                .file("models/schema.yml", """
                        models:
                          - name: loans
                            columns:
                              - name: id
                                tests:
                                  - unique: {config: {severity: warn}}
                        """);

        assertThat(MillraceProcess.run(folder, "build").code()).isZero();
        Said said = MillraceProcess.run(folder, "build", "--warn-error");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("FAIL   test  unique_loans_id").contains("SKIP   model report");
        Said unmatched = MillraceProcess.run(folder, "build", "--warn-error", "--select", "laons");
        assertThat(unmatched.code()).isEqualTo(2);
        assertThat(unmatched.err()).contains("nothing matches the selection 'laons'");
    }

    @Test
    void a_model_whose_sql_is_wrong_ends_with_1_and_its_error() throws IOException {
        project.model("loans", "select 1 as id").model("report", "select titel from {{ ref('loans') }}");

        Said said = MillraceProcess.run(folder, "run");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out())
                .contains("OK     model loans")
                .contains("ERROR  model report")
                .contains("error[SQL_FAILED]")
                .contains("titel")
                .contains("models/report.sql");
    }

    @Test
    void an_unknown_ref_ends_with_2_before_anything_runs() throws IOException {
        project.model("loans", "select 1 as id").model("report", "select *\nfrom {{ ref('laons') }}\n");

        Said said = MillraceProcess.run(folder, "build");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err())
                .contains("error[REF_NOT_FOUND]")
                .contains("--> models/report.sql:2:")
                .contains(" 2 | from {{ ref('laons') }}")
                .contains("Did you mean 'loans'?");
        assertThat(folder.resolve("library.duckdb")).doesNotExist();
    }

    @Test
    void ls_names_nodes_in_every_form_and_opens_no_warehouse() throws IOException {
        project.model("loans", "{{ config(tags=['daily']) }} select 1 as id")
                .model("report", "select * from {{ ref('loans') }}");

        assertThat(MillraceProcess.run(folder, "ls").out()).isEqualTo("library.loans\nlibrary.report\n");
        assertThat(MillraceProcess.run(folder, "ls", "--output", "name", "-s", "tag:daily")
                        .out())
                .isEqualTo("loans\n");
        assertThat(MillraceProcess.run(folder, "list", "--output", "path", "--exclude", "loans")
                        .out())
                .isEqualTo("models/report.sql\n");
        Said json = MillraceProcess.run(
                folder, "ls", "-s", "report", "--output", "json", "--output-keys", "unique_id", "depends_on");
        assertThat(json.out())
                .isEqualTo(
                        "{\"unique_id\":\"model.library.report\",\"depends_on\":{\"nodes\":[\"model.library.loans\"]}}\n");
        assertThat(folder.resolve("library.duckdb")).doesNotExist();
    }

    @Test
    void a_selection_that_matches_nothing_is_a_warning() throws IOException {
        project.model("loans", "select 1 as id");

        Said said = MillraceProcess.run(folder, "build", "--select", "laons");

        assertThat(said.code()).isZero();
        assertThat(said.out())
                .contains("warning: nothing matches the selection 'laons'")
                .contains("nothing to do");
    }

    @Test
    void every_line_of_the_json_log_is_an_event() throws IOException {
        project.model("loans", "select 1 as id");

        Said said = MillraceProcess.run(folder, "build", "--log-format", "json");

        assertThat(said.code()).as(said.out() + said.err()).isZero();
        List<String> lines = said.out().lines().toList();
        ObjectMapper json = new ObjectMapper();
        for (String line : lines) {
            assertThat(json.readTree(line).at("/info/name").asText()).isNotEmpty();
        }
        assertThat(json.readTree(lines.get(lines.size() - 1))
                        .at("/data/success")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void fail_fast_stops_what_runs() throws IOException {
        project.model("endless", "{{ config(materialized='table') }} " + ENDLESS)
                .model("wrong", "{{ config(materialized='table') }} select nothing");

        Said said = MillraceProcess.run(folder, "run", "--fail-fast", "--threads", "2");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("ERROR  model wrong").contains("SKIP   model endless");
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void a_signal_cancels_the_run_and_leaves_the_old_table(String signal, int code) throws IOException, SQLException {
        project.model("loans", "{{ config(materialized='table') }} select 42 as n")
                .model("report", "select * from {{ ref('loans') }}");
        assertThat(MillraceProcess.run(folder, "build").code()).isZero();
        project.model("loans", "{{ config(materialized='table') }} " + ENDLESS);

        try (MillraceProcess process = MillraceProcess.start(folder, "build", "--log-format", "json")) {
            process.awaitOutput("\"NodeStarted\"");
            process.signal(signal);
            Said said = process.end();

            assertThat(said.code()).isEqualTo(code);
            assertThat(said.out()).contains("\"Cancelling\"").contains("\"cancelled\":true");
        }

        assertThat(project.number("select n from loans")).isEqualTo(42);
        assertThat(project.number("select count(*) from report")).isEqualTo(1);
    }

    @Test
    void show_prints_the_first_rows() throws IOException {
        project.model("loans", "select range as id from range(10)");

        assertThat(MillraceProcess.run(folder, "show", "-s", "loans", "--limit", "2")
                        .out())
                .contains("| id |")
                .contains("|  1 |")
                .doesNotContain("|  2 |");
        assertThat(MillraceProcess.run(folder, "show", "--inline", "select 7 as n", "--output", "json")
                        .out())
                .contains("\"n\" : 7");
    }

    @Test
    void compile_prints_sql() throws IOException {
        project.model("loans", "select 1 as id").model("report", "select * from {{ ref('loans') }}");

        Said said = MillraceProcess.run(folder, "compile", "-s", "report");

        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("\"loans\"");
        assertThat(Files.readString(folder.resolve("target/compiled/library/models/report.sql")))
                .contains("\"loans\"");
    }
}
