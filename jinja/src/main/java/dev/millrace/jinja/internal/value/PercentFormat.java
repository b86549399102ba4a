package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's {@code text % values} (docs.python.org/3/library/stdtypes.html#old-string-formatting). */
public final class PercentFormat {
    private static final Pattern DIRECTIVE = Pattern.compile(
            "%(?:\\((?<key>[^)]*)\\))?(?<flags>[-+ #0]*)(?<width>\\*|\\d{0,6})(?:\\.(?<precision>\\*|\\d{0,6}))?[hlL]?(?<type>.)",
            Pattern.DOTALL);

    private final List<?> values;
    private final Object source;
    private int next;
    private boolean named;

    private PercentFormat(Object source) {
        this.source = source;
        this.values = source instanceof PyTuple tuple ? tuple : List.of(source);
    }

    public static String format(String format, Object values) {
        return new PercentFormat(values).apply(format);
    }

    private String apply(String format) {
        StringBuilder out = new StringBuilder();
        Matcher matcher = DIRECTIVE.matcher(format);
        int at = 0;
        while (true) {
            int percent = format.indexOf('%', at);
            if (percent < 0) {
                break;
            }
            out.append(format, at, percent);
            if (!matcher.find(percent) || matcher.start() != percent) {
                throw JinjaException.value("incomplete format");
            }
            directive(matcher, out, percent);
            Sizes.checkText(out.length());
            at = matcher.end();
        }
        out.append(format.substring(at));
        boolean spare = source instanceof PyDict || source instanceof PyList || source instanceof Undefined;
        if (!named && next < values.size() && !spare) {
            throw JinjaException.type("not all arguments converted during string formatting");
        }
        return out.toString();
    }

    private void directive(Matcher matcher, StringBuilder out, int index) {
        char type = matcher.group("type").charAt(0);
        if (type == '%') {
            out.append('%');
            return;
        }
        String flags = matcher.group("flags");
        String key = matcher.group("key");
        int width = matcher.group("width").equals("*") ? Numbers.toInt(take()) : number(matcher.group("width"), 0);
        String precisionText = matcher.group("precision");
        int precision = precisionText == null
                ? -1
                : precisionText.equals("*") ? Numbers.toInt(take()) : number(precisionText, 0);
        Object value = key == null ? take() : lookup(key);
        String body = switch (type) {
            case 's' -> cut(Repr.str(value), precision);
            case 'r', 'a' -> cut(Repr.repr(value), precision);
            case 'c' -> value instanceof String text ? text : Character.toString(Numbers.toInt(value));
            case 'd', 'i', 'u', 'x', 'X', 'o' -> integer(value, type, flags, precision);
            case 'e', 'E', 'f', 'F', 'g', 'G' -> decimal(value, type, flags, precision);
            default ->
                throw JinjaException.value("unsupported format character '" + type + "' (0x" + Integer.toHexString(type)
                        + ") at index " + (matcher.start("type") - index + index));
        };
        out.append(pad(body, type, flags, Math.abs(width), width < 0));
    }

    private static int number(String digits, int fallback) {
        return digits.isEmpty() ? fallback : Integer.parseInt(digits);
    }

    private Object take() {
        if (next >= values.size()) {
            throw JinjaException.type("not enough arguments for format string");
        }
        return values.get(next++);
    }

    private Object lookup(String key) {
        named = true;
        if (!(source instanceof PyDict dict)) {
            throw JinjaException.type("format requires a mapping");
        }
        Object value = dict.get(key);
        if (value == null) {
            throw new JinjaException(JinjaException.Kind.KEY, Repr.repr(key));
        }
        return value;
    }

    private static String cut(String text, int precision) {
        return precision >= 0 && precision < text.length() ? text.substring(0, precision) : text;
    }

    private static String integer(Object value, char type, String flags, int precision) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        }
        boolean decimal = type == 'd' || type == 'i' || type == 'u';
        Object number = value;
        if (decimal && value instanceof Double real) {
            number = Numbers.normal(new BigDecimal(real).toBigInteger());
        } else if (decimal && value instanceof BigDecimal real) {
            number = Numbers.normal(real.toBigInteger());
        }
        if (!Numbers.isInteger(number)) {
            throw JinjaException.type("%" + type + " format: " + (decimal ? "a real number" : "an integer")
                    + " is required, not " + Types.name(value));
        }
        String spec = (flags.contains("#") ? "#" : "") + (decimal ? 'd' : type);
        String text = FormatSpec.format(number, spec);
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        return sign(negative, flags) + "0".repeat(Math.max(0, precision - digits.length())) + digits;
    }

    private static String decimal(Object value, char type, String flags, int precision) {
        if (value instanceof Undefined undefined) {
            throw undefined.error();
        } else if (!Numbers.isNumber(value)) {
            throw JinjaException.type("must be real number, not " + Types.name(value));
        }
        String text = FloatFormat.of(Numbers.toDouble(value), type, precision, flags.contains("#"));
        boolean negative = text.startsWith("-");
        return sign(negative, flags) + (negative ? text.substring(1) : text);
    }

    private static String sign(boolean negative, String flags) {
        return negative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
    }

    private static String pad(String body, char type, String flags, int width, boolean left) {
        int gap = width - Text.length(body);
        if (gap <= 0) {
            return body;
        } else if (left || flags.contains("-")) {
            return body + " ".repeat(gap);
        } else if (flags.contains("0") && "srac".indexOf(type) < 0) {
            int start = body.startsWith("-") || body.startsWith("+") || body.startsWith(" ") ? 1 : 0;
            return body.substring(0, start) + "0".repeat(gap) + body.substring(start);
        }
        return " ".repeat(gap) + body;
    }
}
