package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.cli.Terminal.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plan} beside what was built. */
class PlanCommandTest {
    @TempDir
    private Path folder;

    private SmallProject project;
    private Terminal terminal;

    @BeforeEach
    void makeProject() throws IOException {
        terminal = new Terminal(folder);
        project = SmallProject.in(folder)
                .file("seeds/loans.csv", "id,days\n1,10\n2,40\n")
                .model("stg_loans", "select id, days from {{ ref('loans') }}")
                .model("late", "select id, {{ weeks('days') }} as weeks from {{ ref('stg_loans') }} where days > 30")
                .model("history", """
                        {{ config(materialized='incremental', unique_key='id') }}
                        select id from {{ ref('late') }}
                        {% if is_incremental() %}where id > (select max(id) from {{ this }}){% endif %}
                        """)
                .file("macros/weeks.sql", "{% macro weeks(days) %}({{ days }} / 7){% endmacro %}")
                .file("models/all.yml", """
                        models:
                          - name: late
                            columns: [{name: id, tests: [unique]}]
                        exposures:
                          - {name: reminders, type: application, owner: {name: desk}, depends_on: [ref('late')]}
                        """);
    }

    private Said run(String... arguments) {
        return terminal.run(arguments);
    }

    private JsonNode plan(String... more) throws IOException {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "plan";
        arguments[1] = "--output";
        arguments[2] = "json";
        System.arraycopy(more, 0, arguments, 3, more.length);
        Said said = run(arguments);
        assertThat(said.code()).as(said.out() + said.err()).isZero();
        return new ObjectMapper().readTree(said.out());
    }

    private static JsonNode node(JsonNode plan, String id) {
        for (JsonNode node : plan.path("nodes")) {
            if (node.path("unique_id").asText().equals(id)) {
                return node;
            }
        }
        throw new AssertionError("no " + id + " in " + plan);
    }

    private void build() {
        Said said = run("build");
        assertThat(said.code()).as(said.out() + said.err()).isZero();
    }

    @Test
    void before_the_first_build_all_is_new_and_nothing_is_written() throws IOException {
        JsonNode plan = plan();

        assertThat(plan.path("first").asBoolean()).isTrue();
        assertThat(plan.path("nodes").findValuesAsText("change")).containsOnly("added");
        assertThat(node(plan, "model.library.history").path("problem").isMissingNode())
                .isTrue();
        assertThat(folder.resolve("library.duckdb")).doesNotExist();
        assertThat(folder.resolve("target/manifest.json")).doesNotExist();
        assertThat(folder.resolve("target/compiled")).doesNotExist();
        assertThat(folder.resolve(".millrace")).doesNotExist();
    }

    @Test
    void after_a_build_nothing_has_changed_whatever_kind_of_build_it_was() throws IOException {
        build();
        assertThat(plan().path("nodes").findValuesAsText("change")).containsOnly("unchanged");
        build();
        assertThat(plan().path("nodes").findValuesAsText("change")).containsOnly("unchanged");
    }

    @Test
    void comments_and_formatting_are_no_breaking_change() throws IOException {
        build();
        project.model("stg_loans", "-- all of them\nSELECT\n  id,\n  days\nFROM {{ ref('loans') }}");

        JsonNode changed = node(plan(), "model.library.stg_loans");

        assertThat(changed.path("change").asText()).isEqualTo("changed");
        assertThat(changed.path("breaking").asBoolean()).isFalse();
        assertThat(changed.path("columns").path("added")).isEmpty();
    }

    @Test
    void a_column_more_breaks_nothing_and_one_less_breaks_what_is_downstream() throws IOException {
        build();
        project.model("stg_loans", "select id, days, days > 100 as lost from {{ ref('loans') }}");
        JsonNode more = plan();
        project.model("stg_loans", "select days from {{ ref('loans') }}");
        JsonNode less = plan();

        assertThat(node(more, "model.library.stg_loans").path("breaking").asBoolean())
                .isFalse();
        assertThat(node(more, "model.library.stg_loans").path("columns").path("added"))
                .hasToString("[\"lost\"]");
        assertThat(node(more, "model.library.late").path("broken_by")).isEmpty();
        assertThat(node(less, "model.library.stg_loans").path("breaking").asBoolean())
                .isTrue();
        assertThat(node(less, "model.library.stg_loans").path("columns").path("removed"))
                .hasToString("[\"id\"]");
        assertThat(node(less, "exposure.library.reminders").path("broken_by"))
                .hasToString("[\"model.library.stg_loans\"]");
    }

