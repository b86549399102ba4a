package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class SecurityIT {
    private static final String VIEWER = "viewer-token-0123456789";
    private static final String OPERATOR = "operator-token-0123456789";

    private SamplePlatform platform;
    private MillraceServer open;
    private MillraceServer guarded;
    private Http local;
    private Http remote;

    @BeforeAll
    void start(@TempDir Path folder) {
        platform = new SamplePlatform(folder);
        open = MillraceServer.start(platform, ServerSettings.local(0), "test");
        guarded = MillraceServer.start(
                platform,
                new ServerSettings(
                        "0.0.0.0",
                        0,
                        List.of(
                                new Token("ann", Role.VIEWER, Secret.of(VIEWER)),
                                new Token("bob", Role.OPERATOR, Secret.of(OPERATOR))),
                        Set.of()),
                "test");
        local = new Http(open.uri());
        remote = new Http(guarded.uri());
    }

    @AfterAll
    void stop() {
        open.close();
        guarded.close();
        platform.close();
    }

    @Test
    void without_tokens_it_does_not_listen_beyond_this_machine() {
        ServerSettings settings = ServerSettings.local(0).withAddress(Optional.of("0.0.0.0"), Optional.empty());

        assertThatThrownBy(() -> MillraceServer.start(platform, settings, "test"))
                .isInstanceOfSatisfying(
                        MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
                .hasMessageContaining("0.0.0.0");
    }

    @Test
    void a_port_that_is_taken_is_told() {
        assertThatThrownBy(() -> MillraceServer.start(platform, ServerSettings.local(open.port()), "test"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining(String.valueOf(open.port()));
    }

    @Test
    void a_name_that_is_not_this_machine_is_refused_on_loopback() throws IOException {
        assertThat(raw("GET /api/v1/runs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("HOST_NOT_ALLOWED");
        assertThat(raw("GET /api/v1/runs HTTP/1.1\r\nHost: localhost:" + open.port() + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void a_page_of_another_site_changes_nothing() {
        assertThat(local.post("/api/v1/reload", "", "Origin", "https://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(local.post("/api/v1/reload", "", "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(403);
        assertThat(local.post("/api/v1/reload", "", "Origin", "null").statusCode())
                .isEqualTo(403);
        assertThat(local.post("/api/v1/reload", "", "Origin", open.uri().toString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_token_is_needed_and_its_role_decides() {
        assertThat(remote.get("/api/v1/runs").statusCode()).isEqualTo(401);
        assertThat(remote.get("/metrics").statusCode()).isEqualTo(401);
        assertThat(remote.get("/api/v1/runs", "Authorization", "Bearer wrong").statusCode())
                .isEqualTo(401);
        assertThat(remote.get("/api/v1/runs", "Authorization", "Bearer " + VIEWER)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused =
                remote.post("/api/v1/pipelines/marts/pause", "", "Authorization", "Bearer " + VIEWER);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(Http.json(refused).path("hint").asText()).contains("operator");
        assertThat(remote.post("/api/v1/pipelines/marts/pause", "", "Authorization", "Bearer " + OPERATOR)
                        .statusCode())
                .isEqualTo(200);
        assertThat(remote.post("/api/v1/reload", "", "Authorization", "Bearer " + OPERATOR)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_browser_is_led_to_the_login_and_back() {
        HttpResponse<String> first = remote.get("/runs", "Accept", "text/html");
        assertThat(first.statusCode()).isEqualTo(302);
        assertThat(first.headers().firstValue("Location")).hasValue("/login?to=%2Fruns");

        String form = "Content-Type";
        assertThat(remote.post("/login", "token=wrong", form, "application/x-www-form-urlencoded")
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> login =
                remote.post("/login", "to=/runs&token=" + VIEWER, form, "application/x-www-form-urlencoded");
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(login.headers().firstValue("Location")).hasValue("/runs");
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").doesNotContain(VIEWER);
        String session = cookie.substring(0, cookie.indexOf(';'));
        assertThat(remote.get("/runs", "Cookie", session).statusCode()).isEqualTo(200);
        assertThat(remote.post("/runs", "", "Cookie", session).statusCode()).isEqualTo(403);

        remote.post("/logout", "", "Cookie", session);
        assertThat(remote.get("/api/v1/runs", "Cookie", session).statusCode()).isEqualTo(401);
    }

    @Test
    void the_login_leads_nowhere_else() {
        HttpResponse<String> login = remote.post(
                "/login", "to=//evil.example&token=" + VIEWER, "Content-Type", "application/x-www-form-urlencoded");

        assertThat(login.headers().firstValue("Location")).hasValue("/");
    }

    @Test
    void every_answer_forbids_foreign_content() {
        HttpResponse<String> page = local.get("/");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Server")).isEmpty();
        assertThat(page.body())
                .doesNotContain("https://")
                .doesNotContain("style=")
                .doesNotContain("onclick");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), open.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
