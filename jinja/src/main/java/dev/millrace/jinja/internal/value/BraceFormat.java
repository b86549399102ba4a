package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.internal.library.Access;
import java.util.List;
import java.util.Map;

/** Python's {@code str.format} (docs.python.org/3/library/string.html#format-string-syntax). */
public final class BraceFormat {
    private final List<Object> positional;
    private final Map<String, Object> keywords;
    private int automatic;

    private BraceFormat(List<Object> positional, Map<String, Object> keywords) {
        this.positional = positional;
        this.keywords = keywords;
    }

    public static String format(String format, List<Object> positional, Map<String, Object> keywords) {
        return new BraceFormat(positional, keywords).apply(format, 0);
    }

    private String apply(String format, int depth) {
        if (depth > 2) {
            throw JinjaException.value("Max string recursion exceeded");
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at);
            boolean doubled = at + 1 < format.length() && format.charAt(at + 1) == c;
            if (c == '{' && !doubled) {
                int end = closing(format, at + 1);
                out.append(field(format.substring(at + 1, end), depth));
                Sizes.checkText(out.length());
                at = end + 1;
            } else if (c == '}' && !doubled) {
                throw JinjaException.value("Single '}' encountered in format string");
            } else {
                out.append(c);
                at += c == '{' || c == '}' ? 2 : 1;
            }
        }
        return out.toString();
    }

    private static int closing(String format, int start) {
        int level = 1;
        for (int i = start; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == '{') {
                level++;
            } else if (c == '}' && --level == 0) {
                return i;
            }
        }
        throw JinjaException.value(
                start == format.length()
                        ? "Single '{' encountered in format string"
                        : "expected '}' before end of string");
    }

    private String field(String field, int depth) {
        int end = 0;
        while (end < field.length() && field.charAt(end) != ':' && field.charAt(end) != '!') {
            end += field.charAt(end) == '[' ? Math.max(1, field.indexOf(']', end) - end + 1) : 1;
        }
        end = Math.min(end, field.length());
        Object value = resolve(field.substring(0, end));
        String rest = field.substring(end);
        if (rest.startsWith("!")) {
            if (rest.length() < 2) {
                throw JinjaException.value("end of string while looking for conversion specifier");
            }
            value = switch (rest.charAt(1)) {
                case 'r', 'a' -> Repr.repr(value);
                case 's' -> Repr.str(value);
                default -> throw JinjaException.value("Unknown conversion specifier '" + rest.charAt(1) + "'");
            };
            rest = rest.substring(2);
        }
        String spec = rest.startsWith(":") ? rest.substring(1) : rest;
        return FormatSpec.format(value, spec.contains("{") ? apply(spec, depth + 1) : spec);
    }

    private Object resolve(String path) {
        int end = 0;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        Object value = first(path.substring(0, end));
        int at = end;
        while (at < path.length()) {
            boolean attribute = path.charAt(at) == '.';
            int stop = at + 1;
            while (stop < path.length()
                    && (attribute ? path.charAt(stop) != '.' && path.charAt(stop) != '[' : path.charAt(stop) != ']')) {
                stop++;
            }
            String key = path.substring(at + 1, stop);
            value = attribute
                    ? Access.attribute(value, key)
                    : Access.item(value, key.matches("\\d{1,9}") ? (Object) Long.valueOf(key) : key);
            if (value instanceof Undefined undefined) {
                throw undefined.error();
            }
            at = attribute ? stop : stop + 1;
        }
        return value;
    }

    private Object first(String name) {
        if (name.isEmpty() || name.matches("\\d{1,9}")) {
            int index = name.isEmpty() ? automatic++ : Integer.parseInt(name);
            if (index >= positional.size()) {
                throw new JinjaException(
                        JinjaException.Kind.INDEX,
                        "Replacement index " + index + " out of range for positional args tuple");
            }
            return positional.get(index);
        }
        Object value = keywords.get(name);
        if (value == null) {
            throw new JinjaException(JinjaException.Kind.KEY, Repr.repr(name));
        }
        return value;
    }
}
