package dev.millrace.serving.pgwire;

import java.math.BigDecimal;
import java.math.BigInteger;

/** PostgreSQL's binary form of exact numbers: digits to the base 10000. */
final class Numeric {
    private static final int BASE_DIGITS = 4;
    private static final BigInteger BASE = BigInteger.valueOf(10_000);
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;

    private Numeric() {}

    static void write(Message message, BigDecimal number) {
        int scale = Math.max(0, number.scale());
        // As many decimal places as fill whole digits.
        int places = (scale + BASE_DIGITS - 1) / BASE_DIGITS;
        BigInteger rest = number.setScale(places * BASE_DIGITS).unscaledValue().abs();
        int count = 0;
        short[] reversed = new short[rest.bitLength() / 13 + 2];
        while (rest.signum() != 0) {
            BigInteger[] split = rest.divideAndRemainder(BASE);
            reversed[count++] = split[1].shortValue();
            rest = split[0];
        }
        int skipped = 0;
        while (skipped < count && reversed[skipped] == 0) {
            skipped++;
        }
        message.int16(count - skipped)
                .int16(count - places - 1)
                .int16(number.signum() < 0 ? NEGATIVE : 0)
                .int16(scale);
        for (int i = count - 1; i >= skipped; i--) {
            message.int16(reversed[i]);
        }
    }

    static BigDecimal read(Fields fields) {
        int count = fields.int16();
        int weight = fields.int16();
        int sign = fields.int16() & 0xFFFF;
        int scale = fields.int16();
        if (sign == NAN || sign > NAN) {
            throw new SqlError("22003", "a number that is not finite has no exact value");
        }
        BigInteger digits = BigInteger.ZERO;
        for (int i = 0; i < count; i++) {
            digits = digits.multiply(BASE).add(BigInteger.valueOf(fields.int16()));
        }
        BigDecimal number = new BigDecimal(digits).scaleByPowerOfTen((weight - count + 1) * BASE_DIGITS);
        return (sign == NEGATIVE ? number.negate() : number).setScale(scale, java.math.RoundingMode.DOWN);
    }
}
