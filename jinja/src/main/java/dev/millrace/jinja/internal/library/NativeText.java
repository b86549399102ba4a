package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.internal.syntax.PythonLiteral;
import dev.millrace.jinja.internal.value.Numbers;
import dev.millrace.jinja.internal.value.Repr;

/** dbt's {@code as_bool}, {@code as_number} and {@code as_native}: they work only where a YAML value is rendered. */
final class NativeText {
    private NativeText() {}

    static Object any(Object value, Call call) {
        if (!call.run().keepsTypes() || !(value instanceof String text)) {
            return value;
        }
        Object literal = PythonLiteral.parseOrNull(text);
        return literal == null ? value : literal;
    }

    static Object bool(Object value, Call call) {
        Object result = value instanceof String text && call.run().keepsTypes() && text.matches("(?i)true|false")
                ? (Object) text.equalsIgnoreCase("true")
                : any(value, call);
        return checked(result, result instanceof Boolean, "bool", call);
    }

    static Object number(Object value, Call call) {
        Object result = any(value, call);
        return checked(result, Numbers.isNumber(result) && !(result instanceof Boolean), "number", call);
    }

    private static Object checked(Object value, boolean fits, String type, Call call) {
        if (!fits && call.run().keepsTypes() && value != None.NONE && !(value instanceof Undefined)) {
            throw JinjaException.value("Could not convert value '" + Repr.str(value) + "' into type '" + type + "'");
        }
        return value;
    }
}
