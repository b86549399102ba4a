package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes JSON as Python's {@code json.dumps} does. */
public final class Json {
    private static final int MAX_DEPTH = 200;

    private final StringBuilder out = new StringBuilder();
    private final boolean sortKeys;
    private final int indent;

    private Json(boolean sortKeys, int indent) {
        this.sortKeys = sortKeys;
        this.indent = indent;
    }

    public static String dumps(Object value, boolean sortKeys) {
        return dumps(value, sortKeys, -1);
    }

    /** With an indent of zero or more every element stands on its own line. */
    public static String dumps(Object value, boolean sortKeys, int indent) {
        Json json = new Json(sortKeys, indent);
        json.write(value, 0);
        return json.out.toString();
    }

    private void write(Object value, int depth) {
        if (depth > MAX_DEPTH) {
            throw JinjaException.value("Circular reference detected");
        }
        if (value instanceof String text) {
            quote(text);
        } else if (value instanceof Long || value instanceof BigInteger) {
            out.append(value);
        } else if (value instanceof Boolean truth) {
            out.append(truth ? "true" : "false");
        } else if (value == None.NONE) {
            out.append("null");
        } else if (value instanceof Double number) {
            out.append(number(number));
        } else if (value instanceof PyDict dict) {
            dict(dict, depth);
        } else if (value instanceof List<?> && !(value instanceof Range)) {
            list((List<?>) value, depth);
        } else {
            throw JinjaException.type("Object of type " + Types.name(value) + " is not JSON serializable");
        }
    }

    private static String number(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        } else if (Double.isInfinite(number)) {
            return number > 0 ? "Infinity" : "-Infinity";
        }
        return FloatText.of(number);
    }

    private void list(List<?> list, int depth) {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
            separate(i == 0, depth + 1);
            write(list.get(i), depth + 1);
        }
        close(list.isEmpty(), depth, ']');
    }

    private void dict(PyDict dict, int depth) {
        List<PyDict.Entry> entries = new ArrayList<>();
        dict.entries().forEach(entries::add);
        if (sortKeys) {
            entries.sort(Comparator.comparing(PyDict.Entry::key, Compare::order));
        }
        out.append('{');
        boolean first = true;
        for (PyDict.Entry entry : entries) {
            separate(first, depth + 1);
            first = false;
            quote(key(entry.key()));
            out.append(": ");
            write(entry.value(), depth + 1);
        }
        close(entries.isEmpty(), depth, '}');
    }

    private static String key(Object key) {
        if (key instanceof String text) {
            return text;
        } else if (key instanceof Boolean truth) {
            return truth ? "true" : "false";
        } else if (key == None.NONE) {
            return "null";
        } else if (key instanceof Double number) {
            return number(number);
        } else if (Numbers.isInteger(key)) {
            return key.toString();
        }
        throw JinjaException.type("keys must be str, int, float, bool or None, not " + Types.name(key));
    }

    private void separate(boolean first, int depth) {
        if (!first) {
            out.append(indent >= 0 ? "," : ", ");
        }
        line(depth);
    }

    private void line(int depth) {
        if (indent >= 0) {
            out.append('\n').append(" ".repeat(indent * depth));
        }
    }

    private void close(boolean empty, int depth, char mark) {
        if (!empty) {
            line(depth);
        }
        out.append(mark);
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c >= ' ' && c < 0x7f) {
                        out.append(c);
                    } else {
                        out.append(String.format("\\u%04x", (int) c));
                    }
                }
            }
        }
        out.append('"');
    }
}
