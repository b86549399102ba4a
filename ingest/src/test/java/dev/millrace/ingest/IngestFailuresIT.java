package dev.millrace.ingest;

import static dev.millrace.ingest.TestProject.error;
import static dev.millrace.ingest.TestProject.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.Node;
import dev.millrace.core.graph.NodeId;
import dev.millrace.core.graph.NodeKind;
import dev.millrace.core.graph.Status;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.Project;
import dev.millrace.core.project.ProjectLoader;
import dev.millrace.core.run.RunEvent;
import dev.millrace.core.run.RunResult;
import dev.millrace.core.run.Runner;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.warehouse.Warehouses;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestFailuresIT {
    private static PostgresServer server;

    @TempDir
    Path root;

    private TestProject project;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.builder().password("correct-horse").start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void emptyDatabase() {
        server.start();
        sql("drop schema public cascade", "create schema public");
        project = TestProject.of(root, server);
    }

    @Test
    void a_wrong_password_is_reported_where_it_is_written_and_never_shown() {
        project.source(settings("password: wrong-battery-staple")).connection("sync_mode: full_refresh");

        MillraceException error = catchThrowableOfType(MillraceException.class, project::ingest);

        assertThat(error.code()).isEqualTo(ErrorCode.AUTHENTICATION_FAILED);
        assertThat(error.position()).hasValueSatisfying(at -> {
            assertThat(at.file()).isEqualTo("millrace.yml");
            assertThat(at.line()).isEqualTo(4);
        });
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString() + error.hint()).doesNotContain("wrong-battery-staple");
    }

    @Test
    void a_server_that_does_not_run_is_reported_with_its_address() {
        project.source("{type: postgres, host: 127.0.0.1, port: 1, user: x, password: some-secret}")
                .connection("sync_mode: full_refresh");

        MillraceException error = catchThrowableOfType(MillraceException.class, project::ingest);

        assertThat(error.code()).isEqualTo(ErrorCode.CONNECTION_REFUSED);
        assertThat(error).hasMessageContaining("127.0.0.1:1");
        assertThat(error.position()).map(Position::file).hasValue("millrace.yml");
    }

    @Test
    void a_database_that_does_not_exist_is_reported() {
        project.source(settings("password: correct-horse, database: nowhere")).connection("sync_mode: full_refresh");

        MillraceException error = catchThrowableOfType(MillraceException.class, project::ingest);

        assertThat(error.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
        assertThat(error).hasMessageContaining("nowhere");
    }

    @Test
    void once_discovered_a_project_can_be_looked_at_without_its_source() {
        sql("create table books (id int)");
        project.connection("sync_mode: full_refresh").ingest();

        server.stop();

        assertThat(project.connections("ls")).map(Node::name).containsExactly("books");
    }

    @Test
    void with_what_is_remembered_an_unreachable_source_fails_only_its_streams() {
        sql("create table books (id int)", "insert into books values (1)");
        project.connection("sync_mode: full_refresh").ingest();

        server.stop();
        RunResult run = project.ingest();

        assertThat(error(run, "books").code()).isEqualTo(ErrorCode.CONNECTION_REFUSED);
        assertThat(result(run, "books").attempts()).isEqualTo(3);
        assertThat(project.count("raw.books")).isEqualTo(1);
    }

    @Test
    void without_source_and_memory_a_look_shows_what_the_models_read() {
        project.source("{type: postgres, host: 127.0.0.1, port: 1, user: x}").connection("sync_mode: full_refresh");
        Project loaded = ProjectLoader.load(Invocation.of("ls", root));
        try (Warehouses warehouses = new Warehouses(loaded)) {
            Node source = Node.builder(new NodeId(NodeKind.SOURCE, "mill", "raw.books"), Position.ofFile("m.sql"))
                    .describes(warehouses.relation(loaded.target(), "raw", "books"))
                    .build();

            assertThat(project.graph("ls", graph -> graph.addUndeclaredSource(source))
                            .nodes())
                    .map(Node::kind)
                    .containsExactly(NodeKind.CONNECTION, NodeKind.SOURCE);
        }
    }

    @Test
    void a_table_dropped_between_plan_and_read_is_named_and_the_others_go_on() {
        sql("create table books (id int)", "create table pens (id int)", "insert into pens values (1)");
        AtomicBoolean dropped = new AtomicBoolean();
        project.connection("sync_mode: full_refresh").listener(event -> {
            if (event instanceof RunEvent.RunStarted && dropped.compareAndSet(false, true)) {
                sql("drop table books");
            }
        });

        RunResult run = project.ingest();

        assertThat(error(run, "books").code()).isEqualTo(ErrorCode.STREAM_NOT_FOUND);
        assertThat(error(run, "books")).hasMessageContaining("public.books");
        assertThat(error(run, "books").position()).map(Position::file).hasValue("connections.yml");
        assertThat(result(run, "pens").status()).isEqualTo(Status.SUCCESS);
    }

    @Test
    void a_connection_lost_in_the_middle_is_tried_again() {
        sql(
                "create table books (id int, filler text)",
                "insert into books select i, repeat('x', 200) from" + " generate_series(1, 300000) as i");
        AtomicBoolean killed = new AtomicBoolean();
        List<ErrorCode> seen = new CopyOnWriteArrayList<>();
        project.connection("sync_mode: full_refresh").listener(event -> {
            if (event instanceof RunEvent.NodeProgressed && killed.compareAndSet(false, true)) {
                sql("select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'copy%' and pid <>"
                        + " pg_backend_pid()");
            }
            if (event instanceof RunEvent.NodeRetrying retrying) {
                seen.add(retrying.error().code());
            }
        });

        RunResult run = project.ingest();

        assertThat(killed).isTrue();
        assertThat(seen).contains(ErrorCode.CONNECTION_LOST);
        assertThat(result(run, "books").status()).isEqualTo(Status.SUCCESS);
        assertThat(project.count("raw.books")).isEqualTo(300_000);
    }

    @Test
    void a_cancelled_load_ends_at_once_on_both_sides() {
        sql("create table books (id int)", "insert into books values (1)");
        project.connection("sync_mode: full_refresh").ingest();
        sql(
                "drop table books",
                "create view slow as select i as id from generate_series(1, 50000) as i,"
                        + " generate_series(1, 50000) as j");
        CompletableFuture<Runner> runner = new CompletableFuture<>();
        project.connection("streams: [slow]").listener(event -> {
            if (event instanceof RunEvent.NodeProgressed) {
                runner.join().cancel();
            }
        });

        RunResult run = project.ingest(Invocation.of("ingest", root), runner::complete);

        assertThat(run.cancelled()).isTrue();
        assertThat(result(run, "slow").status()).isEqualTo(Status.SKIPPED);
        Awaitility.await().until(() -> single("select count(*) from pg_stat_activity where query ilike 'copy%'") == 0);
        assertThat(project.rows("select count(*) from information_schema.tables where table_name = 'slow'"))
                .containsExactly("0");
    }

    @Test
    void a_load_that_waits_for_a_lock_is_cancelled_while_it_waits() throws SQLException {
        sql("create table books (id int)");
        project.connection("streams: [books]").ingest();
        try (Connection holder = server.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("lock table books in access exclusive mode");
            CompletableFuture<Runner> runner = new CompletableFuture<>();
            CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(
                    () -> project.ingest(Invocation.of("ingest", root), runner::complete));
            Awaitility.await().until(() -> single("select count(*) from pg_locks where not granted") == 1);

            runner.join().cancel();

            // Much less than the lock_timeout of a minute.
            assertThat(run).succeedsWithin(Duration.ofSeconds(20)).satisfies(ended -> {
                assertThat(ended.cancelled()).isTrue();
                assertThat(result(ended, "books").status()).isEqualTo(Status.SKIPPED);
            });
            Awaitility.await().until(() -> single("select count(*) from pg_locks where not granted") == 0);
        }
    }

    @Test
    void a_load_whose_server_never_answers_is_cancelled_while_it_connects() throws IOException {
        sql("create table books (id int)");
        long pid = server.pid();
        CompletableFuture<Runner> runner = new CompletableFuture<>();
        project.connection("streams: [books]").listener(event -> {
            if (event instanceof RunEvent.RunStarted) {
                signal("STOP", pid);
            }
        });
        try {
            CompletableFuture<RunResult> run = CompletableFuture.supplyAsync(
                    () -> project.ingest(Invocation.of("ingest", root), runner::complete));
            Awaitility.await()
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .anyMatch(thread -> thread.getName().contains("JDBC driver connection")));

            runner.join().cancel();

            assertThat(run).succeedsWithin(Duration.ofSeconds(5)).satisfies(ended -> {
                assertThat(ended.cancelled()).isTrue();
                assertThat(result(ended, "books").status()).isEqualTo(Status.SKIPPED);
            });
        } finally {
            signal("CONT", pid);
        }
    }

    private static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(pid)).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String settings(String rest) {
        return "{type: postgres, host: " + server.host() + ", port: " + server.port() + ", user: postgres, " + rest
                + "}";
    }

    private static long single(String query) throws SQLException {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    private static void sql(String... statements) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
