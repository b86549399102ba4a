package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.Undefined;
import java.math.BigDecimal;
import java.util.Collection;

/** Python's truth of a value. */
public final class Truth {
    private Truth() {}

    public static boolean of(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        } else if (value instanceof String text) {
            return !text.isEmpty();
        } else if (value instanceof Long number) {
            return number != 0;
        } else if (value == None.NONE || value instanceof Undefined) {
            return false;
        } else if (value instanceof PyDict dict) {
            return !dict.isEmpty();
        } else if (value instanceof Collection<?> elements) {
            return !elements.isEmpty();
        } else if (value instanceof Double number) {
            return number != 0.0;
        } else if (value instanceof BigDecimal number) {
            return number.signum() != 0;
        } else if (value instanceof JinjaObject object) {
            return object.truth();
        }
        return true;
    }
}
