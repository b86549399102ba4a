package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PySet;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Python's names of types. */
public final class Types {
    private Types() {}

    /** {@code type(value).__name__}. */
    public static String name(Object value) {
        if (value instanceof String) {
            return "str";
        } else if (value instanceof Long || value instanceof BigInteger) {
            return "int";
        } else if (value instanceof Double) {
            return "float";
        } else if (value instanceof Boolean) {
            return "bool";
        } else if (value == None.NONE) {
            return "NoneType";
        } else if (value instanceof PyList) {
            return "list";
        } else if (value instanceof PyDict) {
            return "dict";
        } else if (value instanceof PyTuple) {
            return "tuple";
        } else if (value instanceof PySet) {
            return "set";
        } else if (value instanceof Range) {
            return "range";
        } else if (value instanceof BigDecimal) {
            return "decimal.Decimal";
        } else if (value instanceof Undefined) {
            return "Undefined";
        } else if (value instanceof JinjaObject object) {
            return object.typeName();
        } else if (value instanceof Callable) {
            return "function";
        }
        return value.getClass().getSimpleName();
    }

    /** The way Jinja names an object's type in messages. */
    public static String jinjaName(Object value) {
        return value == None.NONE ? "None" : name(value) + " object";
    }
}
