package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A project that runs for good in a process of its own, and other commands beside it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class UpIT {
    @TempDir
    Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        file("dbt_project.yml", "name: mill\nprofile: mill\n");
        file("profiles.yml", "mill: {target: dev, outputs: {dev: {type: duckdb, path: mill.duckdb}}}\n");
        file("millrace.yml", "server: {port: 0, sql: {port: 0}}\n");
        file("models/grain.sql", "{{ config(materialized='table') }} select 1 as id, 'rye' as kind\n");
        file("pipelines.yml", "pipelines: [{name: nightly, schedule: '0 3 * * *', select: grain}]\n");
    }

    @AfterEach
    void kill() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void a_command_beside_it_runs_in_it_and_is_shown_here() throws Exception {
        String url = up();
        Process build = millrace("build");
        String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(build.waitFor()).describedAs(output).isZero();
        assertThat(output).contains("OK", "model grain", "1 ok");
        assertThat(get(url + "/api/v1/runs")).contains("\"command\":\"build\"", "succeeded");
        assertThat(get(url + "/api/v1/data/grain")).contains("\"kind\":\"rye\"");
        assertThat(get(url + "/api/v1/pipelines")).contains("nightly");
        assertThat(get(url + "/")).contains("Millrace", "nightly");
    }

    @Test
    void a_failing_run_beside_it_fails_here_too() throws Exception {
        file("models/bad.sql", "select nothing_like_this from {{ ref('grain') }}\n");
        up();
        Process build = millrace("build");
        String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(build.waitFor()).isEqualTo(1);
        assertThat(output).contains("ERROR", "nothing_like_this", "models/bad.sql");
    }

    @Test
    void warnings_fail_a_run_beside_it_that_asks_for_that() throws Exception {
        file("tests/no_rye.sql", "{{ config(severity='warn') }} select * from {{ ref('grain') }} where kind = 'rye'\n");
        up();
        assertThat(millrace("build").waitFor()).isZero();
        assertThat(millrace("build", "--warn-error").waitFor()).isEqualTo(1);
    }

    @Test
    void the_first_failure_ends_a_run_beside_it_that_asks_for_that() throws Exception {
        file("models/a_bad.sql", "select nothing_like_this from (select 1 as id)\n");
        file("models/flour.sql", "select kind from {{ ref('grain') }}\n");
        String url = up();
        assertThat(millrace("build", "--threads", "1", "--fail-fast").waitFor()).isEqualTo(1);
        assertThat(get(url + "/api/v1/nodes/model.mill.flour")).contains("skipped");
        assertThat(get(url + "/api/v1/runs")).contains("\"fail_fast\":true");
        assertThat(millrace("build", "--threads", "1").waitFor()).isEqualTo(1);
        assertThat(get(url + "/api/v1/data/flour")).contains("rye");
    }

    @Test
    void a_run_beside_it_may_read_no_rows() throws Exception {
        file("models/flour.sql", "{{ config(materialized='table') }} select kind from {{ ref('grain') }}\n");
        String url = up();
        assertThat(millrace("build", "--empty").waitFor()).isZero();
        assertThat(get(url + "/api/v1/data/flour")).doesNotContain("rye");
        assertThat(millrace("build").waitFor()).isZero();
        assertThat(get(url + "/api/v1/data/flour")).contains("rye");
    }

    @Test
    void a_dry_run_of_a_sync_beside_it_sends_nothing() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        try {
            file(
                    "millrace.yml",
                    "server: {port: 0, sql: {port: 0}}\ndestinations: {hook: {type: http, url: 'http://127.0.0.1:"
                            + receiver.getAddress().getPort() + "/hook'}}\n");
            file(
                    "syncs.yml",
                    "syncs: [{name: hooked, source: grain, destination: {service: hook}, key: id, mapping: {id: id, kind: kind}}]\n");
            up();
            assertThat(millrace("build", "--select", "grain").waitFor()).isZero();
            Process dry = millrace("sync", "--dry-run");
            String output = new String(dry.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(dry.waitFor()).describedAs(output).isZero();
            assertThat(output).contains("would");
            assertThat(received).isEmpty();
            assertThat(millrace("sync").waitFor()).isZero();
            assertThat(received).hasSize(1);
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void changed_files_are_what_the_next_run_does_and_the_pages_show() throws Exception {
        String url = up();
        file("models/flour.sql", "select kind from {{ ref('grain') }}\n");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> get(url + "/api/v1/graph").contains("model.mill.flour"));
        assertThat(millrace("build").waitFor()).isZero();
        assertThat(get(url + "/api/v1/data/flour")).contains("rye");
    }

    @Test
    void the_sql_endpoint_answers_while_it_runs() throws Exception {
        up();
        assertThat(millrace("build").waitFor()).isZero();
        String output = Files.readString(dir.resolve("up.log"));
        String port = output.replaceAll("(?s).*postgresql://127.0.0.1:(\\d+)/.*", "$1");
        try (Connection connection =
                        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/mill", "anybody", "");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select kind from grain where id = 1")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("rye");
        }
    }

    @Test
    void after_a_kill_other_commands_work_and_it_starts_again() throws Exception {
        up();
        processes.get(0).destroyForcibly().waitFor();
        assertThat(millrace("build").waitFor()).isZero();
        String url = up();
        assertThat(get(url + "/api/v1/data/grain")).contains("rye");
    }

    @Test
    void a_signal_stops_it_gracefully() throws Exception {
        up();
        Process up = processes.get(0);
        up.destroy();
        assertThat(up.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(up.exitValue()).isZero();
        assertThat(dir.resolve(".millrace/up.json")).doesNotExist();
    }

    /** Starts it, and waits until it answers. */
    private String up() throws IOException {
        Process up = process("up")
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("up.log").toFile())
                .start();
        processes.add(up);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            assertThat(up.isAlive())
                    .describedAs(Files.readString(dir.resolve("up.log")))
                    .isTrue();
            return Files.readString(dir.resolve("up.log")).contains("Ctrl-C");
        });
        return Files.readString(dir.resolve("up.log")).replaceAll("(?s).*(http://127.0.0.1:\\d+).*", "$1");
    }

    private Process millrace(String... command) throws IOException {
        ProcessBuilder builder = process(command[0]).redirectErrorStream(true);
        builder.command().addAll(List.of(command).subList(1, command.length));
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private ProcessBuilder process(String command) {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.millrace.cli.Main",
                command,
                "--project-dir",
                dir.toString());
    }

    private String get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private void file(String path, String text) throws IOException {
        Path file = dir.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
