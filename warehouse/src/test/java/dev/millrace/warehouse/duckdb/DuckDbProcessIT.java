package dev.millrace.warehouse.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.warehouse.Session;
import dev.millrace.warehouse.Warehouse;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DuckDbProcessIT {
    @TempDir
    Path folder;

    private final List<Process> children = new ArrayList<>();

    @AfterEach
    void endChildren() throws Exception {
        for (Process child : children) {
            child.destroyForcibly().waitFor();
        }
    }

    private Process child(Class<?> program, String classPath, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                classPath,
                program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        children.add(process);
        return process;
    }

    /** Everything the child says up to the line that holds {@code word}. */
    private static String await(Process child, String word) throws IOException {
        StringBuilder said = new StringBuilder();
        BufferedReader output = child.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.contains(word)) {
                return said.toString();
            }
        }
        throw new AssertionError("the child ended without saying " + word + ":\n" + said);
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    @Test
    void a_file_that_another_process_holds_is_refused_with_the_process_named() throws Exception {
        Path file = folder.resolve("shop.duckdb");
        Process holder = child(EndlessLoad.class, classPath(), file.toString());
        await(holder, "loading");
        assertThatThrownBy(() -> TestWarehouses.file(file)).isInstanceOfSatisfying(MillraceException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.WAREHOUSE_LOCKED);
            assertThat(e.text()).contains(file.toString(), "PID " + holder.pid());
            assertThat(e.hint()).isPresent();
        });
    }

    @Test
    void a_process_killed_while_it_loads_leaves_the_old_content() throws Exception {
        Path file = folder.resolve("shop.duckdb");
        try (Warehouse warehouse = TestWarehouses.file(file);
                Session session = warehouse.open()) {
            session.execute("create table t as select 7::bigint as id");
        }
        Process loader = child(EndlessLoad.class, classPath(), file.toString());
        await(loader, "loading");
        await(loader, "3000000 rows");
        loader.destroyForcibly().waitFor();
        try (Warehouse warehouse = TestWarehouses.file(file);
                Session session = warehouse.open()) {
            assertThat(session.query("select id from t").singleLong()).isEqualTo(7);
            session.execute("insert into t values (8)");
        }
    }

    @Test
    void a_process_whose_library_lies_beside_the_jar_unpacks_nothing() throws Exception {
        List<String> entries = new ArrayList<>();
        Path thin = null;
        for (String entry : classPath().split(File.pathSeparator)) {
            if (Path.of(entry).getFileName().toString().startsWith("duckdb_jdbc")) {
                thin = NativeLibrary.besideJar(Path.of(entry), folder.resolve("cache"));
                entries.add(thin.toString());
            } else {
                entries.add(entry);
            }
        }
        assertThat(thin).startsWith(folder.resolve("cache"));
        Process loader = child(
                EndlessLoad.class,
                String.join(File.pathSeparator, entries),
                folder.resolve("shop.duckdb").toString());
        await(loader, "loading");
        loader.destroyForcibly().waitFor();
        assertThat(folder).isDirectoryNotContaining("glob:**libduckdb_java*");
    }
}
