package dev.millrace.cli.up;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks every two seconds whether a file of a project has changed. Thread-safe. */
public final class ProjectWatch implements AutoCloseable {
    private static final Set<String> NOT_OF_THE_PROJECT =
            Set.of("target", "logs", ".git", ".millrace", ".services", "node_modules", "dbt_packages");
    private static final Set<String> ENDINGS = Set.of("sql", "yml", "yaml", "csv", "json", "md", "java", "py");
    private static final long PERIOD_SECONDS = 2;

    private final Path root;
    private final Runnable onChange;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread named = new Thread(task, "project watch");
        named.setDaemon(true);
        return named;
    });
    private long known;

    private ProjectWatch(Path root, Runnable onChange) {
        this.root = root;
        this.onChange = onChange;
        this.known = fingerprint(root);
    }

    /** @param onChange called by one thread at a time; must not throw */
    public static ProjectWatch start(Path root, Runnable onChange) {
        ProjectWatch watch = new ProjectWatch(root, onChange);
        var unused = watch.thread.scheduleWithFixedDelay(watch::look, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
        return watch;
    }

    private void look() {
        long now = fingerprint(root);
        if (now != known) {
            known = now;
            onChange.run();
        }
    }

    /** Of the names, sizes and times of the files a project is written in; a warehouse or a log is none of them. */
    static long fingerprint(Path root) {
        long[] sum = {0};
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                    boolean foreign = !dir.equals(root)
                            && NOT_OF_THE_PROJECT.contains(dir.getFileName().toString());
                    return foreign ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = file.getFileName().toString();
                    if (ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))) {
                        sum[0] += 31L * file.hashCode()
                                + attributes.size() * 0x9E3779B97F4A7C15L
                                + attributes.lastModifiedTime().toMillis() * 0xD1342543DE82EF95L;
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return sum[0];
        }
        return sum[0];
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
