package dev.millrace.cli;

import dev.millrace.cli.init.StarterProject;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a small project that builds at once. Asks nothing. */
@Command(name = "init", description = "Write a small working project into the folder NAME, or here.")
final class InitCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "NAME",
            arity = "0..1",
            description = "A folder to make; without it the working directory, which must be empty.")
    @Nullable
    private Path name;

    private final Millrace millrace;

    InitCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        Surroundings surroundings = millrace.surroundings();
        Path base = millrace.options.projectDir == null
                ? surroundings.workingDir()
                : surroundings.resolve(millrace.options.projectDir);
        Path folder = name == null ? base : base.resolve(name).normalize();
        refuseUnlessEmpty(folder);
        Path last = folder.getFileName();
        String project = StarterProject.nameFrom(last == null ? "project" : last.toString());
        PrintStream out = surroundings.out();
        StarterProject.write(folder, project).forEach(file -> out.println("  " + file));
        out.println("Wrote the project " + project + " into " + folder);
        String where = folder.equals(surroundings.workingDir()) ? "" : "cd " + shown(folder) + " && ";
        out.println("Next: " + where + "millrace build");
        return ExitCode.OK;
    }

    private Path shown(Path folder) {
        Path here = millrace.surroundings().workingDir();
        return folder.startsWith(here) ? here.relativize(folder) : folder;
    }

    private static void refuseUnlessEmpty(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> !file.getFileName().toString().equals(".git"))
                    .findFirst()
                    .ifPresent(file -> {
                        throw new MillraceException(
                                ErrorCode.USAGE,
                                folder + " is not empty: it holds " + file.getFileName(),
                                null,
                                "Name a new folder: millrace init my_project.",
                                null);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }
}
