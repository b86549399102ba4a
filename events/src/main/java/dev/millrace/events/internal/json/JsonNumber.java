package dev.millrace.events.internal.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** A number as it is written, and whether a double holds just that. Belongs to one scanner. */
public final class JsonNumber {
    private static final int LONG_DIGITS = 18;
    /** A decimal of so many digits comes back from a double unchanged. */
    private static final int DOUBLE_DIGITS = 15;
    /** A double never needs more digits to be told from its neighbours. */
    private static final int MOST_DOUBLE_DIGITS = 17;

    private static final double SMALLEST_NORMAL_DECADE = 1e-300;
    private static final long EXACT_DOUBLE = 1L << 53;
    private static final double[] POWERS = new double[23];

    static {
        double power = 1;
        for (int i = 0; i < POWERS.length; i++) {
            POWERS[i] = power;
            power *= 10;
        }
    }

    private byte[] bytes = new byte[0];
    private int start;
    private int stop;
    private boolean negative;
    private boolean whole;
    /** Digits without leading zeros. */
    private int digits;
    /** The first 18 of them. */
    private long mantissa;
    /** Power of ten of the mantissa's last digit. */
    private int exponent;

    /** @return behind the number, or -1 - (where it goes wrong) */
    int scan(byte[] source, int from, int end) {
        bytes = source;
        start = from;
        negative = source[from] == '-';
        whole = true;
        digits = 0;
        mantissa = 0;
        exponent = 0;
        int i = negative ? from + 1 : from;
        int first = i;
        i = digits(i, end, false);
        boolean leadingZero = i - first > 1 && source[first] == '0';
        if (i == first || leadingZero) {
            return -1 - Math.min(first + (leadingZero ? 1 : 0), end);
        }
        if (i < end && source[i] == '.') {
            whole = false;
            int fraction = i + 1;
            i = digits(fraction, end, true);
            if (i == fraction) {
                return -1 - i;
            }
        }
        if (i < end && (source[i] | 0x20) == 'e') {
            whole = false;
            i = power(i + 1, end);
        }
        stop = i;
        return i;
    }

    private int digits(int from, int end, boolean fraction) {
        int i = from;
        while (i < end) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (digits > 0 || digit != 0) {
                digits++;
            }
            if (digits <= LONG_DIGITS) {
                mantissa = mantissa * 10 + digit;
                if (fraction) {
                    exponent--;
                }
            } else if (!fraction) {
                exponent++;
            }
            i++;
        }
        return i;
    }

    private int power(int from, int end) {
        int i = from;
        boolean minus = i < end && bytes[i] == '-';
        if (i < end && (bytes[i] == '-' || bytes[i] == '+')) {
            i++;
        }
        int first = i;
        int power = 0;
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            power = Math.min(100_000, power * 10 + bytes[i] - '0');
            i++;
        }
        exponent += minus ? -power : power;
        return i == first ? -1 - i : i;
    }

    /** Written without a point and an exponent. */
    boolean isWhole() {
        return whole;
    }

    public int digits() {
        return digits;
    }

    boolean fitsLong() {
        return digits <= 19 && new BigInteger(raw()).bitLength() <= 63;
    }

    /** The value of a whole number of at most 64 bits. */
    public long longValue() {
        if (digits > LONG_DIGITS) {
            return Long.parseLong(raw());
        }
        return negative ? -mantissa : mantissa;
    }

    /** The nearest double. */
    public double doubleValue() {
        if (digits <= DOUBLE_DIGITS && exponent >= -22 && exponent <= 22) {
            double value = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
            return negative ? -value : value;
        }
        return Double.parseDouble(raw());
    }

    /** Whether {@code value}, the nearest double, may be written as this number. */
    public boolean isExactly(double value) {
        if (digits <= DOUBLE_DIGITS && exponent >= -22 && exponent <= 22) {
            return true;
        }
        if (mantissa == 0) {
            return true;
        }
        if (whole && digits <= LONG_DIGITS && mantissa <= EXACT_DOUBLE) {
            return true;
        }
        if (Double.isInfinite(value) || value == 0) {
            return false;
        }
        if (digits <= DOUBLE_DIGITS && Math.abs(value) > SMALLEST_NORMAL_DECADE) {
            return true;
        }
        BigDecimal written = new BigDecimal(raw()).stripTrailingZeros();
        if (whole || written.precision() > MOST_DOUBLE_DIGITS) {
            return written.compareTo(new BigDecimal(value)) == 0;
        }
        BigDecimal off = written.subtract(new BigDecimal(value)).abs();
        return off.add(off).compareTo(written.ulp()) <= 0;
    }

    /** As written. */
    public String raw() {
        return new String(bytes, start, stop - start, StandardCharsets.US_ASCII);
    }
}
