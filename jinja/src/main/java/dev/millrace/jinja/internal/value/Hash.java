package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PySet;
import dev.millrace.jinja.PyTuple;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Maps a value to a key whose Java equality is Python's equality. */
public final class Hash {
    private static final double LONG_LIMIT = 9.2e18;

    private Hash() {}

    public static Object key(Object value) {
        if (value instanceof String || value instanceof Long) {
            return value;
        } else if (value instanceof Boolean truth) {
            return truth ? 1L : 0L;
        } else if (value instanceof Double number) {
            return number == Math.rint(number) && Math.abs(number) < LONG_LIMIT
                    ? (Object) (long) (double) number
                    : number;
        } else if (value instanceof BigDecimal number) {
            return decimal(number);
        } else if (value instanceof PyList || value instanceof PyDict || value instanceof PySet) {
            throw JinjaException.type("unhashable type: '" + Types.name(value) + "'");
        } else if (value instanceof PyTuple tuple) {
            tuple.forEach(Hash::key);
        }
        return value;
    }

    private static Object decimal(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        if (plain.scale() <= 0 && plain.precision() - plain.scale() < 1000) {
            BigInteger whole = plain.toBigInteger();
            return Numbers.normal(whole);
        }
        double approximation = number.doubleValue();
        return new BigDecimal(approximation).compareTo(number) == 0 ? (Object) approximation : plain;
    }
}
