package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessTest {
    @TempDir
    Path folder;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder).model("stones", "select 1 as id").file("models/groups.yml", """
                groups:
                  - {name: millers, owner: {name: Ann, email: ann@mill.example}}
                models:
                  - name: stones
                    access: private
                    config: {group: millers}
                    columns: [{name: id, data_tests: [unique]}]
                """);
    }

    @Test
    void a_private_model_is_for_its_group() {
        project.model("flour", "{{ config(group='millers') }} select * from {{ ref('stones') }}")
                .build()
                .succeeded();
    }

    @Test
    void a_ref_from_outside_the_group_is_an_error_at_its_place() {
        project.model("bread", "select id\nfrom {{ ref('stones') }}");
        assertThatThrownBy(project::graph).isInstanceOfSatisfying(MillraceException.class, problem -> {
            assertThat(problem.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
            assertThat(problem.text()).contains("model.mill.bread").contains("'millers'");
            assertThat(problem.position().orElseThrow().file()).isEqualTo("models/bread.sql");
            assertThat(problem.position().orElseThrow().line()).isEqualTo(2);
        });
    }

    @Test
    void a_group_that_is_not_there_is_an_error_with_the_nearest_one() {
        project.model("flour", "{{ config(group='miller') }} select 1 as id");
        assertThatThrownBy(project::graph)
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        problem -> assertThat(problem.hint())
                                .hasValueSatisfying(hint -> assertThat(hint).contains("'millers'")));
    }

    @Test
    void protected_models_of_a_package_that_restricts_access_are_its_own() {
        project.file("dbt_packages/grain/dbt_project.yml", "name: grain\nversion: '1.0'\nrestrict-access: true\n")
                .file("dbt_packages/grain/models/inner.sql", "select 1 as id")
                .file(
                        "dbt_packages/grain/models/outer.sql",
                        "{{ config(access='public') }} select * from {{ ref('inner') }}")
                .model("fine", "select * from {{ ref('outer') }}");
        project.build().succeeded();
        project.model("not_fine", "select * from {{ ref('grain', 'inner') }}");
        assertThatThrownBy(project::graph)
                .isInstanceOfSatisfying(
                        MillraceException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ErrorCode.ACCESS_DENIED));
    }
}
