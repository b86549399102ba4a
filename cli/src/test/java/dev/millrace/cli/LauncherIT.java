package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.Terminal.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code millrace} with the distribution that the build has just made. */
class LauncherIT {
    private static final Path SCRIPT =
            Path.of("..", "millrace").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @Test
    void it_runs_from_any_folder_and_through_a_symbolic_link() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("mill"), SCRIPT);

        assertThat(run(link, "--version").out()).startsWith("millrace ");
        assertThat(run(SCRIPT, "--version").out()).startsWith("millrace ");
    }

    @Test
    void it_hands_on_arguments_as_they_are_and_the_exit_code() throws IOException {
        Said said = run(SCRIPT, "build", "--vars", "{a: 'x  y'");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("--vars '{a: 'x  y'' is not a mapping");
    }

    @Test
    void a_java_home_that_is_none_is_said_clearly() throws IOException {
        Said said = runWith(List.of("JAVA_HOME=" + folder), SCRIPT, "--version");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).isEqualTo("millrace: JAVA_HOME is " + folder + ", but there is no bin/java in it.\n");
    }

    @Test
    void an_old_java_is_said_clearly() throws IOException {
        Path java = folder.resolve("jdk/bin/java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Files.writeString(folder.resolve("jdk/release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"11.0.2\"\n");

        Said said = runWith(List.of("JAVA_HOME=" + folder.resolve("jdk")), SCRIPT, "--version");

        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("needs Java 17 or newer, but " + java + " is 11.0.2");
    }

    private Said run(Path script, String... arguments) throws IOException {
        return runWith(List.of(), script, arguments);
    }

    private Said runWith(List<String> variables, Path script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/env"));
        command.addAll(variables);
        command.add(script.toString());
        command.addAll(List.of(arguments));
        try (MillraceProcess process = MillraceProcess.start(folder, command)) {
            return process.end();
        }
    }
}
