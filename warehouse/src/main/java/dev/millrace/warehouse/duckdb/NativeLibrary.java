package dev.millrace.warehouse.duckdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * DuckDB's driver unpacks its native library of some 70 MB from its jar into the temporary folder each time a process
 * starts, and leaves it there when the process is killed. It loads a library that lies beside the jar instead, if the
 * jar holds none. This makes such a pair once per user and version: a launcher puts the jar it names on the class path
 * in place of the driver's own. Processes may do so at once.
 */
public final class NativeLibrary {
    private static final String PREFIX = "libduckdb_java.so_";

    private NativeLibrary() {}

    /** {@code $XDG_CACHE_HOME/millrace}, or {@code ~/.cache/millrace}. */
    public static Path cacheFolder(Map<String, String> environment) {
        String configured = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = configured.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(configured);
        return caches.resolve("millrace");
    }

    /**
     * The driver's jar without libraries, and this platform's library beside it, in a folder of {@code cache} named as
     * the jar is; made if it is not there yet.
     *
     * @return the jar in the cache, or {@code driver} itself if the cache cannot be written or the jar holds no such
     *     library
     */
    public static Path besideJar(Path driver, Path cache) {
        String jar = String.valueOf(driver.getFileName());
        Path folder = cache.resolve(jar.endsWith(".jar") ? jar.substring(0, jar.length() - 4) : jar + ".d");
        Path thin = folder.resolve(jar);
        if (Files.exists(thin)) {
            return thin;
        }
        try {
            Files.createDirectories(cache);
            Path making = Files.createTempDirectory(cache, ".making-");
            try {
                if (!split(driver, making)) {
                    return driver;
                }
                Files.move(making, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                // Another process was first, or the folder cannot be made.
                return Files.exists(thin) ? thin : driver;
            } finally {
                delete(making);
            }
            return thin;
        } catch (IOException e) {
            return driver;
        }
    }

    private static boolean split(Path driver, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(driver.toFile())) {
            ZipEntry library = zip.getEntry(libraryName());
            if (library == null) {
                return false;
            }
            try (InputStream in = zip.getInputStream(library)) {
                Files.copy(in, folder.resolve(library.getName()));
            }
            Path thin = folder.resolve(String.valueOf(driver.getFileName()));
            try (OutputStream out = Files.newOutputStream(thin);
                    ZipOutputStream jar = new ZipOutputStream(out)) {
                jar.setLevel(Deflater.BEST_SPEED);
                for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
                    if (!entry.getName().startsWith(PREFIX)) {
                        copy(zip, entry, jar);
                    }
                }
            }
            return true;
        }
    }

    private static void copy(ZipFile from, ZipEntry entry, ZipOutputStream to) throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        to.putNextEntry(copy);
        try (InputStream in = from.getInputStream(entry)) {
            in.transferTo(to);
        }
        to.closeEntry();
    }

    /** As the driver names it. */
    static String libraryName() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String os = system.startsWith("windows") ? "windows" : system.startsWith("mac") ? "macos" : "linux";
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean arm = processor.equals("aarch64") || processor.equals("arm64");
        return PREFIX + os + "_" + (arm ? "arm64" : "amd64");
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
