package dev.millrace.serving.pgwire;

import dev.millrace.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The server's side of SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding. For one authentication. */
final class Scram {
    static final String MECHANISM = "SCRAM-SHA-256";

    private static final int ITERATIONS = 4096;
    private static final int KEY_BITS = 256;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 18;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Secret password;
    private final byte[] salt = random(SALT_BYTES);
    private String clientFirstBare = "";
    private String channelBinding = "";
    private String serverFirst = "";
    private String nonce = "";

    Scram(Secret password) {
        this.password = password;
    }

    /** The answer to the client's first message. */
    String first(String message) {
        // gs2-header: n or y, an optional authorization identity.
        int header = message.indexOf(',', message.indexOf(',') + 1) + 1;
        if (header <= 0 || message.startsWith("p=")) {
            throw failed();
        }
        channelBinding =
                Base64.getEncoder().encodeToString(message.substring(0, header).getBytes(StandardCharsets.UTF_8));
        clientFirstBare = message.substring(header);
        nonce = attribute(clientFirstBare, 'r') + Base64.getEncoder().encodeToString(random(NONCE_BYTES));
        serverFirst = "r=" + nonce + ",s=" + Base64.getEncoder().encodeToString(salt) + ",i=" + ITERATIONS;
        return serverFirst;
    }

    /** The answer to the client's last message; throws when the password is wrong. */
    String last(String message) {
        int proofAt = message.lastIndexOf(",p=");
        if (proofAt < 0
                || !attribute(message, 'r').equals(nonce)
                || !attribute(message, 'c').equals(channelBinding)) {
            throw failed();
        }
        String authentication = clientFirstBare + "," + serverFirst + "," + message.substring(0, proofAt);
        byte[] salted = salted();
        byte[] storedKey = sha256(hmac(salted, "Client Key"));
        byte[] signature = hmac(storedKey, authentication);
        byte[] clientKey = proof(message.substring(proofAt + 3));
        if (clientKey.length != signature.length) {
            throw failed();
        }
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= signature[i];
        }
        if (!MessageDigest.isEqual(sha256(clientKey), storedKey)) {
            throw failed();
        }
        return "v=" + Base64.getEncoder().encodeToString(hmac(hmac(salted, "Server Key"), authentication));
    }

    private static byte[] proof(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw failed();
        }
    }

    private static String attribute(String message, char name) {
        for (String part : message.split(",")) {
            if (part.startsWith(name + "=")) {
                return part.substring(2);
            }
        }
        throw failed();
    }

    private byte[] salted() {
        try {
            PBEKeySpec spec = new PBEKeySpec(password.reveal().toCharArray(), salt, ITERATIONS, KEY_BITS);
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    private static SqlError failed() {
        return new SqlError("28P01", "password authentication failed");
    }
}
