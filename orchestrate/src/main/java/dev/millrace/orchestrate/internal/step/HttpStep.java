package dev.millrace.orchestrate.internal.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Position;
import dev.millrace.core.graph.LogLevel;
import dev.millrace.core.graph.Step;
import dev.millrace.core.graph.StepContext;
import dev.millrace.core.graph.StepResult;
import dev.millrace.core.yaml.YamlList;
import dev.millrace.core.yaml.YamlMap;
import dev.millrace.core.yaml.YamlNode;
import dev.millrace.core.yaml.YamlScalar;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Sends one request; another status than the expected is an error.
 *
 * @param expected statuses; empty means any of 200 to 299
 */
public record HttpStep(HttpRequest request, Set<Integer> expected) implements Step {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_BODY = 500;

    /**
     * @param rendered holds {@code url}, and if wanted {@code method}, {@code headers}, {@code body},
     *     {@code expect_status}
     */
    public static HttpStep of(YamlMap rendered, Position position) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(rendered.requireString("url")));
            boolean structured = rendered.get("body")
                    .filter(body -> !(body instanceof YamlScalar))
                    .isPresent();
            if (structured) {
                request.header("Content-Type", "application/json");
            }
            rendered.map("headers")
                    .ifPresent(headers -> headers.keys()
                            .forEach(name ->
                                    request.setHeader(name, headers.string(name).orElse(""))));
            String method = rendered.string("method")
                    .orElse(rendered.has("body") ? "POST" : "GET")
                    .toUpperCase(Locale.ROOT);
            request.method(
                    method,
                    rendered.get("body")
                            .map(body -> BodyPublishers.ofString(text(body)))
                            .orElse(BodyPublishers.noBody()));
            return new HttpStep(request.build(), expected(rendered));
        } catch (IllegalArgumentException e) {
            throw new MillraceException(
                    ErrorCode.CONFIG_INVALID, "not an HTTP request: " + e.getMessage(), position, null, e);
        }
    }

    private static String text(YamlNode body) {
        if (body instanceof YamlScalar scalar) {
            return scalar.text();
        }
        try {
            return JSON.writeValueAsString(body.toJava());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Set<Integer> expected(YamlMap rendered) {
        Set<Integer> statuses = new LinkedHashSet<>();
        rendered.get("expect_status").ifPresent(node -> {
            List<YamlNode> items = node instanceof YamlList list ? list.items() : List.of(node);
            for (YamlNode item : items) {
                if (!(item instanceof YamlScalar scalar) || !(scalar.value() instanceof Long status)) {
                    throw new MillraceException(
                            ErrorCode.CONFIG_INVALID,
                            "'expect_status' must be a status such as 200 or a list of them, but is " + item.describe(),
                            item.position(),
                            null,
                            null);
                }
                statuses.add(status.intValue());
            }
        });
        return statuses;
    }

    @Override
    public StepResult run(StepContext context) throws InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(30))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        String what =
                request.method() + " " + request.uri().getHost() + request.uri().getPath();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            int status = response.statusCode();
            boolean well = expected.isEmpty() ? status / 100 == 2 : expected.contains(status);
            if (!well) {
                throw new MillraceException(
                        ErrorCode.STEP_FAILED, what + " answered " + status + ": " + cut(response.body()));
            }
            context.log(LogLevel.DEBUG, cut(response.body()));
            return StepResult.success("status " + status);
        } catch (IOException e) {
            throw new MillraceException(
                    ErrorCode.STEP_FAILED,
                    what + " got no answer: " + (e.getMessage() == null ? e : e.getMessage()),
                    e);
        }
    }

    private static String cut(String body) {
        return body.length() > LONGEST_BODY ? body.substring(0, LONGEST_BODY) + "…" : body;
    }
}
