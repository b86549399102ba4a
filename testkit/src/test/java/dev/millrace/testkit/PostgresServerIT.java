package dev.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
    @TempDir
    Path folder;

    @Test
    void settings_reach_the_server() throws SQLException {
        try (PostgresServer server =
                PostgresServer.builder().setting("wal_level", "logical").start()) {
            assertThat(query(server, "SHOW wal_level")).isEqualTo("logical");
            assertThat(query(server, "SHOW server_version")).startsWith("18.");
        }
    }

    @Test
    void a_wrong_password_is_refused() {
        try (PostgresServer server = PostgresServer.builder()
                .user("shop")
                .password("let me in")
                .database("shop")
                .start()) {
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), "shop", "let me out"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        }
    }

    @Test
    void data_survives_a_stop_and_a_new_start_of_the_folder() throws SQLException {
        PostgresServer.Builder options =
                PostgresServer.builder().directory(folder.resolve("pg")).database("shop");
        try (PostgresServer server = options.start()) {
            execute(server, "CREATE TABLE kept AS SELECT 7 AS n");
        }
        try (PostgresServer server = options.start()) {
            assertThat(query(server, "SELECT n FROM kept")).isEqualTo("7");
        }
    }

    @Test
    void committed_data_survives_a_kill_and_the_port_stays() throws SQLException {
        try (PostgresServer server = PostgresServer.builder().start()) {
            execute(server, "CREATE TABLE kept AS SELECT 7 AS n");
            String url = server.jdbcUrl();
            server.kill();
            assertThatThrownBy(server::connect).isInstanceOf(SQLException.class);
            server.start();
            assertThat(server.jdbcUrl()).isEqualTo(url);
            assertThat(query(server, "SELECT n FROM kept")).isEqualTo("7");
        }
    }

    @Test
    void a_server_whose_owner_was_killed_is_taken_over() throws IOException, SQLException {
        Process owner = JavaProcess.start(Owner.class, folder.toString());
        long orphan = Long.parseLong(JavaProcess.firstLine(owner));
        owner.destroyForcibly();
        owner.onExit().join();
        assertThat(ProcessHandle.of(orphan)).isPresent();

        try (PostgresServer server = PostgresServer.builder().directory(folder).start()) {
            assertThat(query(server, "SELECT n FROM kept")).isEqualTo("7");
            assertThat(server.pid()).isNotEqualTo(orphan);
        }
    }

    @Test
    void the_server_ends_with_its_owner() throws IOException {
        Process owner = JavaProcess.start(Owner.class, folder.toString());
        long server = Long.parseLong(JavaProcess.firstLine(owner));
        owner.destroy();
        owner.onExit().join();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !isPostgres(server));
    }

    @Test
    void a_folder_in_use_is_refused() {
        try (PostgresServer server = PostgresServer.builder().directory(folder).start()) {
            assertThatThrownBy(() -> PostgresServer.builder().directory(folder).start())
                    .isInstanceOf(TestkitException.class)
                    .hasMessageContaining("in use by another running program");
        }
    }

    @Test
    void a_taken_port_is_a_clear_error() {
        try (PostgresServer server = PostgresServer.builder().start()) {
            assertThatThrownBy(
                            () -> PostgresServer.builder().port(server.port()).start())
                    .isInstanceOf(TestkitException.class)
                    .hasMessageContaining("could not bind IPv4 address");
        }
    }

    @Test
    void closing_deletes_a_temporary_folder_and_ends_the_process() {
        PostgresServer server = PostgresServer.builder().start();
        long pid = server.pid();
        server.close();
        assertThat(server.directory()).doesNotExist();
        assertThat(isPostgres(pid)).isFalse();
    }

    @Test
    void a_half_made_cluster_is_made_anew() throws IOException, SQLException {
        Files.createDirectories(folder.resolve("data.new/base"));
        Files.writeString(folder.resolve("data.new/PG_VERSION"), "18");
        try (PostgresServer server = PostgresServer.builder().directory(folder).start()) {
            assertThat(query(server, "SELECT 1")).isEqualTo("1");
        }
    }

    private static boolean isPostgres(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().commandLine())
                .filter(line -> line.contains("postgres"))
                .isPresent();
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Starts a server, says its process id, and waits to be killed. */
    static final class Owner {
        public static void main(String[] arguments) throws Exception {
            PostgresServer server =
                    PostgresServer.builder().directory(Path.of(arguments[0])).start();
            execute(server, "CREATE TABLE kept AS SELECT 7 AS n");
            System.out.println(server.pid());
            Thread.currentThread().join();
        }
    }
}
