package dev.millrace.transform.internal.relation;

import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.Values;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A row of a result: by position ({@code row[0]}) and by name ({@code row['x']}, {@code row.x}). Immutable. */
public final class ResultRow implements JinjaObject {
    private static final Methods<ResultRow> METHODS = new Methods<ResultRow>()
            .add("values", "", (self, a) -> self.values)
            .add("keys", "", (self, a) -> PyTuple.copyOf(self.names))
            .add("items", "", (self, a) -> self.pairs())
            .add("dict", "", (self, a) -> self.dict())
            .add("get", "key, default=None", (self, a) -> self.get(a.get(0), a.get(1)));

    private final List<String> names;
    private final PyTuple values;

    ResultRow(List<String> names, PyTuple values) {
        this.names = names;
        this.values = values;
    }

    public PyTuple values() {
        return values;
    }

    private Object pairs() {
        Object[] pairs = new Object[names.size()];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = PyTuple.of(names.get(i), values.get(i));
        }
        return PyTuple.of(pairs);
    }

    private PyDict dict() {
        PyDict dict = new PyDict();
        for (int i = 0; i < names.size(); i++) {
            dict.put(names.get(i), values.get(i));
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
            long index = number < 0 ? number + values.size() : number;
            return index >= 0 && index < values.size() ? values.get((int) index) : Undefined.missing(this, key);
        }
        int index = names.indexOf(Values.str(key));
        return index >= 0 ? values.get(index) : Undefined.missing(this, key);
    }

    @Override
    public Object attribute(String name) {
        int index = names.indexOf(name);
        Callable method = METHODS.bind(this, name);
        if (method != null) {
            return method;
        }
        return index >= 0 ? values.get(index) : missing(name);
    }

    @Override
    public Optional<Iterable<Object>> elements() {
        return Optional.of(values);
    }

    @Override
    public OptionalInt size() {
        return OptionalInt.of(values.size());
    }

    @Override
    public String display() {
        return "<agate.Row: " + Values.repr(values) + ">";
    }

    @Override
    public String typeName() {
        return "Row";
    }
}
