package dev.millrace.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Plain requests to the service, as any HTTP client would make them. */
final class SalesforceHttp {
    static final String V60 = "/services/data/v60.0/";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;
    private String token;

    SalesforceHttp(SalesforceService service) {
        this(service.url(), service.accessToken());
    }

    private SalesforceHttp(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    /** A user of a service that runs somewhere else. */
    static SalesforceHttp signedIn(String url) throws IOException, InterruptedException {
        SalesforceHttp user = new SalesforceHttp(URI.create(url), "");
        Answer granted = user.token("grant_type=client_credentials&client_id=millrace&client_secret=millrace-secret");
        user.useToken(granted.json().path("access_token").asText());
        return user;
    }

    record Answer(int status, JsonNode json, HttpResponse<String> response) {
        String errorCode() {
            return json.path(0).path("errorCode").asText();
        }
    }

    void useToken(String other) {
        token = other;
    }

    Answer query(String soql) throws IOException, InterruptedException {
        return send("GET", V60 + "query?q=" + URLEncoder.encode(soql, UTF_8), "");
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    /** @param body JSON, with single quotes for double ones */
    Answer send(String method, String path, String body) throws IOException, InterruptedException {
        return send(request(path).method(method, BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    Answer token(String form) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(url.resolve("/services/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(url.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        JsonNode json = response.body().isEmpty() ? MAPPER.missingNode() : MAPPER.readTree(response.body());
        return new Answer(response.statusCode(), json, response);
    }
}
