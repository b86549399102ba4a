package dev.millrace.core.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectLoaderTest {
    private static final String PROFILES = """
            shop:
              target: "{{ env_var('SHOP_TARGET', 'dev') }}"
              outputs:
                dev:
                  type: duckdb
                  path: shop.duckdb
                  threads: "{{ 1 + 2 }}"
                prod:
                  type: snowflake
                  password: "{{ env_var('SNOWFLAKE_PASSWORD') }}"
            lake:
              target: local
              outputs:
                local: {type: duckdb, path: lake.duckdb}
            """;

    @TempDir
    Path dir;

    @Test
    void the_target_of_the_profile_is_rendered_with_its_types() throws IOException {
        write("dbt_project.yml", "name: shop\nprofile: shop\nvars: {a: 1, shop: {a: 2}}\n");
        write("profiles.yml", PROFILES);

        Project project = ProjectLoader.load(invocation());

        assertThat(project.name()).isEqualTo("shop");
        assertThat(project.target().name()).isEqualTo("dev");
        assertThat(project.threads()).isEqualTo(3);
        assertThat(project.vars().value("shop", "a")).isEqualTo(2L);
        assertThat(project.vars().value("other", "a")).isEqualTo(1L);
    }

    @Test
    void a_project_may_consist_of_millrace_yml_alone() throws IOException {
        write("millrace.yml", "name: flow\nprofile: lake\n");
        write("profiles.yml", PROFILES);

        Project project = ProjectLoader.load(invocation());

        assertThat(project.name()).isEqualTo("flow");
        assertThat(project.target()).hasToString("lake.local (duckdb)");
    }

    @Test
    void another_logical_warehouse_falls_back_to_its_own_target() throws IOException {
        write("dbt_project.yml", "name: shop\nprofile: shop\n");
        write("profiles.yml", PROFILES);

        Project project = ProjectLoader.load(invocation().withTarget("dev"));

        assertThat(project.warehouse("lake", null).name()).isEqualTo("local");
    }

    @Test
    void an_output_that_is_not_used_needs_no_environment() throws IOException {
        write("dbt_project.yml", "name: shop\nprofile: shop\n");
        write("profiles.yml", PROFILES);

        MillraceException e = failure(invocation().withTarget("prod"));

        assertThat(e.code()).isEqualTo(ErrorCode.ENV_VAR_MISSING);
        assertThat(e.position().orElseThrow()).hasToString("profiles.yml:10:21");
    }

    @Test
    void an_unknown_target_is_reported_with_those_there_are() throws IOException {
        write("dbt_project.yml", "name: shop\nprofile: shop\n");
        write("profiles.yml", PROFILES);

        MillraceException e = failure(invocation().withTarget("prd"));

        assertThat(e.code()).isEqualTo(ErrorCode.TARGET_NOT_FOUND);
        assertThat(e.hint()).contains("Did you mean 'prod'?");
    }

    @Test
    void an_unknown_profile_is_reported_where_it_is_named() throws IOException {
        write("dbt_project.yml", "name: shop\nprofile: shopp\n");
        write("profiles.yml", PROFILES);

        MillraceException e = failure(invocation());

        assertThat(e.code()).isEqualTo(ErrorCode.PROFILE_NOT_FOUND);
        assertThat(e.position().orElseThrow()).hasToString("dbt_project.yml:2:1");
        assertThat(e.hint().orElseThrow()).contains("Did you mean 'shop'?");
    }

    @Test
    void an_empty_folder_is_no_project() {
        assertThat(failure(invocation()).code()).isEqualTo(ErrorCode.PROJECT_NOT_FOUND);
    }

    @Test
    void variables_of_the_command_line_win() throws IOException {
        write("dbt_project.yml", "name: \"{{ var('n') }}\"\nprofile: shop\nvars: {n: x}\n");
        write("profiles.yml", PROFILES);

        assertThat(ProjectLoader.load(invocation().withVars(Map.of("n", "y"))).name())
                .isEqualTo("y");
    }

    private Invocation invocation() {
        return new Invocation(
                "build",
                dir,
                Optional.of(dir).filter(d -> Files.exists(d.resolve("profiles.yml"))),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                false,
                Map.of());
    }

    private static MillraceException failure(Invocation invocation) {
        return catchThrowableOfType(MillraceException.class, () -> ProjectLoader.load(invocation));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(dir.resolve(file), text);
    }
}
