package dev.millrace.server.internal.http;

import dev.millrace.server.Token;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what was sent with the tokens, in a time that says nothing of them. */
final class Tokens {
    private final Map<Principal, byte[]> known = new LinkedHashMap<>();

    Tokens(List<Token> tokens) {
        for (Token token : tokens) {
            known.put(
                    new Principal(token.name(), token.role(), false),
                    hash(token.secret().reveal()));
        }
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    Optional<Principal> find(String sent) {
        byte[] hash = hash(sent);
        Optional<Principal> found = Optional.empty();
        for (Map.Entry<Principal, byte[]> token : known.entrySet()) {
            if (MessageDigest.isEqual(hash, token.getValue())) {
                found = Optional.of(token.getKey());
            }
        }
        return found;
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
