package dev.millrace.cdc.internal.config;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Problems;
import dev.millrace.core.project.Project;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the connector resources of a project: every document of every YAML file under {@code cdc/}. */
public final class ConnectorFiles {
    private static final String FOLDER = "cdc";

    private ConnectorFiles() {}

    /**
     * The connectors, in the order of their files.
     *
     * @throws MillraceException with everything that is wrong in them
     */
    public static List<ConnectorSpec> read(Project project) {
        Problems problems = new Problems();
        Map<String, ConnectorSpec> connectors = new LinkedHashMap<>();
        for (Path file : files(project.root().resolve(FOLDER))) {
            problems.collect(() -> {
                for (YamlMap document : documents(file, project.display(file))) {
                    problems.collect(() -> ConnectorParser.parse(project.render(document), stem(file))
                            .ifPresent(spec -> add(connectors, spec)));
                }
            });
        }
        problems.throwIfAny();
        return List.copyOf(connectors.values());
    }

    private static void add(Map<String, ConnectorSpec> connectors, ConnectorSpec spec) {
        ConnectorSpec other = connectors.putIfAbsent(spec.name(), spec);
        if (other != null) {
            throw new MillraceException(
                    ErrorCode.NODE_DUPLICATE,
                    "two connectors are named '" + spec.name() + "'; the other stands at " + other.position(),
                    spec.position(),
                    "Give one of them another metadata.name.",
                    null);
        }
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile)
                    .filter(file ->
                            file.toString().endsWith(".yml") || file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new MillraceException(ErrorCode.CONFIG_INVALID, "cannot list the folder " + folder, e);
        }
    }

    private static String stem(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
    }

    /** The mappings of a file that may hold several documents, each with its positions in the whole file. */
    private static List<YamlMap> documents(Path file, String display) {
        List<YamlMap> documents = new ArrayList<>();
        for (String part : split(read(file, display))) {
            YamlNode node = YamlReader.parse(part, display);
            if (node instanceof YamlMap map) {
                documents.add(map);
            } else if (node.toJava() != null) {
                throw new MillraceException(
                        ErrorCode.CONFIG_INVALID,
                        "a connector must be a mapping, but is " + node.describe(),
                        node.position(),
                        null,
                        null);
            }
        }
        return documents;
    }

    private static String read(Path file, String display) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "cannot read the file: " + e.getMessage(),
                    Position.ofFile(display),
                    "Check that it is readable and is UTF-8.",
                    e);
        }
    }

    /** Each document after as many empty lines as stand before it, so that its lines keep their numbers. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int line = 0;
        for (String content : text.split("\n", -1)) {
            if (content.equals("---") || content.startsWith("--- ") || content.startsWith("---\r")) {
                parts.add(part.toString());
                part = new StringBuilder("\n".repeat(line)).append("   ").append(content.substring(3));
            } else {
                part.append(content);
            }
            part.append('\n');
            line++;
        }
        parts.add(part.toString());
        return parts;
    }
}
