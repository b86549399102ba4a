package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PySet;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.internal.value.Numbers;
import dev.millrace.jinja.internal.value.Range;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the methods of Python's built-in types. */
public final class Methods {
    private static final Map<String, Method> STR = StrMethods.table();
    private static final Map<String, Method> LIST = SequenceMethods.list();
    private static final Map<String, Method> TUPLE = SequenceMethods.tuple();
    private static final Map<String, Method> DICT = DictMethods.table();
    private static final Map<String, Method> SET = SetMethods.table();

    private Methods() {}

    public static @Nullable Method find(Object value, String name) {
        if (value instanceof String) {
            return STR.get(name);
        } else if (value instanceof PyDict) {
            return DICT.get(name);
        } else if (value instanceof PyList) {
            return LIST.get(name);
        } else if (value instanceof PyTuple || value instanceof Range) {
            return TUPLE.get(name);
        } else if (value instanceof PySet) {
            return SET.get(name);
        } else if (Numbers.isNumber(value)) {
            return NumberMethods.find(value, name);
        }
        return null;
    }
}
