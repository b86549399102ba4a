package dev.millrace.jinja.internal.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** A float in one of Python's presentation types: {@code e f g %} and none. */
final class FloatFormat {
    private FloatFormat() {}

    static String of(double value, char type, int precision, boolean alternate) {
        if (!Double.isFinite(value)) {
            String text = FloatText.of(value) + (type == '%' ? "%" : "");
            return type == 'F' || type == 'E' || type == 'G' ? text.toUpperCase(Locale.ROOT) : text;
        }
        if (type == 0 && precision < 0) {
            return FloatText.of(value);
        }
        int digits = precision < 0 ? 6 : precision;
        BigDecimal exact = new BigDecimal(value);
        boolean negative = 1 / value < 0 || value < 0;
        String text = switch (type) {
            case 'f', 'F' -> fixed(exact, digits);
            case '%' -> fixed(exact.scaleByPowerOfTen(2), digits) + "%";
            case 'e', 'E' -> exponent(exact, digits);
            case 0 -> withPoint(general(exact, digits, alternate, digits - 1));
            default -> general(exact, digits, alternate, digits);
        };
        String unsigned = text.startsWith("-") ? text.substring(1) : text;
        String cased = type == 'E' || type == 'G' ? unsigned.toUpperCase(Locale.ROOT) : unsigned;
        return negative ? "-" + cased : cased;
    }

    static String decimal(BigDecimal value, char type, int precision) {
        return switch (type) {
            case 'e', 'E' -> exponent(value, precision < 0 ? value.precision() - 1 : precision);
            case '%' -> fixed(value.scaleByPowerOfTen(2), precision < 0 ? 6 : precision) + "%";
            case 'f', 'F' -> precision < 0 ? value.toPlainString() : fixed(value, precision);
            default ->
                precision < 0
                        ? value.toString()
                        : value.round(new MathContext(Math.max(precision, 1), RoundingMode.HALF_EVEN))
                                .toString();
        };
    }

    private static String fixed(BigDecimal value, int digits) {
        return value.setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String exponent(BigDecimal value, int digits) {
        if (value.signum() == 0) {
            return "0" + (digits > 0 ? "." + "0".repeat(digits) : "") + "e+00";
        }
        BigDecimal rounded = value.round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        int power = rounded.precision() - rounded.scale() - 1;
        String mantissa = rounded.scaleByPowerOfTen(-power)
                .setScale(digits, RoundingMode.HALF_EVEN)
                .toPlainString();
        int size = Math.abs(power);
        return mantissa + "e" + (power < 0 ? "-" : "+") + (size < 10 ? "0" : "") + size;
    }

    private static String general(BigDecimal value, int precision, boolean alternate, int plainUpTo) {
        int digits = Math.max(precision, 1);
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal rounded = value.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        int power = rounded.precision() - rounded.scale() - 1;
        if (power < -4 || power >= Math.max(plainUpTo, 1)) {
            String text = exponent(rounded, digits - 1);
            int mark = text.indexOf('e');
            return alternate ? text : trimZeros(text.substring(0, mark)) + text.substring(mark);
        }
        String text = rounded.setScale(Math.max(digits - 1 - power, 0), RoundingMode.HALF_EVEN)
                .toPlainString();
        return alternate ? text : trimZeros(text);
    }

    private static String withPoint(String text) {
        return text.contains(".") || text.contains("e") ? text : text + ".0";
    }

    private static String trimZeros(String text) {
        if (!text.contains(".")) {
            return text;
        }
        int end = text.length();
        while (text.charAt(end - 1) == '0') {
            end--;
        }
        return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
    }
}
