package dev.millrace.warehouse.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {
    @TempDir
    Path folder;

    private Path driver;

    @BeforeEach
    void driver() throws Exception {
        driver = folder.resolve("duckdb_jdbc-9.9.jar");
        try (OutputStream out = Files.newOutputStream(driver);
                ZipOutputStream jar = new ZipOutputStream(out)) {
            for (String name : List.of("org/duckdb/A.class", NativeLibrary.libraryName(), "libduckdb_java.so_other")) {
                jar.putNextEntry(new ZipEntry(name));
                jar.write(name.getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
    }

    @Test
    void the_library_lies_beside_a_jar_that_holds_none() throws Exception {
        Path thin = NativeLibrary.besideJar(driver, folder.resolve("cache"));
        assertThat(thin).isEqualTo(folder.resolve("cache/duckdb_jdbc-9.9/duckdb_jdbc-9.9.jar"));
        assertThat(thin.resolveSibling(NativeLibrary.libraryName())).hasContent(NativeLibrary.libraryName());
        try (ZipFile jar = new ZipFile(thin.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName)).containsExactly("org/duckdb/A.class");
        }
    }

    @Test
    void it_is_made_once_however_many_ask_at_once() throws Exception {
        Path cache = folder.resolve("cache");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Path> ask = () -> NativeLibrary.besideJar(driver, cache);
            List<Path> answers = new ArrayList<>();
            for (Future<Path> answer : threads.invokeAll(List.of(ask, ask, ask, ask, ask, ask, ask, ask))) {
                answers.add(answer.get());
            }
            assertThat(answers).containsOnly(cache.resolve("duckdb_jdbc-9.9/duckdb_jdbc-9.9.jar"));
        } finally {
            threads.shutdownNow();
        }
        try (Stream<Path> left = Files.list(cache)) {
            assertThat(left).containsExactly(cache.resolve("duckdb_jdbc-9.9"));
        }
    }

    @Test
    void the_drivers_own_jar_serves_when_the_cache_cannot_be_written() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThat(NativeLibrary.besideJar(driver, file.resolve("cache"))).isEqualTo(driver);
    }

    @Test
    void the_cache_is_where_the_system_keeps_caches() {
        assertThat(NativeLibrary.cacheFolder(Map.of("XDG_CACHE_HOME", "/c"))).isEqualTo(Path.of("/c/millrace"));
        assertThat(NativeLibrary.cacheFolder(Map.of()))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "millrace"));
    }
}
