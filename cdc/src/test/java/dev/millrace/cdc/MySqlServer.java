package dev.millrace.cdc;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A real MySQL server with a binary log, in a folder of its own. Its program comes from a jar, and runs on Linux with
 * x86-64; the system property {@code millrace.test.mysql} names the folder of another one ({@code bin/mysqld} and
 * {@code share} in it).
 */
final class MySqlServer implements AutoCloseable {
    private static final Path BASE =
            Path.of(System.getProperty("millrace.test.mysql", "target/mysql")).toAbsolutePath();

    /** One may do everything, the other what docs/cdc.md asks for. */
    private static final String USERS = """
            create user boss identified by 'boss';
            grant all on *.* to boss;
            create user cdc identified by 'secret';
            grant select, reload, replication slave, replication client, lock tables on *.* to cdc;
            """;

    private final Path folder;
    private final int port;
    private final boolean ids;
    private Process process;

    private MySqlServer(Path folder, int port, boolean ids) {
        this.folder = folder;
        this.port = port;
        this.ids = ids;
        this.process = launch(List.of());
    }

    /** @param ids whether transactions have global ids; a server that nobody has told to does not give them */
    static MySqlServer start(boolean ids) {
        try (ServerSocket free = new ServerSocket(0)) {
            unpack();
            Path folder = Files.createTempDirectory("millrace-mysql");
            copy(BASE.resolve("new"), folder.resolve("data"));
            int port = free.getLocalPort();
            free.close();
            Files.writeString(folder.resolve("users.sql"), USERS);
            MySqlServer server = new MySqlServer(folder, port, ids);
            server.awaitAnswer();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Unpacks the programs and makes an empty database, once. */
    private static synchronized void unpack() throws IOException {
        if (Files.exists(BASE.resolve("new"))) {
            return;
        }
        Files.createDirectories(BASE);
        if (!Files.exists(BASE.resolve("bin/mysqld"))) {
            Path archive = BASE.resolve("mysql.tar.gz");
            copyResource("/mysql-Linux-amd64.tar.gz", archive);
            run(List.of("tar", "xzf", archive.toString(), "-C", BASE.toString()), BASE);
            Files.delete(archive);
            copyResource("/mysql/absent.so", BASE.resolve("bin/libaio.so.1"));
            copyResource("/mysql/absent.so", BASE.resolve("bin/libnuma.so.1"));
        }
        Path made = Files.createTempDirectory(BASE, "making");
        run(program(made, List.of("--initialize-insecure")), BASE);
        Files.move(made, BASE.resolve("new"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void copyResource(String name, Path to) throws IOException {
        try (InputStream resource = Objects.requireNonNull(MySqlServer.class.getResourceAsStream(name), name)) {
            Files.copy(resource, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void run(List<String> command, Path logs) throws IOException {
        File log = Files.createTempFile(logs, "log", ".txt").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        int code = process.onExit().join().exitValue();
        if (code != 0) {
            throw new IOException(command.get(0) + " ended with " + code + ": " + Files.readString(log.toPath()));
        }
    }

    private static List<String> program(Path data, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                BASE.resolve("bin/mysqld").toString(),
                "--no-defaults",
                "--basedir=" + BASE,
                "--lc-messages-dir=" + BASE.resolve("share"),
                "--datadir=" + data,
                "--user=root",
                "--innodb-use-native-aio=0",
                "--innodb-flush-method=nosync",
                "--secure-file-priv=NULL"));
        command.addAll(options);
        return command;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private Process launch(List<String> more) {
        List<String> options = new ArrayList<>(List.of(
                "--tmpdir=" + folder,
                "--socket=" + folder.resolve("socket"),
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--mysqlx=OFF",
                "--log-bin=binlog",
                "--server-id=7",
                "--default-time-zone=+03:00",
                "--skip-name-resolve"));
        if (ids) {
            options.addAll(List.of("--gtid-mode=ON", "--enforce-gtid-consistency=ON"));
        }
        if (!Files.exists(folder.resolve("log.txt"))) {
            options.add("--init-file=" + folder.resolve("users.sql"));
        }
        options.addAll(more);
        try {
            Process started = new ProcessBuilder(program(folder.resolve("data"), options))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log.txt").toFile()))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAnswer() {
        await().atMost(Duration.ofMinutes(2)).until(this::answers);
    }

    private boolean answers() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the server has ended with " + process.exitValue() + ": "
                    + Files.readString(folder.resolve("log.txt")));
        }
        try (Connection connection = connect()) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    int port() {
        return port;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mysql://127.0.0.1:" + port + "/?allowPublicKeyRetrieval=true", "boss", "boss");
    }

    /** Ends it as a crash would. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it again, after {@link #kill}. */
    void restart() {
        process = launch(List.of());
        awaitAnswer();
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
