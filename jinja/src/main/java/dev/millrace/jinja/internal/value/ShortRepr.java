package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PySet;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import java.util.Iterator;

/** The beginning of what {@code repr} would write, at a cost that does not grow with the value. */
public final class ShortRepr {
    private static final int MAX_CHARS = 60;
    private static final int MAX_ELEMENTS = 3;
    private static final int MAX_DEPTH = 2;

    private ShortRepr() {}

    public static String of(Object value) {
        return of(value, 0);
    }

    private static String of(Object value, int depth) {
        if (value instanceof String text) {
            return text.length() <= MAX_CHARS ? Repr.repr(text) : Repr.repr(text.substring(0, MAX_CHARS)) + "…";
        } else if (value instanceof Undefined undefined) {
            return "undefined " + undefined.name();
        } else if (value instanceof PyDict dict) {
            return depth > MAX_DEPTH ? "{…}" : dict(dict, depth);
        } else if (value instanceof PyList list) {
            return depth > MAX_DEPTH ? "[…]" : "[" + elements(list, depth) + "]";
        } else if (value instanceof PyTuple tuple) {
            return depth > MAX_DEPTH ? "(…)" : "(" + elements(tuple, depth) + ")";
        } else if (value instanceof PySet set) {
            return depth > MAX_DEPTH ? "{…}" : "{" + elements(set, depth) + "}";
        } else if (value instanceof JinjaObject object) {
            return cut(object.representation());
        }
        return cut(Repr.repr(value));
    }

    private static String elements(Iterable<Object> values, int depth) {
        StringBuilder text = new StringBuilder();
        Iterator<Object> all = values.iterator();
        for (int i = 0; all.hasNext(); i++) {
            text.append(i == 0 ? "" : ", ");
            if (i == MAX_ELEMENTS) {
                return text.append('…').toString();
            }
            text.append(of(all.next(), depth + 1));
        }
        return text.toString();
    }

    private static String dict(PyDict dict, int depth) {
        StringBuilder text = new StringBuilder("{");
        int count = 0;
        for (PyDict.Entry entry : dict.entries()) {
            text.append(count == 0 ? "" : ", ");
            if (count++ == MAX_ELEMENTS) {
                text.append('…');
                break;
            }
            text.append(of(entry.key(), depth + 1)).append(": ").append(of(entry.value(), depth + 1));
        }
        return text.append('}').toString();
    }

    private static String cut(String text) {
        return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…";
    }
}
