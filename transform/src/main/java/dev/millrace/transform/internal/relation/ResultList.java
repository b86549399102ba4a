package dev.millrace.transform.internal.relation;

import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The rows or the columns of a result: a list whose elements may have names. */
final class ResultList implements JinjaObject {
    private static final Methods<ResultList> METHODS = new Methods<ResultList>()
            .add("values", "", (self, a) -> PyTuple.copyOf(self.items))
            .add("keys", "", (self, a) -> PyTuple.copyOf(self.names))
            .add("items", "", (self, a) -> self.pairs())
            .add("dict", "", (self, a) -> self.dict())
            .add("get", "key, default=None", (self, a) -> self.get(a.get(0), a.get(1)));

    private final String what;
    private final List<String> names;
    private final List<Object> items;

    ResultList(String what, List<String> names, List<Object> items) {
        this.what = what;
        this.names = names;
        this.items = List.copyOf(items);
    }

    private Object pairs() {
        PyTuple[] pairs = new PyTuple[names.size()];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = PyTuple.of(names.get(i), items.get(i));
        }
        return PyTuple.of((Object[]) pairs);
    }

    private PyDict dict() {
        PyDict dict = new PyDict();
        for (int i = 0; i < names.size(); i++) {
            dict.put(names.get(i), items.get(i));
        }
        return dict;
    }

    private Object get(Object key, Object fallback) {
        Object value = item(key);
        return value instanceof Undefined ? fallback : value;
    }

    @Override
    public Object item(Object key) {
        if (key instanceof Long number) {
            long index = number < 0 ? number + items.size() : number;
            return index >= 0 && index < items.size() ? items.get((int) index) : Undefined.missing(this, key);
        }
        int index = key instanceof String name ? names.indexOf(name) : -1;
        return index >= 0 ? items.get(index) : Undefined.missing(this, key);
    }

    @Override
    public Object attribute(String name) {
        Callable method = METHODS.bind(this, name);
        if (method != null) {
            return method;
        }
        int index = names.indexOf(name);
        return index >= 0 ? items.get(index) : missing(name);
    }

    @Override
    public Optional<Iterable<Object>> elements() {
        return Optional.of(items);
    }

    @Override
    public OptionalInt size() {
        return OptionalInt.of(items.size());
    }

    @Override
    public boolean truth() {
        return !items.isEmpty();
    }

    @Override
    public String display() {
        return "<" + items.size() + " " + what + ">";
    }

    @Override
    public String typeName() {
        return "MappedSequence";
    }
}
