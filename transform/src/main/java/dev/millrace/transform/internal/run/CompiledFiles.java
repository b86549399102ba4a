package dev.millrace.transform.internal.run;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.transform.internal.batch.Batch;
import dev.millrace.transform.internal.resource.Resource;
import dev.millrace.transform.internal.resource.UnitTest;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Writes what nodes compile to, and what was run for them, below {@code target/}, where dbt does. Thread-safe. */
public final class CompiledFiles {
    private final Path target;

    CompiledFiles(Path target) {
        this.target = target;
    }

    /** The path of a node's compiled SQL, relative to the target folder. */
    public static String compiledPath(Resource resource) {
        return "compiled/" + relative(resource);
    }

    private static String relative(Resource resource) {
        String original = resource.identity().originalPath();
        if (original.startsWith("./")) {
            original = original.substring(2);
        }
        String path = resource.packageName() + "/" + original;
        boolean hasOwnFile = original.endsWith(".sql");
        return hasOwnFile ? path : path + "/" + resource.identity().path();
    }

    void writeCompiled(Resource resource, String sql) {
        write(target.resolve(compiledPath(resource)), sql);
    }

    /** The same for one batch of a model: its files stand in a folder of the model's name. */
    void writeCompiled(Resource resource, Optional<Batch> batch, String sql) {
        write(target.resolve("compiled/" + relative(resource, batch)), sql);
    }

    /** A unit test has no SQL file: its SQL stands below the name of its YAML file. */
    void writeCompiled(UnitTest test, String sql) {
        write(
                target.resolve("compiled/" + test.identity().packageName() + "/"
                        + test.identity().originalPath() + "/" + test.id().name() + ".sql"),
                sql);
    }

    void writeRun(Resource resource, String sql) {
        writeRun(resource, Optional.empty(), sql);
    }

    void writeRun(Resource resource, Optional<Batch> batch, String sql) {
        write(target.resolve("run").resolve(relative(resource, batch)), sql);
    }

    private static String relative(Resource resource, Optional<Batch> batch) {
        String path = relative(resource);
        if (batch.isEmpty()) {
            return path;
        }
        String file = path.substring(path.lastIndexOf('/') + 1);
        String stem = file.replaceFirst("\\.sql$", "");
        return path.substring(0, path.length() - file.length()) + stem + "/" + stem + "_"
                + batch.get().name() + ".sql";
    }

    private static void write(Path file, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (isWritten(file, bytes)) {
                return;
            }
            try {
                Files.write(file, bytes);
            } catch (NoSuchFileException missingFolder) {
                Files.createDirectories(file.getParent());
                Files.write(file, bytes);
            }
        } catch (IOException e) {
            ErrorCode code = String.valueOf(e.getMessage()).contains("No space left")
                    ? ErrorCode.DISK_FULL
                    : ErrorCode.CONFIG_INVALID;
            throw new MillraceException(code, "cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** Cutting a file off and writing it anew costs several times what reading it does. */
    private static boolean isWritten(Path file, byte[] bytes) throws IOException {
        File known = file.toFile();
        return known.length() == bytes.length && known.isFile() && Arrays.equals(Files.readAllBytes(file), bytes);
    }
}
