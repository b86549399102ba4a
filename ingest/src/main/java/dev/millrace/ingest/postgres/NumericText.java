package dev.millrace.ingest.postgres;

import java.math.BigDecimal;
import java.math.BigInteger;

/** {@code numeric}'s binary form as text: sign, weight, scale, and groups of four decimal digits. */
final class NumericText {
    static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int POSITIVE_INFINITY = 0xD000;
    private static final int NEGATIVE_INFINITY = 0xF000;

    private NumericText() {}

    /** As PostgreSQL prints it. */
    static String of(byte[] row, int at) {
        return switch (Bytes.int2(row, at + 4) & 0xFFFF) {
            case NAN -> "NaN";
            case POSITIVE_INFINITY -> "Infinity";
            case NEGATIVE_INFINITY -> "-Infinity";
            default -> number(row, at).toPlainString();
        };
    }

    static boolean isFinite(byte[] row, int at) {
        return (Bytes.int2(row, at + 4) & 0xFFFF & ~NEGATIVE) == 0;
    }

    /** The value with the scale PostgreSQL shows it with. */
    static BigDecimal number(byte[] row, int at) {
        int groups = Bytes.int2(row, at);
        int weight = Bytes.int2(row, at + 2);
        int displayed = Bytes.int2(row, at + 6);
        StringBuilder digits = new StringBuilder(groups * 4 + 1).append('0');
        for (int i = 0; i < groups; i++) {
            int group = Bytes.int2(row, at + 8 + 2 * i);
            digits.append((char) ('0' + group / 1000))
                    .append((char) ('0' + group / 100 % 10))
                    .append((char) ('0' + group / 10 % 10))
                    .append((char) ('0' + group % 10));
        }
        BigInteger unscaled = new BigInteger(digits.toString());
        boolean negative = Bytes.int2(row, at + 4) == NEGATIVE;
        int scale = 4 * (groups - 1 - weight);
        // Digits beyond the displayed scale are always zero.
        return new BigDecimal(negative ? unscaled.negate() : unscaled, groups == 0 ? 0 : scale).setScale(displayed);
    }
}
