package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PySet;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import java.math.BigDecimal;
import java.util.Iterator;

/** Python's {@code str()} and {@code repr()}. */
public final class Repr {
    private static final int MAX_DEPTH = 100;

    private Repr() {}

    public static String str(Object value) {
        if (value instanceof String text) {
            return text;
        } else if (value instanceof Long number) {
            return Long.toString(number);
        } else if (value instanceof Undefined) {
            return "";
        } else if (value instanceof JinjaObject object) {
            return object.display();
        } else if (value instanceof BigDecimal number) {
            return number.toString();
        }
        return repr(value);
    }

    public static String repr(Object value) {
        if (value instanceof Long) {
            return value.toString();
        }
        StringBuilder out = new StringBuilder();
        write(value, out, 0);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out, int depth) {
        if (depth > MAX_DEPTH) {
            throw JinjaException.limit("value is nested too deeply to be written");
        }
        Sizes.checkText(out.length());
        if (value instanceof String text) {
            quote(text, out);
        } else if (value instanceof Boolean truth) {
            out.append(truth ? "True" : "False");
        } else if (value == None.NONE) {
            out.append("None");
        } else if (value instanceof Double number) {
            out.append(FloatText.of(number));
        } else if (value instanceof PyList list) {
            sequence('[', list.iterator(), "]", out, depth);
        } else if (value instanceof PyTuple tuple) {
            sequence('(', tuple.iterator(), tuple.size() == 1 ? ",)" : ")", out, depth);
        } else if (value instanceof PyDict dict) {
            dict(dict, out, depth);
        } else if (value instanceof PySet set) {
            if (set.isEmpty()) {
                out.append("set()");
            } else {
                sequence('{', set.iterator(), "}", out, depth);
            }
        } else if (value instanceof BigDecimal number) {
            out.append("Decimal('").append(number).append("')");
        } else if (value instanceof Undefined) {
            out.append("Undefined");
        } else if (value instanceof JinjaObject object) {
            out.append(object.representation());
        } else if (value instanceof Callable callable) {
            out.append("<function ").append(callable.callableName()).append('>');
        } else {
            out.append(value);
        }
    }

    private static void sequence(char open, Iterator<Object> elements, String close, StringBuilder out, int depth) {
        out.append(open);
        boolean first = true;
        while (elements.hasNext()) {
            if (!first) {
                out.append(", ");
            }
            first = false;
            write(elements.next(), out, depth + 1);
        }
        out.append(close);
    }

    private static void dict(PyDict dict, StringBuilder out, int depth) {
        out.append('{');
        boolean first = true;
        for (PyDict.Entry entry : dict.entries()) {
            if (!first) {
                out.append(", ");
            }
            first = false;
            write(entry.key(), out, depth + 1);
            out.append(": ");
            write(entry.value(), out, depth + 1);
        }
        out.append('}');
    }

    private static void quote(String text, StringBuilder out) {
        char mark = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(mark);
        text.codePoints().forEach(c -> character(c, mark, out));
        out.append(mark);
    }

    private static void character(int c, char mark, StringBuilder out) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\\' -> out.append("\\\\");
            default -> {
                if (c == mark) {
                    out.append('\\').append(mark);
                } else if (printable(c)) {
                    out.appendCodePoint(c);
                } else if (c <= 0xff) {
                    out.append(String.format("\\x%02x", c));
                } else {
                    out.append(String.format(c <= 0xffff ? "\\u%04x" : "\\U%08x", c));
                }
            }
        }
    }

    private static boolean printable(int c) {
        if (c < 0x7f) {
            return c >= ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
