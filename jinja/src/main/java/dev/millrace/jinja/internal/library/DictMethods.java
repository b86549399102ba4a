package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.JinjaException;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.internal.value.DictView;
import dev.millrace.jinja.internal.value.Iteration;
import dev.millrace.jinja.internal.value.Repr;
import java.util.Iterator;
import java.util.Map;

/** The methods of dict. */
final class DictMethods {
    private DictMethods() {}

    static Map<String, Method> table() {
        return new MethodTable<>(PyDict.class)
                .add("keys", "", (self, a) -> DictView.keys(self))
                .add("values", "", (self, a) -> DictView.values(self))
                .add("items", "", (self, a) -> DictView.items(self))
                .add("get", "key, default=None", (self, a) -> self.getOrDefault(a.get(0), a.get(1)))
                .add("pop", "key, default=...", DictMethods::pop)
                .add("popitem", "", (self, a) -> popItem(self))
                .add("setdefault", "key, default=None", DictMethods::setDefault)
                .add("update", "other=..., **kwargs", DictMethods::update)
                .add("copy", "", (self, a) -> new PyDict(self))
                .add("clear", "", (self, a) -> {
                    self.clear();
                    return None.NONE;
                })
                .add("fromkeys", "iterable, value=None", (self, a) -> {
                    PyDict result = new PyDict();
                    Iteration.of(a.get(0)).forEachRemaining(key -> result.put(key, a.get(1)));
                    return result;
                })
                .build();
    }

    private static Object pop(PyDict self, Arguments a) {
        Object value = self.remove(a.get(0));
        if (value != null) {
            return value;
        } else if (a.isMissing(1)) {
            throw new JinjaException(JinjaException.Kind.KEY, Repr.repr(a.get(0)));
        }
        return a.get(1);
    }

    private static Object popItem(PyDict self) {
        Object last = null;
        for (Object key : self.keys()) {
            last = key;
        }
        Object value = last == null ? null : self.remove(last);
        if (last == null || value == null) {
            throw new JinjaException(JinjaException.Kind.KEY, "'popitem(): dictionary is empty'");
        }
        return PyTuple.of(last, value);
    }

    private static Object setDefault(PyDict self, Arguments a) {
        Object value = self.get(a.get(0));
        if (value == null) {
            self.put(a.get(0), a.get(1));
            return a.get(1);
        }
        return value;
    }

    private static Object update(PyDict self, Arguments a) {
        if (!a.isMissing(0)) {
            self.putAll(from(a.get(0)));
        }
        self.putAll(a.keywords());
        return None.NONE;
    }

    /** {@code dict(value)}: a copy of a dict, or a dict of pairs. */
    static PyDict from(Object value) {
        if (value instanceof PyDict dict) {
            return new PyDict(dict);
        }
        PyDict result = new PyDict();
        Iterator<Object> pairs = Iteration.of(value);
        int index = 0;
        while (pairs.hasNext()) {
            Object next = pairs.next();
            if (!Iteration.isIterable(next)) {
                throw JinjaException.type(
                        "cannot convert dictionary update sequence element #" + index + " to a sequence");
            }
            var pair = Iteration.list(next);
            if (pair.size() != 2) {
                throw JinjaException.value("dictionary update sequence element #" + index + " has length " + pair.size()
                        + "; 2 is required");
            }
            result.put(pair.get(0), pair.get(1));
            index++;
        }
        return result;
    }
}
