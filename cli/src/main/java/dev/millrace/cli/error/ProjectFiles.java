package dev.millrace.cli.error;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lines and names of a project's files for error pages.
 *
 * @param root the project folder, absolute
 * @param workingDir what shown paths are relative to, so that a terminal links them
 */
public record ProjectFiles(Path root, Path workingDir) implements SourceText {
    @Override
    public Optional<String> line(String file, int line) {
        Path path = root.resolve(file);
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(path)) {
            return lines.skip(line - 1L).findFirst();
        } catch (MalformedInputException e) {
            return Optional.empty();
        } catch (IOException | java.io.UncheckedIOException e) {
            // The excerpt is a courtesy: without it the error still says what is wrong and where.
            return Optional.empty();
        }
    }

    /** {@code file} relative to the working directory if it lies in it, else absolute. */
    public String display(String file) {
        Path path = root.resolve(file).normalize();
        Path shown = path.startsWith(workingDir) ? workingDir.relativize(path) : path;
        return shown.toString().replace('\\', '/');
    }
}
