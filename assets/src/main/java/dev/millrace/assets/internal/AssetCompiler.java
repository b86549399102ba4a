package dev.millrace.assets.internal;

import dev.millrace.assets.Asset;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.Problems;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles the Java files of a project, unless the same files have been compiled before. */
final class AssetCompiler {
    private final JavaFiles files;

    AssetCompiler(JavaFiles files) {
        this.files = files;
    }

    /**
     * @return the folder of the classes
     * @throws MillraceException JAVA_INVALID with every error of the compiler at its place; JAVA_COMPILER_MISSING
     */
    Path compile() {
        String classPath = classPath();
        Path cache = files.project().cacheDir().resolve("assets");
        Path classes = cache.resolve(files.fingerprint(classPath));
        if (Files.isDirectory(classes)) {
            return classes;
        }
        try {
            Files.createDirectories(cache);
            Path fresh = Files.createTempDirectory(cache, "compiling");
            try {
                compile(fresh, classPath);
            } catch (MillraceException e) {
                Files.delete(fresh);
                throw e;
            }
            try {
                Files.move(fresh, classes, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileAlreadyExistsException | java.nio.file.DirectoryNotEmptyException e) {
                // Another process was quicker; its classes are the same.
                return classes;
            }
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compile(Path output, String classPath) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new MillraceException(
                    ErrorCode.JAVA_COMPILER_MISSING,
                    "the Java in " + System.getProperty("java.home") + " has no compiler",
                    Position.ofFile(files.project().display(files.sources().get(0))),
                    "Install a JDK and set JAVA_HOME to it.",
                    null);
        }
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager manager =
                compiler.getStandardFileManager(found, Locale.ENGLISH, StandardCharsets.UTF_8)) {
            List<String> options = List.of(
                    "-d", output.toString(), "-parameters", "-g", "-proc:none", "-encoding", "UTF-8", "-cp", classPath);
            boolean well = compiler.getTask(
                            null, manager, found, options, null, manager.getJavaFileObjectsFromPaths(files.sources()))
                    .call();
            if (!well) {
                throw failure(found.getDiagnostics());
            }
        }
    }

    private MillraceException failure(List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        Problems problems = new Problems();
        for (Diagnostic<? extends JavaFileObject> diagnostic : diagnostics) {
            if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
                problems.add(new MillraceException(
                        ErrorCode.JAVA_INVALID,
                        diagnostic.getMessage(Locale.ENGLISH),
                        position(diagnostic.getSource(), diagnostic),
                        null,
                        null));
            }
        }
        try {
            problems.throwIfAny();
        } catch (MillraceException e) {
            return e;
        }
        return new MillraceException(ErrorCode.JAVA_INVALID, "the Java files of assets/ do not compile");
    }

    private Position position(@Nullable JavaFileObject source, Diagnostic<?> diagnostic) {
        if (source == null) {
            return Position.ofFile("assets");
        }
        return new Position(
                files.project().display(Path.of(source.toUri())), (int) Math.max(0, diagnostic.getLineNumber()), (int)
                        Math.max(0, diagnostic.getColumnNumber()));
    }

    /** What this program runs on, where the annotations are, and the project's own libraries. */
    private String classPath() {
        List<String> parts = new ArrayList<>();
        parts.add(System.getProperty("java.class.path", ""));
        try {
            parts.add(Path.of(Asset.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        files.libraries().forEach(library -> parts.add(library.toString()));
        return String.join(File.pathSeparator, parts);
    }
}
