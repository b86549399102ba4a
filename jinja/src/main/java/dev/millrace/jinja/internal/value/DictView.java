package dev.millrace.jinja.internal.value;

import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyTuple;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** What {@code keys()}, {@code values()} and {@code items()} of a dict give: a live view. */
public final class DictView implements JinjaObject {
    private final String type;
    private final PyDict dict;
    private final Function<PyDict.Entry, Object> element;

    private DictView(String type, PyDict dict, Function<PyDict.Entry, Object> element) {
        this.type = type;
        this.dict = dict;
        this.element = element;
    }

    public static DictView keys(PyDict dict) {
        return new DictView("dict_keys", dict, PyDict.Entry::key);
    }

    public static DictView values(PyDict dict) {
        return new DictView("dict_values", dict, PyDict.Entry::value);
    }

    public static DictView items(PyDict dict) {
        return new DictView("dict_items", dict, entry -> PyTuple.of(entry.key(), entry.value()));
    }

    Iterator<Object> iterator() {
        Iterator<PyDict.Entry> entries = dict.entries().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return entries.hasNext();
            }

            @Override
            public Object next() {
                return element.apply(entries.next());
            }
        };
    }

    @Override
    public Object attribute(String name) {
        return missing(name);
    }

    @Override
    public Optional<Iterable<Object>> elements() {
        return Optional.of(this::iterator);
    }

    @Override
    public OptionalInt size() {
        return OptionalInt.of(dict.size());
    }

    @Override
    public boolean truth() {
        return !dict.isEmpty();
    }

    @Override
    public String typeName() {
        return type;
    }

    @Override
    public String display() {
        return type + "(" + Repr.repr(Iteration.list(this)) + ")";
    }
}
