package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.project.Invocation;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void an_option_means_the_same_before_and_after_the_command() {
        for (List<String> line : List.of(
                List.of("--full-refresh", "--threads", "7", "-t", "prod", "--fail-fast", "ls"),
                List.of("ls", "--full-refresh", "--threads", "7", "-t", "prod", "--fail-fast"),
                List.of("-f", "-x", "--threads=7", "ls", "--target", "prod"))) {
            Settings settings = parsed(Map.of(), line);
            Invocation invocation = settings.invocation("build");

            assertThat(invocation.fullRefresh()).as("%s", line).isTrue();
            assertThat(invocation.threads()).contains(7);
            assertThat(invocation.target()).contains("prod");
            assertThat(settings.failFast()).isTrue();
        }
    }

    @Test
    void an_option_wins_over_its_variable() {
        Map<String, String> variables = Map.of("DBT_FAIL_FAST", "true", "DBT_TARGET", "prod", "DBT_LOG_LEVEL", "error");

        Settings plain = parsed(variables, List.of("ls"));
        assertThat(plain.failFast()).isTrue();
        assertThat(plain.invocation("ls").target()).contains("prod");
        assertThat(plain.logLevel()).isEqualTo(LogLevel.ERROR);

        Settings told = parsed(variables, List.of("ls", "--no-fail-fast", "--target", "dev", "--log-level", "debug"));
        assertThat(told.failFast()).isFalse();
        assertThat(told.invocation("ls").target()).contains("dev");
        assertThat(told.logLevel()).isEqualTo(LogLevel.DEBUG);
    }

    @Test
    void vars_are_yaml_or_json() {
        assertThat(parsed(Map.of(), List.of("ls", "--vars", "{start: 2024, region: eu}"))
                        .invocation("ls")
                        .vars())
                .containsEntry("start", 2024L)
                .containsEntry("region", "eu");
        assertThat(parsed(Map.of(), List.of("ls", "--vars", "{\"a\": [1, 2]}"))
                        .invocation("ls")
                        .vars())
                .containsEntry("a", List.of(1L, 2L));
    }

    @Test
    void colours_are_off_in_a_pipe_unless_asked_for() {
        assertThat(parsed(Map.of(), List.of("ls")).style().colour()).isFalse();
        assertThat(parsed(Map.of(), List.of("ls", "--use-colors")).style().colour())
                .isTrue();
        assertThat(parsed(Map.of("DBT_USE_COLORS", "1"), List.of("ls")).style().colour())
                .isTrue();
        assertThat(parsed(Map.of("DBT_USE_COLORS", "1"), List.of("ls", "--no-color"))
                        .style()
                        .colour())
                .isFalse();
    }

    @Test
    void threads_below_one_are_refused() {
        assertThatThrownBy(
                        () -> parsed(Map.of(), List.of("ls", "--threads", "0")).invocation("ls"))
                .hasMessage("--threads must be at least 1, but is 0");
    }

    @Test
    void the_command_to_run_again_keeps_what_changes_the_project() {
        Settings settings =
                parsed(Map.of(), List.of("ls", "--project-dir", "shop", "-t", "prod", "--vars", "{a: 'b'}"));

        assertThat(settings.again("build"))
                .isEqualTo("millrace build --project-dir shop --target prod --vars '{a: '\\''b'\\''}'");
    }

    private static Settings parsed(Map<String, String> environment, List<String> arguments) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Millrace millrace = new Millrace(new Surroundings(
                nowhere, nowhere, false, environment, Path.of("").toAbsolutePath(), Clock.systemUTC()));
        Commands.commandLine(millrace, arguments).parseArgs(arguments.toArray(String[]::new));
        return millrace.settings();
    }
}
