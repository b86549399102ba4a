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
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The files of a project's packages as they are found at one moment: each folder is walked once. Not thread-safe. */
public final class FileTree {
    private final Project project;
    private final Map<Path, List<SourceFile>> walked = new HashMap<>();
    private final Map<String, FileStamp> stamps = new LinkedHashMap<>();

    public FileTree(Project project) {
        this.project = project;
    }

    /** The files below the folders whose names end in one of the suffixes, sorted by path within each folder. */
    public List<SourceFile> list(DbtPackage owner, Collection<String> folders, Collection<String> suffixes) {
        List<SourceFile> found = new ArrayList<>();
        for (String folder : folders) {
            for (SourceFile file : all(owner, folder)) {
                String name = file.name().toLowerCase(Locale.ROOT);
                if (suffixes.stream().anyMatch(name::endsWith)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /** All files in the folders of the packages, each by the path that people see. */
    public Map<String, FileStamp> stamps(List<DbtPackage> packages) {
        for (DbtPackage owner : packages) {
            owner.paths().all().forEach(folder -> all(owner, folder));
        }
        return Collections.unmodifiableMap(stamps);
    }

    /** Every file below a folder that is not hidden, sorted by path. */
    private List<SourceFile> all(DbtPackage owner, String folder) {
        Path start = owner.root().resolve(folder);
        List<SourceFile> known = walked.get(start);
        if (known == null) {
            known = Files.isDirectory(start) ? walk(owner, folder, start) : List.of();
            walked.put(start, known);
        }
        return known;
    }

    private List<SourceFile> walk(DbtPackage owner, String folder, Path start) {
        List<SourceFile> found = new ArrayList<>();
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        String shown = project.display(start);
        String display = shown.isEmpty() ? "" : shown + "/";
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
                            if (!String.valueOf(file.getFileName()).startsWith(".")) {
                                String relative =
                                        start.relativize(file).toString().replace('\\', '/');
                                found.add(new SourceFile(owner, file, folder, relative, display + relative));
                                stamps.put(display + relative, FileStamp.of(file, attributes, now));
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
