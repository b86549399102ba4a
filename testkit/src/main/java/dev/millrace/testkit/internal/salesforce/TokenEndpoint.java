package dev.millrace.testkit.internal.salesforce;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /services/oauth2/token}: gives out access tokens, and knows which are still good. Thread-safe. */
public final class TokenEndpoint {
    private final Credentials credentials;
    private final Duration lifetime;
    private final Clock clock;
    private final Map<String, Instant> expiryByToken = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    public TokenEndpoint(Credentials credentials, Duration lifetime, Clock clock) {
        this.credentials = credentials;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /** What the one user and the one connected application of the service sign in with. */
    public record Credentials(
            String clientId, String clientSecret, String username, String password, String refreshToken) {
        @Override
        public String toString() {
            return "Credentials[" + clientId + ", " + username + "]";
        }
    }

    public String issue() {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String token = "00D5g0000000001!" + HexFormat.of().formatHex(bytes);
        expiryByToken.put(token, clock.instant().plus(lifetime));
        return token;
    }

    public void expireAll() {
        expiryByToken.clear();
    }

    boolean accepts(String authorization) {
        String[] words = authorization.split(" ", 2);
        if (words.length != 2 || !words[0].matches("(?i)Bearer|OAuth")) {
            return false;
        }
        Instant expiry = expiryByToken.get(words[1].strip());
        return expiry != null && clock.instant().isBefore(expiry);
    }

    public Reply handle(String instanceUrl, Map<String, String> form, String authorization) {
        Map<String, String> client = clientOf(form, authorization);
        if (!credentials.clientId().equals(client.get("client_id"))) {
            return refuse("invalid_client_id", "client identifier invalid");
        }
        if (!credentials.clientSecret().equals(client.get("client_secret"))) {
            return refuse("invalid_client", "invalid client credentials");
        }
        switch (form.getOrDefault("grant_type", "")) {
            case "client_credentials" -> {
                return grant(instanceUrl);
            }
            case "password" -> {
                return credentials.username().equals(form.get("username"))
                                && credentials.password().equals(form.get("password"))
                        ? grant(instanceUrl)
                        : refuse("invalid_grant", "authentication failure");
            }
            case "refresh_token" -> {
                return credentials.refreshToken().equals(form.get("refresh_token"))
                        ? grant(instanceUrl)
                        : refuse("invalid_grant", "expired access/refresh token");
            }
            default -> {
                return refuse("unsupported_grant_type", "grant type not supported");
            }
        }
    }

    /** The client's id and secret, from the form or from HTTP basic authentication. */
    private static Map<String, String> clientOf(Map<String, String> form, String authorization) {
        if (!authorization.startsWith("Basic ")) {
            return form;
        }
        String[] pair =
                new String(Base64.getDecoder().decode(authorization.substring(6).strip()), UTF_8).split(":", 2);
        return pair.length == 2 ? Map.of("client_id", pair[0], "client_secret", pair[1]) : form;
    }

    private Reply grant(String instanceUrl) {
        ObjectNode body = Json.object()
                .put("access_token", issue())
                .put("instance_url", instanceUrl)
                .put("id", instanceUrl + "/id/00D5g0000000001EAA/0055g0000000001AAA")
                .put("token_type", "Bearer")
                .put("issued_at", Long.toString(clock.millis()))
                .put("scope", "api");
        return Reply.ok(body);
    }

    private static Reply refuse(String error, String description) {
        return new Reply(400, Json.object().put("error", error).put("error_description", description), 0);
    }
}
