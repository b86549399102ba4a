package dev.millrace.cli.demo;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folder of the demo: the example project, which is the user's to change, and beside it in {@code .services} what
 * the demo's own servers keep.
 */
final class DemoProject {
    private static final String RESOURCE = "shop/dbt_project.yml";

    private final Path dir;

    private DemoProject(Path dir) {
        this.dir = dir;
    }

    /**
     * The demo in {@code dir}, written there if it is not yet.
     *
     * @throws MillraceException USAGE if the folder holds something else
     */
    static DemoProject in(Path dir) {
        DemoProject demo = new DemoProject(dir);
        try {
            if (!Files.isDirectory(demo.services())) {
                demo.requireEmpty();
                copyExample(dir);
                Files.createDirectories(demo.services());
            }
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.USAGE,
                    "cannot write the demo to " + dir + ": " + e.getMessage(),
                    null,
                    "Name another folder with --dir.",
                    e);
        }
        return demo;
    }

    Path dir() {
        return dir;
    }

    /** Where the demo's servers keep their data. */
    Path services() {
        return dir.resolve(".services");
    }

    private void requireEmpty() throws IOException {
        if (!Files.isDirectory(dir)) {
            return;
        }
        try (Stream<Path> files = Files.list(dir)) {
            if (files.findAny().isPresent()) {
                throw new MillraceException(
                        ErrorCode.USAGE,
                        "the folder " + dir + " is not empty and is not a demo",
                        null,
                        "Name another one with --dir.",
                        null);
            }
        }
    }

    private static void copyExample(Path target) throws IOException {
        URL marker = DemoProject.class.getResource(RESOURCE);
        if (marker == null) {
            throw new IOException("the example is missing from this build");
        }
        try {
            URI uri = marker.toURI();
            if (uri.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                    copy(jar.getPath(DemoProject.class.getPackageName().replace('.', '/'), "shop"), target);
                }
            } else {
                copy(Path.of(uri).resolveSibling(""), target);
            }
        } catch (URISyntaxException e) {
            throw new IOException("cannot read the example: " + e.getMessage(), e);
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(source)) {
            all = walk.sorted().toList();
        }
        for (Path from : all) {
            Path to = target.resolve(source.relativize(from).toString());
            if (Files.isDirectory(from)) {
                Files.createDirectories(to);
            } else {
                Files.copy(from, to);
            }
        }
    }
}