    @Test
    void a_macro_changes_the_models_that_call_it() throws IOException {
        build();
        project.file("macros/weeks.sql", "{% macro weeks(days) %}({{ days }} // 7){% endmacro %}");

        JsonNode plan = plan();

        JsonNode late = node(plan, "model.library.late");
        assertThat(late.path("reasons")).hasToString("[{\"part\":\"macro\",\"detail\":\"weeks\"}]");
        assertThat(late.path("columns").path("changed")).hasToString("[\"weeks\"]");
        assertThat(late.path("breaking").asBoolean()).isTrue();
        assertThat(node(plan, "model.library.stg_loans").path("change").asText())
                .isEqualTo("unchanged");
    }

    @Test
    void what_a_partial_build_left_out_is_still_told_later() throws IOException {
        build();
        project.model("stg_loans", "select id, days + 1 as days from {{ ref('loans') }}")
                .file("seeds/loans.csv", "id,days\n1,10\n");
        assertThat(run("seed").code()).isZero();

        JsonNode plan = plan();

        assertThat(node(plan, "seed.library.loans").path("change").asText()).isEqualTo("unchanged");
        assertThat(node(plan, "model.library.stg_loans").path("change").asText())
                .isEqualTo("changed");
    }

    @Test
    void an_increment_is_compared_as_an_increment_and_its_filter_told() throws IOException {
        build();
        project.model("history", """
                {{ config(materialized='incremental', unique_key='id') }}
                select id from {{ ref('late') }}
                {% if is_incremental() %}where id >= (select max(id) from {{ this }}){% endif %}
                """);

        JsonNode history = node(plan(), "model.library.history");

        assertThat(history.path("breaking").asBoolean()).isTrue();
        assertThat(history.path("build").asText()).contains("by id").contains("where id >= (select max(id)");
    }

    @Test
    void settings_and_removed_models_are_told() throws IOException {
        build();
        project.model(
                "late",
                "{{ config(materialized='table') }}select id, {{ weeks('days') }} as weeks from"
                        + " {{ ref('stg_loans') }} where days > 30");
        Files.delete(folder.resolve("models/history.sql"));

        JsonNode plan = plan();

        assertThat(node(plan, "model.library.late").path("reasons").toString()).contains("materialized");
        assertThat(node(plan, "model.library.late").path("breaking").asBoolean())
                .isFalse();
        assertThat(plan.path("removed").get(0).path("unique_id").asText()).isEqualTo("model.library.history");
        assertThat(plan.path("removed").get(0).path("exists").asBoolean()).isTrue();
    }

    @Test
    void a_model_that_tells_the_time_is_not_changed_by_it() throws IOException {
        project.model("stamped", "select '{{ run_started_at }}' as at");
        build();
        assertThat(node(plan(), "model.library.stamped").path("change").asText())
                .isEqualTo("unchanged");
    }

    @Test
    void a_state_folder_of_another_target_compares_by_what_relations_stand_for() throws IOException {
        build();
        Files.createDirectories(folder.resolve("kept"));
        Files.copy(
                folder.resolve("target/manifest.json"),
                folder.resolve("kept/manifest.json"),
                StandardCopyOption.REPLACE_EXISTING);
        project.file("profiles.yml", """
                library:
                  target: other
                  outputs:
                    other: {type: duckdb, path: other.duckdb, schema: elsewhere}
                """).model("late", "select id from {{ ref('stg_loans') }} where days > 30");

        JsonNode plan = plan("--state", "kept");

        assertThat(node(plan, "model.library.stg_loans").path("change").asText())
                .isEqualTo("unchanged");
        assertThat(node(plan, "model.library.late").path("columns").path("removed"))
                .hasToString("[\"weeks\"]");
    }

    @Test
    void the_text_names_what_changed_what_it_reaches_and_the_lines() throws IOException {
        build();
        project.model("stg_loans", "select id, days * 2 as days from {{ ref('loans') }}");

        Said said = run("plan", "--diff");

        assertThat(said.out())
                .contains("~ model stg_loans  breaking")
                .contains("columns  ~days")
                .contains("reaches  model late, history; exposure reminders")
                .contains("+select id, days * 2 as days")
                .contains("A breaking change reaches")
                .contains("0 new, 1 changed (1 breaking), 0 removed");
    }

    @Test
    void an_unknown_form_is_refused() {
        Said said = run("plan", "--output", "jsn");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("json");
    }
}
