package dev.millrace.activate.internal.http;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Secret;
import dev.millrace.core.yaml.YamlMap;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An HTTP service, as an entry of millrace.yml describes it.
 *
 * @param url without a slash at its end
 * @param headers with those of the authentication
 * @param successes the statuses that mean success; empty means 200 to 299
 * @param tokenHeader the header that carries the idempotency key; empty for none
 * @param timeout the longest wait for one answer
 * @param retryLimit how long after its first try a request may be tried again
 */
record HttpSettings(
        URI url,
        Map<String, Secret> headers,
        Set<Integer> successes,
        String tokenHeader,
        Duration timeout,
        int maxAttempts,
        Duration retryLimit) {
    static final List<String> KEYS = List.of(
            "type",
            "url",
            "headers",
            "auth",
            "success_statuses",
            "idempotency_header",
            "timeout_seconds",
            "max_attempts",
            "retry_seconds",
            "rate_limit");

    private static final long USUAL_TIMEOUT_SECONDS = 30;
    private static final long USUAL_ATTEMPTS = 6;
    private static final long USUAL_RETRY_SECONDS = 180;

    HttpSettings {
        headers = Map.copyOf(headers);
        successes = Set.copyOf(successes);
    }

    /** @throws MillraceException CONFIG_MISSING or CONFIG_INVALID, with the position */
    static HttpSettings read(YamlMap settings) {
        settings.allowOnly(KEYS);
        Set<Integer> successes = new TreeSet<>();
        for (String status : settings.strings("success_statuses")) {
            if (!status.matches("[1-5]\\d\\d")) {
                throw invalid(settings, "success_statuses", "'" + status + "' is no HTTP status", "Write [200, 201].");
            }
            successes.add(Integer.parseInt(status));
        }
        return new HttpSettings(
                url(settings),
                headers(settings),
                successes,
                settings.string("idempotency_header").orElse("Idempotency-Key"),
                Duration.ofSeconds(positive(settings, "timeout_seconds", USUAL_TIMEOUT_SECONDS)),
                (int) positive(settings, "max_attempts", USUAL_ATTEMPTS),
                Duration.ofSeconds(positive(settings, "retry_seconds", USUAL_RETRY_SECONDS)));
    }

    boolean succeeded(int status) {
        return successes.isEmpty() ? status >= 200 && status < 300 : successes.contains(status);
    }

    private static URI url(YamlMap settings) {
        String text = settings.requireString("url").strip().replaceFirst("/+$", "");
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(settings, "url", "'" + text + "' is no URL", "It begins with https:// and names a host.");
        }
        throw invalid(settings, "url", "'" + text + "' is no URL", "It begins with https:// and names a host.");
    }

    private static Map<String, Secret> headers(YamlMap settings) {
        Map<String, Secret> headers = new LinkedHashMap<>();
        settings.map("headers").ifPresent(map -> {
            for (String name : map.keys()) {
                String value = map.requireString(name);
                try {
                    HttpRequest.newBuilder().header(name, value);
                } catch (IllegalArgumentException e) {
                    throw invalid(map, name, "this header cannot be set", null);
                }
                headers.put(name, Secret.of(value));
            }
        });
        settings.map("auth").ifPresent(auth -> headers.put("Authorization", Secret.of(authorization(auth))));
        return headers;
    }

    private static String authorization(YamlMap auth) {
        String type = auth.requireString("type");
        return switch (type) {
            case "bearer" -> {
                auth.allowOnly(List.of("type", "token"));
                yield "Bearer " + auth.requireString("token");
            }
            case "basic" -> {
                auth.allowOnly(List.of("type", "username", "password"));
                String login = auth.requireString("username") + ":"
                        + auth.string("password").orElse("");
                yield "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            }
            default ->
                throw invalid(
                        auth,
                        "type",
                        "'" + type + "' is no kind of authentication",
                        "Say bearer (with token) or basic (with username and password); others go under 'headers:'.");
        };
    }

    private static long positive(YamlMap settings, String key, long otherwise) {
        long value = settings.integer(key).orElse(otherwise);
        if (value < 1 || value > 999_999) {
            throw invalid(settings, key, value + " is not from 1 to 999999", "Leave it out for " + otherwise + ".");
        }
        return value;
    }

    private static MillraceException invalid(
            YamlMap settings, String key, String message, @org.jspecify.annotations.Nullable String hint) {
        return new MillraceException(
                ErrorCode.CONFIG_INVALID, key + ": " + message, settings.positionOf(key), hint, null);
    }
}
