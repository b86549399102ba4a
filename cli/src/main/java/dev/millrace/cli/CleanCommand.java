package dev.millrace.cli;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlNode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Deletes what dbt_project.yml lists as {@code clean-targets}; never anything outside the project. */
@Command(name = "clean", description = "Delete the folders of clean-targets in dbt_project.yml (default: target/).")
final class CleanCommand implements Callable<Integer> {
    private final Millrace millrace;

    CleanCommand(Millrace millrace) {
        this.millrace = millrace;
    }

    @Override
    public Integer call() {
        try (Workspace workspace = millrace.open("clean")) {
            PrintStream out = millrace.surroundings().out();
            for (Path folder : targets(workspace.project())) {
                if (Files.exists(folder)) {
                    delete(folder);
                    out.println("Deleted " + workspace.project().display(folder));
                }
            }
            return ExitCode.OK;
        }
    }

    private static List<Path> targets(Project project) {
        List<Path> targets = new ArrayList<>();
        YamlNode listed =
                project.dbtProject().get("clean-targets").map(project::render).orElse(null);
        if (!(listed instanceof YamlList list)) {
            return List.of(project.targetDir());
        }
        for (YamlNode item : list.items()) {
            Path folder = project.root().resolve(String.valueOf(item.toJava())).normalize();
            if (!folder.startsWith(project.root()) || folder.equals(project.root())) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "clean-targets names '" + item.toJava() + "', which is not inside the project",
                        item.position(),
                        "Millrace deletes only folders inside the project.",
                        null);
            }
            for (String precious : List.of("models", "seeds", "tests", "macros", "snapshots", "analyses")) {
                if (folder.equals(project.root().resolve(precious))) {
                    throw new MillraceException(
                            ErrorCode.CONFIG_INVALID,
                            "clean-targets names '" + precious + "', which holds files you wrote",
                            item.position(),
                            "Remove it from clean-targets.",
                            null);
                }
            }
            targets.add(folder);
        }
        return targets;
    }

    private static void delete(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
