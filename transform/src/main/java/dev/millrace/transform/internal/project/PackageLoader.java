package dev.millrace.transform.internal.project;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the project's own package and those installed below it. */
public final class PackageLoader {
    private PackageLoader() {}

    /** The root package first, then the installed ones by name. */
    public static List<DbtPackage> load(Project project) {
        YamlMap own = ProjectFile.render(project.dbtProject(), project.globals());
        List<DbtPackage> packages = new ArrayList<>();
        packages.add(new DbtPackage(project.name(), project.root(), true, own, PackagePaths.of(own)));
        Path installed =
                project.root().resolve(own.string("packages-install-path").orElse("dbt_packages"));
        if (Files.isDirectory(installed)) {
            for (Path folder : folders(installed)) {
                Path file = folder.resolve("dbt_project.yml");
                if (Files.isRegularFile(file)) {
                    packages.add(read(project, folder, file));
                }
            }
        }
        return List.copyOf(packages);
    }

    private static DbtPackage read(Project project, Path folder, Path file) {
        YamlMap map = ProjectFile.render(YamlReader.readMap(file, project.display(file)), project.globals());
        return new DbtPackage(map.requireString("name"), folder, false, map, PackagePaths.of(map));
    }

    private static List<Path> folders(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new MillraceException(ErrorCode.CONFIG_INVALID, "cannot list " + parent + ": " + e.getMessage(), e);
        }
    }
}
