package dev.millrace.assets.internal;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.project.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Java files of a project.
 *
 * @param sources {@code assets/**}{@code /*.java}, sorted
 * @param libraries {@code assets/lib/*.jar}, sorted
 */
record JavaFiles(Project project, Path folder, List<Path> sources, List<Path> libraries) {
    static JavaFiles of(Project project) {
        Path folder = project.root().resolve("assets");
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
            Path lib = folder.resolve("lib");
            return new JavaFiles(
                    project,
                    folder,
                    all.stream().filter(file -> ends(file, ".java")).toList(),
                    all.stream()
                            .filter(file -> ends(file, ".jar") && lib.equals(file.getParent()))
                            .toList());
        } catch (IOException e) {
            throw new MillraceException(ErrorCode.PROJECT_NOT_FOUND, folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean ends(Path file, String suffix) {
        return file.getFileName().toString().endsWith(suffix);
    }

    /** Of all that the compiled classes depend on. */
    String fingerprint(String classPath) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((System.getProperty("java.version") + "\0" + classPath).getBytes(StandardCharsets.UTF_8));
            for (Path source : sources) {
                digest.update((project.display(source) + "\0").getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(source));
            }
            for (Path library : libraries) {
                String state = library + "\0" + Files.size(library) + "\0" + Files.getLastModifiedTime(library);
                digest.update(state.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, 32);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the method {@code name} of a class is declared; the file alone if that is not to be seen. */
    Position position(Class<?> type, String name) {
        String path = type.getName().replaceAll("\\$.*", "").replace('.', '/') + ".java";
        for (Path source : sources) {
            if (project.display(source).endsWith("/" + path)) {
                return position(source, name);
            }
        }
        return Position.ofFile("assets/" + path);
    }

    private Position position(Path source, String name) {
        Pattern declared = Pattern.compile("[\\w>\\]]\\s+(" + Pattern.quote(name) + ")\\s*\\(");
        try {
            List<String> lines = Files.readAllLines(source);
            for (int i = 0; i < lines.size(); i++) {
                Matcher matcher = declared.matcher(lines.get(i));
                if (matcher.find()) {
                    return new Position(project.display(source), i + 1, matcher.start(1) + 1);
                }
            }
            return Position.ofFile(project.display(source));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
