package dev.millrace.testkit.internal.salesforce;

import java.util.Optional;

/** Record ids: 15 case-sensitive characters, and 3 more that make them safe where case is lost. */
final class SalesforceId {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String CHECKSUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    private static final String INSTANCE = "5g0";
    private static final int SHORT_LENGTH = 15;

    private SalesforceId() {}

    static String of(String keyPrefix, long number) {
        StringBuilder id = new StringBuilder();
        long rest = number;
        while (id.length() < SHORT_LENGTH - keyPrefix.length() - INSTANCE.length()) {
            id.append(DIGITS.charAt((int) (rest % DIGITS.length())));
            rest /= DIGITS.length();
        }
        return withChecksum(keyPrefix + INSTANCE + id.reverse());
    }

    /** The 18 characters of an id of either form; empty if it has neither. */
    static Optional<String> canonical(String id) {
        if ((id.length() != SHORT_LENGTH && id.length() != 18) || !id.chars().allMatch(c -> DIGITS.indexOf(c) >= 0)) {
            return Optional.empty();
        }
        String canonical = withChecksum(id.substring(0, SHORT_LENGTH));
        return id.length() == SHORT_LENGTH || canonical.endsWith(id.substring(SHORT_LENGTH))
                ? Optional.of(canonical)
                : Optional.empty();
    }

    private static String withChecksum(String id) {
        StringBuilder full = new StringBuilder(id);
        for (int chunk = 0; chunk < 3; chunk++) {
            int bits = 0;
            for (int i = 0; i < 5; i++) {
                char c = id.charAt(chunk * 5 + i);
                if (c >= 'A' && c <= 'Z') {
                    bits |= 1 << i;
                }
            }
            full.append(CHECKSUM.charAt(bits));
        }
        return full.toString();
    }
}
