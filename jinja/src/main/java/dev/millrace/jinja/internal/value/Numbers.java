package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Undefined;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;

/** Numbers as Python sees them: int of any size, float, bool, Decimal. */
public final class Numbers {
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private Numbers() {}

    public static boolean isNumber(Object value) {
        return value instanceof Long
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof BigInteger
                || value instanceof BigDecimal;
    }

    /** An int or bool. */
    public static boolean isInteger(Object value) {
        return value instanceof Long || value instanceof BigInteger || value instanceof Boolean;
    }

    /** A long where it fits. */
    public static Object normal(BigInteger value) {
        return value.compareTo(MIN) >= 0 && value.compareTo(MAX) <= 0 ? (Object) value.longValue() : value;
    }

    public static BigInteger big(Object value) {
        if (value instanceof BigInteger big) {
            return big;
        }
        return value instanceof Boolean truth
                ? (truth ? BigInteger.ONE : BigInteger.ZERO)
                : BigInteger.valueOf((Long) value);
    }

    public static double toDouble(Object value) {
        if (value instanceof Double number) {
            return number;
        } else if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        double result = ((Number) value).doubleValue();
        if (Double.isInfinite(result)) {
            throw new JinjaException(JinjaException.Kind.OVERFLOW, "int too large to convert to float");
        }
        return result;
    }

    static BigDecimal decimal(Object value) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        return value instanceof Double number ? new BigDecimal(number) : new BigDecimal(big(value));
    }

    public static int toInt(Object value) {
        long number = toLong(value);
        if (number != (int) number) {
            throw new JinjaException(JinjaException.Kind.OVERFLOW, "Python int too large to convert to C int");
        }
        return (int) number;
    }

    public static long toLong(Object value) {
        if (value instanceof Long number) {
            return number;
        } else if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        } else if (value instanceof Undefined undefined) {
            throw undefined.error();
        } else if (value instanceof BigInteger) {
            throw new JinjaException(JinjaException.Kind.OVERFLOW, "Python int too large to convert to C ssize_t");
        }
        throw JinjaException.type("'" + Types.name(value) + "' object cannot be interpreted as an integer");
    }

    static boolean equal(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return a.longValue() == b.longValue();
        } else if (left instanceof Double a && right instanceof Double b) {
            return a.doubleValue() == b.doubleValue();
        }
        return compare(left, right) == 0;
    }

    static int compare(Object left, Object right) {
        if (isInteger(left) && isInteger(right)) {
            return big(left).compareTo(big(right));
        } else if (left instanceof Double a && right instanceof Double b) {
            return a < b ? -1 : a > b ? 1 : a.doubleValue() == b.doubleValue() ? 0 : Double.compare(a, b);
        } else if (left instanceof Double number && !Double.isFinite(number)) {
            return number > 0 ? 1 : number < 0 ? -1 : 2;
        } else if (right instanceof Double number && !Double.isFinite(number)) {
            return number > 0 ? -1 : number < 0 ? 1 : 2;
        }
        return decimal(left).compareTo(decimal(right));
    }

    /** Python's {@code int(text)}; a ValueError for anything else. */
    public static Object parseInt(String text, int base) {
        String digits = Text.strip(text).replace("_", "");
        try {
            if (!digits.isEmpty() && digits.length() < 5000) {
                return normal(new BigInteger(prefixed(digits, base), base == 0 ? 10 : base));
            }
        } catch (NumberFormatException e) {
            throw invalidInt(text, base);
        }
        throw invalidInt(text, base);
    }

    private static String prefixed(String digits, int base) {
        String prefix = switch (base) {
            case 2 -> "0b";
            case 8 -> "0o";
            case 16 -> "0x";
            default -> "";
        };
        String lower = digits.toLowerCase(Locale.ROOT);
        return !prefix.isEmpty() && lower.startsWith(prefix) ? digits.substring(2) : digits;
    }

    private static JinjaException invalidInt(String text, int base) {
        return JinjaException.value("invalid literal for int() with base " + base + ": " + Repr.repr(text));
    }

    /** Python's {@code float(text)}. */
    public static double parseFloat(String text) {
        String trimmed = Text.strip(text).toLowerCase(Locale.ROOT);
        String unsigned = trimmed.startsWith("-") || trimmed.startsWith("+") ? trimmed.substring(1) : trimmed;
        double sign = trimmed.startsWith("-") ? -1 : 1;
        if (unsigned.equals("inf") || unsigned.equals("infinity")) {
            return sign * Double.POSITIVE_INFINITY;
        } else if (unsigned.equals("nan")) {
            return Double.NaN;
        }
        if (unsigned.matches("(\\d+(_\\d+)*)?\\.?(\\d+(_\\d+)*)?(e[+-]?\\d+)?")
                && unsigned.matches(".*\\d.*")
                && !unsigned.startsWith("e")) {
            try {
                return sign * Double.parseDouble(unsigned.replace("_", ""));
            } catch (NumberFormatException e) {
                throw invalidFloat(text);
            }
        }
        throw invalidFloat(text);
    }

    private static JinjaException invalidFloat(String text) {
        return JinjaException.value("could not convert string to float: " + Repr.repr(text));
    }
}
