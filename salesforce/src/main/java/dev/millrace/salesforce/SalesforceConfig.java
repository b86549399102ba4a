package dev.millrace.salesforce;

import dev.millrace.core.ErrorCode;
import dev.millrace.core.MillraceException;
import dev.millrace.core.Secret;
import dev.millrace.core.yaml.YamlMap;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which Salesforce organisation, and how to talk to it.
 *
 * @param url the organisation's domain, {@code https://MyDomain.my.salesforce.com}: where tokens come from and, unless
 *     the token's answer names another, where requests go
 * @param apiVersion as in URLs: {@code v64.0}
 * @param requestTimeout the longest wait for one answer
 * @param maxAttempts how often a request is tried that fails for a reason that may pass
 * @param backoff the wait before the second attempt; it doubles from there, to a minute at most
 * @param retryLimit how long after its first try a request may be tried again
 */
public record SalesforceConfig(
        URI url,
        SalesforceAuth auth,
        String apiVersion,
        Duration requestTimeout,
        int maxAttempts,
        Duration backoff,
        Duration retryLimit) {
    /** What {@link #read} understands, besides {@code type}. */
    public static final List<String> KEYS = List.of(
            "login_url",
            "instance_url",
            "client_id",
            "client_secret",
            "username",
            "password",
            "security_token",
            "refresh_token",
            "access_token",
            "api_version",
            "timeout_seconds",
            "max_attempts",
            "retry_seconds",
            "rate_limit");

    private static final String DEFAULT_VERSION = "v64.0";
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);
    private static final int DEFAULT_ATTEMPTS = 6;
    private static final Duration DEFAULT_BACKOFF = Duration.ofMillis(500);
    private static final Duration DEFAULT_RETRY_LIMIT = Duration.ofMinutes(3);

    public static SalesforceConfig of(URI url, SalesforceAuth auth) {
        return new SalesforceConfig(
                url, auth, DEFAULT_VERSION, DEFAULT_TIMEOUT, DEFAULT_ATTEMPTS, DEFAULT_BACKOFF, DEFAULT_RETRY_LIMIT);
    }

    public SalesforceConfig withRetries(int newMaxAttempts, Duration newBackoff) {
        return new SalesforceConfig(url, auth, apiVersion, requestTimeout, newMaxAttempts, newBackoff, retryLimit);
    }

    public SalesforceConfig withApiVersion(String version) {
        return new SalesforceConfig(url, auth, version, requestTimeout, maxAttempts, backoff, retryLimit);
    }

    public SalesforceConfig withRequestTimeout(Duration timeout) {
        return new SalesforceConfig(url, auth, apiVersion, timeout, maxAttempts, backoff, retryLimit);
    }

    public SalesforceConfig withRetryLimit(Duration limit) {
        return new SalesforceConfig(url, auth, apiVersion, requestTimeout, maxAttempts, backoff, limit);
    }

    /**
     * Reads an entry of millrace.yml. The flow follows from what is given: {@code access_token}, else
     * {@code refresh_token}, else {@code username} and {@code password}, else client credentials.
     *
     * @param settings with templates rendered; keys outside {@link #KEYS} are left alone
     * @throws MillraceException CONFIG_MISSING or CONFIG_INVALID, with the position
     */
    public static SalesforceConfig read(YamlMap settings) {
        String version = settings.string("api_version").orElse(DEFAULT_VERSION);
        String written = version.startsWith("v") ? version : "v" + version;
        if (!written.matches("v\\d+\\.0")) {
            throw invalid(settings, "api_version", "'" + version + "' is no API version", "Write it as '64.0'.");
        }
        return new SalesforceConfig(
                url(settings),
                auth(settings),
                written,
                Duration.ofSeconds(positive(settings, "timeout_seconds", DEFAULT_TIMEOUT.toSeconds())),
                (int) positive(settings, "max_attempts", DEFAULT_ATTEMPTS),
                DEFAULT_BACKOFF,
                Duration.ofSeconds(positive(settings, "retry_seconds", DEFAULT_RETRY_LIMIT.toSeconds())));
    }

    private static URI url(YamlMap settings) {
        String key = settings.has("login_url") ? "login_url" : "instance_url";
        String text = settings.has(key) ? settings.requireString(key) : settings.requireString("login_url");
        try {
            URI url = URI.create(text.strip().replaceFirst("/+$", ""));
            if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(settings, key, "'" + text + "' is no URL", "It begins with https:// and names a host.");
        }
        throw invalid(settings, key, "'" + text + "' is no URL", "It begins with https:// and names a host.");
    }

    private static SalesforceAuth auth(YamlMap settings) {
        if (settings.has("access_token")) {
            return new SalesforceAuth.AccessToken(secret(settings, "access_token"));
        }
        String clientId = settings.requireString("client_id");
        if (settings.has("refresh_token")) {
            Optional<Secret> clientSecret = settings.string("client_secret").map(Secret::of);
            return new SalesforceAuth.RefreshToken(clientId, clientSecret, secret(settings, "refresh_token"));
        }
        Secret clientSecret = secret(settings, "client_secret");
        if (settings.has("username")) {
            String password = settings.requireString("password")
                    + settings.string("security_token").orElse("");
            return new SalesforceAuth.Password(
                    clientId, clientSecret, settings.requireString("username"), Secret.of(password));
        }
        return new SalesforceAuth.ClientCredentials(clientId, clientSecret);
    }

    private static Secret secret(YamlMap settings, String key) {
        return Secret.of(settings.requireString(key));
    }

    private static long positive(YamlMap settings, String key, long otherwise) {
        String text = settings.string(key).orElse(Long.toString(otherwise));
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw invalid(
                    settings,
                    key,
                    "'" + text + "' is no number from 1 to 999999",
                    "Leave it out for " + otherwise + ".");
        }
        return Long.parseLong(text);
    }

    private static MillraceException invalid(YamlMap settings, String key, String message, String hint) {
        return new MillraceException(
                ErrorCode.CONFIG_INVALID, key + ": " + message, settings.positionOf(key), hint, null);
    }
}
