package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Python's format specification, {@code [[fill]align][sign][#][0][width][,][.precision][type]}
 * (docs.python.org/3/library/string.html#formatspec).
 */
public record FormatSpec(
        char fill, char align, char sign, boolean alternate, int width, char grouping, int precision, char type) {
    private static final Pattern SYNTAX = Pattern.compile(
            "(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alt>#)?(?<zero>0)?(?<width>\\d{1,6})?(?<group>[,_])?"
                    + "(?:\\.(?<precision>\\d{1,6}))?(?<type>[bcdeEfFgGnosxX%])?",
            Pattern.DOTALL);

    /** No width, no precision, no type. */
    static final FormatSpec PLAIN = new FormatSpec(' ', (char) 0, '-', false, 0, (char) 0, -1, (char) 0);

    public static String format(Object value, String spec) {
        if (spec.isEmpty()) {
            return Repr.str(value);
        } else if (value instanceof FormatSpec.Formattable custom) {
            return custom.format(spec);
        }
        FormatSpec parsed = parse(spec);
        if (value instanceof String text) {
            return parsed.text(text);
        } else if (value instanceof Boolean && parsed.type == 0) {
            return parsed.text(Repr.str(value));
        } else if (Numbers.isNumber(value)) {
            return parsed.number(value);
        }
        throw JinjaException.type("unsupported format string passed to "
                + (value == None.NONE ? "NoneType" : Types.name(value)) + ".__format__");
    }

    /** A value with a format language of its own, such as a date. */
    public interface Formattable {
        String format(String spec);
    }

    static FormatSpec parse(String spec) {
        Matcher matcher = SYNTAX.matcher(spec);
        if (!matcher.matches()) {
            throw JinjaException.value("Invalid format specifier '" + spec + "'");
        }
        boolean zero = matcher.group("zero") != null;
        char align = first(matcher.group("align"), zero ? '=' : (char) 0);
        return new FormatSpec(
                first(matcher.group("fill"), zero && matcher.group("align") == null ? '0' : ' '),
                align,
                first(matcher.group("sign"), '-'),
                matcher.group("alt") != null,
                number(matcher.group("width"), 0),
                first(matcher.group("group"), (char) 0),
                number(matcher.group("precision"), -1),
                first(matcher.group("type"), (char) 0));
    }

    private static char first(@Nullable String text, char fallback) {
        return text == null ? fallback : text.charAt(0);
    }

    private static int number(@Nullable String text, int fallback) {
        return text == null ? fallback : Integer.parseInt(text);
    }

    private String text(String text) {
        if (type != 0 && type != 's') {
            throw unknown("str");
        }
        String cut = precision >= 0 && precision < text.length() ? text.substring(0, precision) : text;
        return pad("", cut, '<');
    }

    private JinjaException unknown(String typeName) {
        return JinjaException.value("Unknown format code '" + type + "' for object of type '" + typeName + "'");
    }

    private String number(Object value) {
        boolean integer = Numbers.isInteger(value);
        if (type == 's' || (type == 'c' && !integer)) {
            throw unknown(Types.name(value));
        } else if (type == 'c') {
            return pad("", Character.toString(Numbers.toInt(value)), '<');
        } else if (integer && (type == 0 || "eEfFgG%".indexOf(type) < 0)) {
            return integer(value);
        } else if ("bdoxXn".indexOf(type) >= 0 && type != 0 && type != 'n') {
            throw unknown(Types.name(value));
        }
        String digits = value instanceof BigDecimal decimal
                ? FloatFormat.decimal(decimal, type, precision)
                : FloatFormat.of(Numbers.toDouble(value), type, precision, alternate);
        boolean negative = digits.startsWith("-");
        return pad(signOf(negative), group(negative ? digits.substring(1) : digits, 3), '>');
    }

    private String integer(Object value) {
        BigInteger number = Numbers.big(value);
        int radix = switch (type) {
            case 'b' -> 2;
            case 'o' -> 8;
            case 'x', 'X' -> 16;
            default -> 10;
        };
        String digits = number.abs().toString(radix);
        String prefix = alternate && radix != 10 ? "0" + type : "";
        String shown = type == 'X' ? digits.toUpperCase(Locale.ROOT) : digits;
        return pad(signOf(number.signum() < 0) + prefix, group(shown, radix == 10 ? 3 : 4), '>');
    }

    private String signOf(boolean negative) {
        return negative ? "-" : sign == '-' ? "" : String.valueOf(sign);
    }

    private String group(String digits, int size) {
        if (grouping == 0) {
            return digits;
        }
        int end = 0;
        while (end < digits.length() && Character.isLetterOrDigit(digits.charAt(end)) && digits.charAt(end) != 'e') {
            end++;
        }
        StringBuilder out = new StringBuilder(digits.substring(0, end));
        for (int i = end - size; i > 0; i -= size) {
            out.insert(i, grouping);
        }
        return out.append(digits.substring(end)).toString();
    }

    private String pad(String prefix, String body, char defaultAlign) {
        int gap = width - prefix.length() - Text.length(body);
        if (gap <= 0) {
            return prefix + body;
        }
        String filling = String.valueOf(fill).repeat(gap);
        return switch (align == 0 ? defaultAlign : align) {
            case '<' -> prefix + body + filling;
            case '=' -> prefix + filling + body;
            case '^' -> filling.substring(0, gap / 2) + prefix + body + filling.substring(gap / 2);
            default -> filling + prefix + body;
        };
    }
}
