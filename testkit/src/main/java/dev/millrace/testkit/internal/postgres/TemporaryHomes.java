package dev.millrace.testkit.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Folders of servers that live no longer than their owner. */
public final class TemporaryHomes {
    private static final String PREFIX = "millrace-postgres-";

    private TemporaryHomes() {}

    /** A new empty folder, after the servers and folders of owners that were killed have been cleared away. */
    public static Path create(PostgresBinaries binaries) throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        sweep(binaries, parent);
        return Files.createTempDirectory(parent, PREFIX).toRealPath();
    }

    private static void sweep(PostgresBinaries binaries, Path parent) throws IOException {
        try (var left = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path home : left) {
                // A folder without a data directory may belong to a start under way.
                if (Files.isReadable(home) && Files.exists(home.resolve("data"))) {
                    sweepOne(binaries, home);
                }
            }
        }
    }

    private static void sweepOne(PostgresBinaries binaries, Path home) throws IOException {
        try {
            Optional<FolderLock> lock = FolderLock.tryLock(home);
            if (lock.isPresent()) {
                try (FolderLock held = lock.get()) {
                    new DataDirectory(binaries, home.toRealPath()).kill();
                    Folders.delete(home);
                }
            }
        } catch (NoSuchFileException e) {
            // Its owner deleted it just now.
            return;
        }
    }
}
