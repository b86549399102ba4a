package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.Undefined;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Iterating and measuring values as Python does. */
public final class Iteration {
    private Iteration() {}

    public static Iterator<Object> of(Object value) {
        return ofOr(value, "'%s' object is not iterable");
    }

    static Iterator<Object> ofOr(Object value, String message) {
        @Nullable Iterator<Object> elements = orNull(value);
        if (elements == null) {
            throw JinjaException.type(String.format(message, Types.name(value)));
        }
        return elements;
    }

    public static boolean isIterable(Object value) {
        return orNull(value) != null;
    }

    @SuppressWarnings("unchecked") // collections among values hold values
    private static @Nullable Iterator<Object> orNull(Object value) {
        if (value instanceof List<?> list) {
            return new Indexed((List<Object>) list);
        } else if (value instanceof PyDict dict) {
            return dict.iterator();
        } else if (value instanceof Set<?> set) {
            return (Iterator<Object>) set.iterator();
        } else if (value instanceof String text) {
            return text.codePoints()
                    .mapToObj(c -> (Object) Character.toString(c))
                    .iterator();
        } else if (value instanceof Undefined) {
            return Collections.emptyIterator();
        } else if (value instanceof Lazy lazy) {
            return lazy;
        } else if (value instanceof JinjaObject object) {
            Optional<Iterable<Object>> elements = object.elements();
            return elements.isPresent() ? elements.get().iterator() : null;
        }
        return null;
    }

    /** Sees elements that are appended while it runs, as a Python list iterator does. */
    private static final class Indexed implements Iterator<Object> {
        private final List<Object> list;
        private int next;

        Indexed(List<Object> list) {
            this.list = list;
        }

        @Override
        public boolean hasNext() {
            return next < list.size();
        }

        @Override
        public Object next() {
            if (next >= list.size()) {
                throw new NoSuchElementException();
            }
            return list.get(next++);
        }
    }

    public static PyList list(Object value) {
        PyList result = new PyList();
        Iterator<Object> elements = of(value);
        while (elements.hasNext()) {
            result.add(elements.next());
            if ((result.size() & 0xffff) == 0) {
                Sizes.checkElements(result.size());
            }
        }
        return result;
    }

    /** The number of elements if the value knows it. */
    public static OptionalInt size(Object value) {
        if (value instanceof String text) {
            return OptionalInt.of(Text.length(text));
        } else if (value instanceof PyDict dict) {
            return OptionalInt.of(dict.size());
        } else if (value instanceof Collection<?> elements) {
            return OptionalInt.of(elements.size());
        } else if (value instanceof Undefined) {
            return OptionalInt.of(0);
        } else if (value instanceof JinjaObject object) {
            return object.size();
        }
        return OptionalInt.empty();
    }

    /** {@code len(value)}. */
    public static long length(Object value) {
        return size(value)
                .orElseThrow(() -> JinjaException.type("object of type '" + Types.name(value) + "' has no len()"));
    }
}
