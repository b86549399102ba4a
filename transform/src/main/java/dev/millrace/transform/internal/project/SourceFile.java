package dev.millrace.transform.internal.project;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of a package.
 *
 * @param path where it is
 * @param folder the configured folder it was found in, such as {@code models}
 * @param relative its path within that folder, with forward slashes
 * @param display its path as people see it, relative to the project folder
 */
public record SourceFile(DbtPackage owner, Path path, String folder, String relative, String display) {
    /** The path within the package, as dbt's {@code original_file_path}. */
    public String original() {
        return folder.equals(".") ? relative : folder + "/" + relative;
    }

    /** The file's name without its last extension. */
    public String stem() {
        String name = name();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    public String name() {
        return relative.substring(relative.lastIndexOf('/') + 1);
    }

    /** The folders between the configured folder and the file. */
    public String[] folders() {
        int slash = relative.lastIndexOf('/');
        return slash < 0 ? new String[0] : relative.substring(0, slash).split("/");
    }

    public Position position() {
        return new Position(display, 1, 1);
    }

    public byte[] bytes() {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID,
                    "cannot read the file: " + e.getMessage(),
                    Position.ofFile(display),
                    null,
                    e);
        }
    }

    /** The text without a byte order mark. */
    public String text() {
        String text = new String(bytes(), StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
