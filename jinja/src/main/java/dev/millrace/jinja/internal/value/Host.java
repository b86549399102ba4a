package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.Values;

/** The border to the host: plain Java data that comes in becomes template values. */
public final class Host {
    private Host() {}

    public static Object accept(Object value) {
        if (value instanceof String
                || value instanceof Long
                || value instanceof Boolean
                || value instanceof PyList
                || value instanceof PyDict
                || value instanceof JinjaObject
                || value instanceof Callable
                || value == None.NONE
                || value instanceof Undefined
                || value instanceof Range) {
            return value;
        }
        return Values.fromJava(value);
    }
}
