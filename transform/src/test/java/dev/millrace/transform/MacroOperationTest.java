package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.graph.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MacroOperationTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder).model("one", "select 1 as x").file("macros/ops.sql", """
                {% macro keep(number, times=1) %}
                  {% do run_query('create or replace table kept as select ' ~ number * times ~ ' as n') %}
                  {{ log('kept ' ~ number ~ ' in ' ~ ref('one'), info=true) }}
                {% endmacro %}
                {% macro open_end() %}
                  {% call statement('x') %}create table open_end (n int){% endcall %}
                {% endmacro %}
                """);
    }

    private TestProject.Outcome call(String macro, Map<String, @Nullable Object> arguments) {
        return project.with((loaded, layer, warehouses, graph) -> TestProject.run(
                loaded,
                new MacroOperation(layer).graph(macro, arguments),
                node -> true,
                List.of(new ArtifactWriter(layer))));
    }

    @Test
    void a_macro_runs_with_its_arguments() {
        TestProject.Outcome outcome =
                call("keep", Map.of("number", 7L, "times", 6L)).succeeded();

        assertThat(project.rows("select n from kept")).containsExactly("[42]");
        assertThat(outcome.messages()).anyMatch(text -> text.contains("kept 7 in \"mill\".\"main\".\"one\""));
        assertThat(DbtSchemas.read(project, "run_results.json", "run-results-v6.json")
                        .at("/results/0/unique_id")
                        .asString())
                .isEqualTo("operation.mill.keep");
    }

    @Test
    void a_package_may_stand_before_the_macro() {
        call("mill.keep", Map.of("number", 3L)).succeeded();
        assertThat(project.rows("select n from kept")).containsExactly("[3]");
    }

    @Test
    void what_is_not_committed_is_rolled_back() {
        call("open_end", Map.of()).succeeded();
        assertThat(project.kind("main", "open_end")).isEqualTo("nothing");
    }

    @Test
    void an_argument_that_the_macro_does_not_take_is_an_error() {
        assertThat(call("keep", Map.of("nmber", 1L)).status("operation.mill.keep"))
                .isEqualTo(Status.ERROR);
    }

    @Test
    void an_unknown_macro_is_told_with_the_nearest() {
        assertThatThrownBy(() -> call("kep", Map.of())).hasMessageContaining("'kep'");
    }
}
