package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.Position;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PySet;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.internal.value.Host;
import dev.millrace.jinja.internal.value.Numbers;
import dev.millrace.jinja.internal.value.Slice;
import dev.millrace.jinja.internal.value.Text;
import dev.millrace.jinja.internal.value.Types;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attributes, items and calls, in the order Jinja tries them. */
public final class Access {
    private Access() {}

    /** {@code value.name}. */
    public static Object attribute(Object value, String name) {
        if (value instanceof JinjaObject object) {
            return Host.accept(object.attribute(name));
        } else if (value instanceof Undefined undefined) {
            return undefined.use(Position.NOWHERE);
        }
        Method method = Methods.find(value, name);
        if (method != null) {
            return new BoundMethod(value, name, method);
        }
        Object element = value instanceof PyDict dict ? dict.get(name) : null;
        return element != null ? element : Undefined.missing(value, name);
    }

    /** {@code value[key]}. */
    public static Object item(Object value, Object key) {
        if (value instanceof JinjaObject object) {
            return Host.accept(object.item(key));
        } else if (value instanceof Undefined undefined) {
            return undefined.use(Position.NOWHERE);
        } else if (key instanceof Slice slice) {
            return slice(value, slice);
        }
        Object element = elementOrNull(value, key);
        if (element != null) {
            return element;
        }
        Method method = key instanceof String name ? Methods.find(value, name) : null;
        return method != null ? new BoundMethod(value, (String) key, method) : Undefined.missing(value, key);
    }

    private static Object slice(Object value, Slice slice) {
        try {
            return slice.of(value);
        } catch (JinjaException e) {
            if (e.kind() == JinjaException.Kind.TYPE) {
                return Undefined.missing(value, slice);
            }
            throw e;
        }
    }

    private static @Nullable Object elementOrNull(Object value, Object key) {
        if (value instanceof PyDict dict) {
            boolean hashable = !(key instanceof PyList || key instanceof PyDict || key instanceof PySet);
            return hashable ? dict.get(key) : null;
        } else if (!Numbers.isInteger(key) || key instanceof BigInteger) {
            return null;
        }
        long index = Numbers.toLong(key);
        if (value instanceof List<?> list) {
            long absolute = index < 0 ? index + list.size() : index;
            return absolute >= 0 && absolute < list.size() ? list.get((int) absolute) : null;
        } else if (value instanceof String text) {
            int length = Text.length(text);
            long absolute = index < 0 ? index + length : index;
            if (absolute < 0 || absolute >= length) {
                return null;
            }
            return Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) absolute)));
        }
        return null;
    }

    /** {@code callee(…)}. */
    public static Object call(Object callee, Call call) {
        if (callee instanceof Callable callable) {
            return Host.accept(callable.call(call));
        } else if (callee instanceof Undefined undefined) {
            return undefined.use(call.position());
        }
        throw JinjaException.type("'" + Types.name(callee) + "' object is not callable");
    }

    /** Items first, then attributes: how {@code attribute='a.0'} of a filter is followed. */
    public static Object path(Object value, List<Object> path) {
        Object current = value;
        for (Object part : path) {
            Object next = item(current, part);
            if (next instanceof Undefined && part instanceof String name && !(current instanceof PyTuple)) {
                next = attribute(current, name);
            }
            current = next;
        }
        return current;
    }
}
