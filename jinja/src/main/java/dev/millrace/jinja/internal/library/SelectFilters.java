package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.internal.value.Iteration;
import dev.millrace.jinja.internal.value.Lazy;
import dev.millrace.jinja.internal.value.Repr;
import dev.millrace.jinja.internal.value.Truth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code map}, {@code select}, {@code reject} and their siblings: lazy, as in Jinja. What is false, such as none, has
 * no elements, and then the arguments do not matter.
 */
final class SelectFilters {
    private SelectFilters() {}

    static void addTo(Filters filters) {
        filters.add("map", "value, *args, **kwargs", SelectFilters::map)
                .add("select", "value, *args, **kwargs", a -> select(a, false, true))
                .add("reject", "value, *args, **kwargs", a -> select(a, false, false))
                .add("selectattr", "value, *args, **kwargs", a -> select(a, true, true))
                .add("rejectattr", "value, *args, **kwargs", a -> select(a, true, false));
    }

    private static Object map(Arguments a) {
        if (!Truth.of(a.get(0))) {
            return nothing();
        }
        UnaryOperator<Object> function = a.rest().isEmpty() ? attribute(a) : filter(a);
        Iterator<Object> source = Iteration.of(a.get(0));
        return new Lazy("generator", new Iterator<>() {
            @Override
            public boolean hasNext() {
                return source.hasNext();
            }

            @Override
            public Object next() {
                return function.apply(source.next());
            }
        });
    }

    private static UnaryOperator<Object> attribute(Arguments a) {
        PyDict keywords = a.keywords();
        Object attribute = keywords.get("attribute");
        if (attribute == null) {
            throw error("map requires a filter argument");
        }
        for (Object key : keywords) {
            if (!key.equals("attribute") && !key.equals("default")) {
                throw error("Unexpected keyword argument " + Repr.repr(key));
            }
        }
        return Paths.reader(attribute, keywords.getOrDefault("default", Undefined.name("")));
    }

    private static UnaryOperator<Object> filter(Arguments a) {
        String name = Repr.str(a.rest().get(0));
        Callable filter = a.call().run().library().filters().get(name);
        if (filter == null) {
            throw new JinjaException(JinjaException.Kind.RUNTIME, "No filter named '" + name + "'.");
        }
        return value -> filter.call(inner(a, value, 1));
    }

    /** A call with {@code value} before what follows the first {@code skipped} arguments. */
    private static Call inner(Arguments a, Object value, int skipped) {
        List<Object> positional = new ArrayList<>();
        positional.add(value);
        positional.addAll(a.rest().subList(skipped, a.rest().size()));
        Map<String, Object> keywords = new LinkedHashMap<>();
        for (PyDict.Entry entry : a.keywords().entries()) {
            keywords.put((String) entry.key(), entry.value());
        }
        return a.call().with(positional, keywords);
    }

    private static Object nothing() {
        return new Lazy("generator", Collections.emptyIterator());
    }

    private static Object select(Arguments a, boolean byAttribute, boolean wanted) {
        if (!Truth.of(a.get(0))) {
            return nothing();
        }
        if (byAttribute && a.rest().isEmpty()) {
            throw error("Missing parameter for attribute name");
        }
        UnaryOperator<Object> reader = byAttribute ? Paths.reader(a.rest().get(0), Undefined.name("")) : value -> value;
        int testIndex = byAttribute ? 1 : 0;
        Predicate<Object> test = test(a, testIndex);
        return new Lazy(
                "generator",
                new Filtering(Iteration.of(a.get(0)), element -> test.test(reader.apply(element)) == wanted));
    }

    private static Predicate<Object> test(Arguments a, int index) {
        if (a.rest().size() <= index) {
            return Truth::of;
        }
        String name = Repr.str(a.rest().get(index));
        Callable test = a.call().run().library().tests().get(name);
        if (test == null) {
            throw new JinjaException(JinjaException.Kind.RUNTIME, "No test named '" + name + "'.");
        }
        return value -> Truth.of(test.call(inner(a, value, index + 1)));
    }

    private static JinjaException error(String message) {
        return new JinjaException(JinjaException.Kind.FILTER_ARGUMENT, message);
    }

    private static final class Filtering implements Iterator<Object> {
        private final Iterator<Object> source;
        private final Predicate<Object> keep;
        private @Nullable Object next;

        Filtering(Iterator<Object> source, Predicate<Object> keep) {
            this.source = source;
            this.keep = keep;
        }

        @Override
        public boolean hasNext() {
            while (next == null && source.hasNext()) {
                Object candidate = source.next();
                if (keep.test(candidate)) {
                    next = candidate;
                }
            }
            return next != null;
        }

        @Override
        public Object next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            Object result = next;
            next = null;
            return result;
        }
    }
}
