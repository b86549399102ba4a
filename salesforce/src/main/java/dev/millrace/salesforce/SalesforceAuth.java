package dev.millrace.salesforce;

import dev.millrace.core.Secret;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How a {@link SalesforceClient} signs in; the OAuth 2.0 flows of Salesforce that need no browser. */
public sealed interface SalesforceAuth {
    /** The fields of the token request; empty if there is a token already. */
    Map<String, String> form();

    /** OAuth 2.0 client credentials: the connected application acts as its own user. */
    record ClientCredentials(String clientId, Secret clientSecret) implements SalesforceAuth {
        @Override
        public Map<String, String> form() {
            return Map.of(
                    "grant_type", "client_credentials", "client_id", clientId, "client_secret", clientSecret.reveal());
        }
    }

    /**
     * OAuth 2.0 username-password.
     *
     * @param password with the security token appended, where the organisation asks for one
     */
    record Password(String clientId, Secret clientSecret, String username, Secret password) implements SalesforceAuth {
        @Override
        public Map<String, String> form() {
            return Map.of(
                    "grant_type",
                    "password",
                    "client_id",
                    clientId,
                    "client_secret",
                    clientSecret.reveal(),
                    "username",
                    username,
                    "password",
                    password.reveal());
        }
    }

    /** OAuth 2.0 refresh token, got once by a person in a browser. */
    record RefreshToken(String clientId, Optional<Secret> clientSecret, Secret refreshToken) implements SalesforceAuth {
        @Override
        public Map<String, String> form() {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("grant_type", "refresh_token");
            form.put("client_id", clientId);
            clientSecret.ifPresent(secret -> form.put("client_secret", secret.reveal()));
            form.put("refresh_token", refreshToken.reveal());
            return form;
        }
    }

    /** A token from elsewhere. It cannot be renewed: when it is no longer good, requests fail. */
    record AccessToken(Secret token) implements SalesforceAuth {
        @Override
        public Map<String, String> form() {
            return Map.of();
        }
    }
}
