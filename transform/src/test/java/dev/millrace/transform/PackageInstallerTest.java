package dev.millrace.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.project.Invocation;
import dev.millrace.core.project.ProjectLoader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PackageInstallerTest {
    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private TestProject project;

    @BeforeEach
    void create() {
        project = new TestProject(folder).model("one", "select {{ tools.seven() }} as n");
    }

    private List<String> install(Map<String, String> environment) {
        Invocation invocation = new Invocation(
                "deps",
                folder,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty(),
                false,
                environment);
        return new PackageInstaller(ProjectLoader.load(invocation)).install(false);
    }

    private Path tools(Path parent) throws IOException {
        Path tools = Files.createDirectories(parent.resolve("tools"));
        Files.createDirectories(tools.resolve("macros"));
        Files.writeString(tools.resolve("dbt_project.yml"), "name: tools\nversion: '1.0'\n");
        Files.writeString(tools.resolve("macros/seven.sql"), "{% macro seven() %}7{% endmacro %}");
        return tools;
    }

    private static String run(Path in, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.strip();
    }

    private void usesSeven() {
        project.build().succeeded();
        assertThat(project.rows("select n from one")).containsExactly("[7]");
    }

    @Test
    void a_local_package_is_copied_with_what_it_needs() throws IOException {
        Path tools = tools(elsewhere);
        Path deeper = Files.createDirectories(elsewhere.resolve("deeper"));
        Files.writeString(deeper.resolve("dbt_project.yml"), "name: deeper\n");
        Files.writeString(tools.resolve("packages.yml"), "packages: [{local: '" + deeper + "'}]\n");
        project.file("packages.yml", "packages:\n  - local: \"{{ env_var('TOOLS') }}\"\n");

        assertThat(install(Map.of("TOOLS", tools.toString()))).hasSize(2);

        usesSeven();
        assertThat(project.exists("dbt_packages/deeper/dbt_project.yml")).isTrue();
        assertThat(project.read("package-lock.yml")).contains("name: 'tools'", "sha1_hash: ");
    }

    @Test
    void a_repository_is_checked_out_at_its_revision_which_is_locked() throws Exception {
        Path tools = tools(elsewhere);
        run(elsewhere, "git", "init", "-q");
        run(elsewhere, "git", "add", ".");
        List<String> commit =
                List.of("git", "-c", "user.name=a", "-c", "user.email=a@mill.example", "commit", "-qm", "1");
        run(elsewhere, commit.toArray(String[]::new));
        String first = run(elsewhere, "git", "rev-parse", "HEAD");
        project.file("packages.yml", "packages:\n  - {git: '" + elsewhere + "', subdirectory: tools}\n");

        install(Map.of());
        Files.writeString(tools.resolve("macros/seven.sql"), "{% macro seven() %}8{% endmacro %}");
        run(elsewhere, "git", "add", ".");
        run(elsewhere, commit.toArray(String[]::new));
        install(Map.of());

        usesSeven();
        assertThat(project.read("package-lock.yml")).contains("revision: '" + first + "'");
        assertThat(project.exists("dbt_packages/tools/.git")).isFalse();
    }

    @Test
    void the_hub_gives_the_newest_version_that_fits() throws Exception {
        tools(elsewhere);
        Files.move(elsewhere.resolve("tools"), elsewhere.resolve("tools-1.2.0"));
        run(elsewhere, "tar", "czf", "tools.tar.gz", "tools-1.2.0");
        byte[] archive = Files.readAllBytes(elsewhere.resolve("tools.tar.gz"));
        HttpServer hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String url = "http://127.0.0.1:" + hub.getAddress().getPort();
        hub.createContext("/", exchange -> {
            String version = "{\"downloads\": {\"tarball\": \"" + url + "/tools.tar.gz\"}}";
            byte[] body = exchange.getRequestURI().getPath().equals("/api/v1/mill/tools.json")
                    ? ("{\"versions\": {\"1.0.0\": {}, \"1.2.0\": " + version + ", \"1.10.0-rc1\": {}, \"2.0.0\": {}}}")
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8)
                    : archive;
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        hub.start();
        try {
            project.file("packages.yml", "packages:\n  - {package: mill/tools, version: ['>=1.0.0', '<2.0.0']}\n");
            assertThat(install(Map.of("DBT_PACKAGE_HUB_URL", url))).containsExactly("tools 1.2.0");
        } finally {
            hub.stop(0);
        }
        usesSeven();
    }

    @Test
    void a_hub_out_of_reach_is_told_with_another_way_and_changes_nothing() throws IOException {
        Path kept = Files.createDirectories(folder.resolve("dbt_packages"));
        tools(kept);
        project.file("packages.yml", "packages:\n  - {package: dbt-labs/dbt_utils, version: 1.3.0}\n");

        assertThatThrownBy(() -> install(Map.of("DBT_PACKAGE_HUB_URL", "http://127.0.0.1:1")))
                .isInstanceOfSatisfying(MillraceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.CONNECTION_REFUSED);
                    assertThat(e.hint())
                            .hasValueSatisfying(hint -> assertThat(hint).contains("dbt_packages/"));
                    assertThat(e.position().orElseThrow().toString()).startsWith("packages.yml:2");
                });

        usesSeven();
        try (var files = Files.list(kept)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_package_that_is_no_longer_named_is_removed() throws IOException {
        Path tools = tools(elsewhere);
        project.file("packages.yml", "packages: [{local: '" + tools + "'}]\n");
        install(Map.of());
        project.file("packages.yml", "packages: []\n");

        assertThat(install(Map.of())).isEmpty();

        assertThat(project.exists("dbt_packages/tools")).isFalse();
    }
}
