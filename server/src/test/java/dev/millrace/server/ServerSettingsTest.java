package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.core.MillraceException;
import dev.millrace.core.ProblemsException;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.ProjectLoader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void without_a_section_it_is_this_machine_only() {
        ServerSettings settings = read("name: shop\n", Map.of());

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(ServerSettings.DEFAULT_PORT);
        assertThat(settings.loopback()).isTrue();
    }

    @Test
    void tokens_are_read_from_the_environment_and_never_printed() {
        ServerSettings settings = read("""
                server:
                  host: 0.0.0.0
                  port: "{{ env_var('PORT', '9000') }}"
                  tokens:
                    - {name: ann, role: viewer, token: ANN_TOKEN}
                """, Map.of("ANN_TOKEN", "0123456789abcdef0123"));

        assertThat(settings.port()).isEqualTo(9000);
        assertThat(settings.tokens()).singleElement().satisfies(token -> {
            assertThat(token.role()).isEqualTo(Role.VIEWER);
            assertThat(token.secret().reveal()).isEqualTo("0123456789abcdef0123");
        });
        assertThat(settings.toString()).doesNotContain("0123456789");
    }

    @Test
    void every_mistake_is_told_at_its_place() {
        ProblemsException problems = catchThrowableOfType(
                ProblemsException.class, () -> read("""
                        server:
                          hots: a
                          port: 70000
                          tokens:
                            - {name: ann, role: viewr, token: ANN_TOKEN}
                            - {name: bob, role: admin, token: BOB_TOKEN}
                        """, Map.of("ANN_TOKEN", "0123456789abcdef0123")));

        assertThat(problems.problems().stream()
                        .map(e -> e.position().orElseThrow().toString() + " " + e.text()))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("millrace.yml:3:3 ")
                                .contains("hots"),
                        second -> assertThat(second)
                                .startsWith("millrace.yml:4:9 ")
                                .contains("70000"),
                        third -> assertThat(third)
                                .startsWith("millrace.yml:6:25 ")
                                .contains("viewr"),
                        fourth -> assertThat(fourth)
                                .startsWith("millrace.yml:7:39 ")
                                .contains("BOB_TOKEN"));
    }

    @Test
    void a_secret_written_where_a_variable_belongs_is_not_repeated() {
        MillraceException problem = catchThrowableOfType(
                MillraceException.class,
                () -> read("server:\n  tokens:\n    - {name: a, role: admin, token: s3cr3t-itself}\n", Map.of()));

        assertThat(problem.text()).doesNotContain("s3cr3t");
    }

    @Test
    void an_open_address_needs_tokens() {
        MillraceException problem =
                catchThrowableOfType(MillraceException.class, () -> read("server:\n  host: 0.0.0.0\n", Map.of()));

        assertThat(problem.position().orElseThrow().toString()).isEqualTo("millrace.yml:3:3");
        assertThat(problem.hint().orElseThrow()).contains("tokens");
    }

    private ServerSettings read(String yaml, Map<String, String> environment) {
        SampleFiles.write(folder);
        SampleFiles.file(folder, "millrace.yml", "# settings\n" + yaml);
        Invocation plain = Invocation.of("up", folder);
        return ServerSettings.of(ProjectLoader.load(new Invocation(
                plain.command(),
                folder,
                plain.profilesDir(),
                plain.profile(),
                plain.target(),
                Map.of(),
                plain.threads(),
                false,
                environment)));
    }
}
