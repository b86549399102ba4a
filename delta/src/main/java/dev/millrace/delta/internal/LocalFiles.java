package dev.millrace.delta.internal;

import io.delta.kernel.defaults.engine.fileio.FileIO;
import io.delta.kernel.defaults.engine.fileio.InputFile;
import io.delta.kernel.defaults.engine.fileio.OutputFile;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Folders of this machine as Delta Kernel sees them. Paths are {@code file:} URIs. Stateless. */
public final class LocalFiles implements FileIO {
    /** The file that {@code path}, a URI or a plain path, names. */
    public static Path path(String path) {
        return path.startsWith("file:") ? Path.of(URI.create(path)) : Path.of(path);
    }

    static String uri(Path path) {
        String uri = "file:" + path.toAbsolutePath().normalize().toUri().getRawPath();
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }

    private static FileStatus status(Path file) throws IOException {
        return FileStatus.of(
                uri(file), Files.size(file), Files.getLastModifiedTime(file).toMillis());
    }

    @Override
    public CloseableIterator<FileStatus> listFrom(String from) throws IOException {
        Path first = path(from);
        Path folder = first.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new FileNotFoundException("there is no folder " + folder);
        }
        String least = String.valueOf(first.getFileName());
        List<FileStatus> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted = files.filter(Files::isRegularFile)
                    .filter(file -> name(file).compareTo(least) >= 0)
                    .sorted(Comparator.comparing(LocalFiles::name))
                    .toList();
            for (Path file : sorted) {
                found.add(status(file));
            }
        }
        return Utils.toCloseableIterator(found.iterator());
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    @Override
    public FileStatus getFileStatus(String path) throws IOException {
        Path file = path(path);
        if (!Files.exists(file)) {
            throw new FileNotFoundException("there is no file " + file);
        }
        return status(file);
    }

    @Override
    public String resolvePath(String path) {
        return uri(path(path));
    }

    @Override
    public boolean mkdirs(String path) throws IOException {
        Files.createDirectories(path(path));
        return true;
    }

    @Override
    public InputFile newInputFile(String path, long size) {
        return new LocalInput(path(path));
    }

    @Override
    public OutputFile newOutputFile(String path) {
        return new LocalOutput(path(path));
    }

    @Override
    public boolean delete(String path) throws IOException {
        return Files.deleteIfExists(path(path));
    }

    @Override
    public Optional<String> getConf(String key) {
        return Optional.empty();
    }

    @Override
    public void copyFileAtomically(String from, String to, boolean overwrite) throws IOException {
        Path copy = LocalOutput.beside(path(to));
        try {
            Files.copy(path(from), copy, StandardCopyOption.REPLACE_EXISTING);
            LocalOutput.publish(copy, path(to), overwrite);
        } finally {
            Files.deleteIfExists(copy);
        }
    }
}
