package dev.millrace.quality.internal.suite;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Problems;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlReader;
import dev.millrace.quality.internal.json.JsonNodes;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the suites of a project: the JSON and YAML files below {@code expectations/}. */
public final class SuiteFiles {
    private static final String FOLDER = "expectations";
    /** Where Great Expectations keeps a project of its own, with the suites in a folder below. */
    private static final List<String> ROOTS = List.of(FOLDER, "gx/" + FOLDER, "great_expectations/" + FOLDER);

    private SuiteFiles() {}

    /** The suites in the order of their files; one that is wrong is told to {@code problems} and left out. */
    public static List<Suite> read(Project project, RelationFinder relations, Problems problems) {
        List<Suite> suites = new ArrayList<>();
        Map<String, Suite> seen = new HashMap<>();
        for (String root : ROOTS) {
            for (Path file : files(project.root().resolve(root))) {
                problems.collect(() -> {
                    SuiteReader reader = new SuiteReader(project, relations, problems);
                    YamlMap map = parse(file, project.display(file));
                    reader.read(map, project.display(file)).ifPresent(suite -> {
                        Suite other = seen.putIfAbsent(suite.name(), suite);
                        if (other != null) {
                            throw new MillraceException(
                                    ErrorCode.NODE_DUPLICATE,
                                    "two suites are named '" + suite.name() + "'; the other stands in " + other.file(),
                                    suite.position(),
                                    "Rename one of them.",
                                    null);
                        }
                        suites.add(suite);
                    });
                });
            }
        }
        return suites;
    }

    /** Reads a file of either form as a mapping. */
    public static YamlMap parse(Path file, String shown) {
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
            return YamlReader.readMap(file, shown);
        }
        try {
            YamlNode node = JsonNodes.parse(Files.readString(file), shown);
            if (node instanceof YamlMap map) {
                return map;
            }
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "a suite must be an object, but the file holds " + node.describe(),
                    node.position(),
                    null,
                    null);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "cannot read the file: " + e.getMessage(),
                    Position.ofFile(shown),
                    "Check that it exists, is readable and is UTF-8.",
                    e);
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(json|ya?ml)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID, "cannot read the folder " + folder + ": " + e.getMessage(), e);
        }
    }
}
