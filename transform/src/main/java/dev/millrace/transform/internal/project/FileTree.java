package dev.millrace.transform.internal.project;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.project.Project;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/** Finds the files of a package. */
public final class FileTree {
    private FileTree() {}

    /** The files below the folders whose names end in one of the suffixes, sorted by path within each folder. */
    public static List<SourceFile> list(
            Project project, DbtPackage owner, Collection<String> folders, Collection<String> suffixes) {
        List<SourceFile> found = new ArrayList<>();
        for (String folder : folders) {
            Path start = owner.root().resolve(folder);
            if (Files.isDirectory(start)) {
                found.addAll(walk(project, owner, folder, start, suffixes));
            }
        }
        return found;
    }

    private static List<SourceFile> walk(
            Project project, DbtPackage owner, String folder, Path start, Collection<String> suffixes) {
        List<SourceFile> found = new ArrayList<>();
        try {
            Files.walkFileTree(
                    start, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                            boolean hidden = !dir.equals(start)
                                    && String.valueOf(dir.getFileName()).startsWith(".");
                            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                        }

                        /** A link that leads back to a folder above it is not followed again. */
                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                            if (failure instanceof FileSystemLoopException) {
                                return FileVisitResult.CONTINUE;
                            }
                            throw failure;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            String name = String.valueOf(file.getFileName());
                            String lower = name.toLowerCase(Locale.ROOT);
                            if (!name.startsWith(".") && suffixes.stream().anyMatch(lower::endsWith)) {
                                String relative =
                                        start.relativize(file).toString().replace('\\', '/');
                                found.add(new SourceFile(owner, file, folder, relative, project.display(file)));
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID, "cannot list " + project.display(start) + ": " + e.getMessage(), e);
        }
        found.sort(Comparator.comparing(SourceFile::relative));
        return found;
    }
}
