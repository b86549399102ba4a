package dev.millrace.transform.internal.relation;

import dev.millrace.jinja.Callable;
import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.None;
import dev.millrace.jinja.PyList;
import dev.millrace.jinja.PyTuple;
import dev.millrace.jinja.Undefined;
import dev.millrace.jinja.Values;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A column of a result. Immutable. */
final class ResultColumn implements JinjaObject {
    private static final Methods<ResultColumn> METHODS = new Methods<ResultColumn>()
            .add("values", "", (self, a) -> self.values)
            .add("values_distinct", "", (self, a) -> self.distinct())
            .add("values_without_nulls", "", (self, a) -> PyTuple.copyOf(self.withoutNulls()));

    private final String name;
    private final String type;
    private final PyTuple values;

    ResultColumn(String name, String type, PyTuple values) {
        this.name = name;
        this.type = type;
        this.values = values;
    }

    private List<Object> withoutNulls() {
        return values.stream().filter(value -> value != None.NONE).toList();
    }

    private PyTuple distinct() {
        PyList seen = new PyList();
        for (Object value : values) {
            if (seen.stream().noneMatch(known -> Values.equal(known, value))) {
                seen.add(value);
            }
        }
        return PyTuple.copyOf(seen);
    }

    @Override
    public Object item(Object key) {
        if (key instanceof Long number) {
            long index = number < 0 ? number + values.size() : number;
            return index >= 0 && index < values.size() ? values.get((int) index) : Undefined.missing(this, key);
        }
        return attribute(Values.str(key));
    }

    @Override
    public Object attribute(String key) {
        Callable method = METHODS.bind(this, key);
        if (method != null) {
            return method;
        }
        return switch (key) {
            case "name" -> name;
            case "data_type" -> type;
            default -> missing(key);
        };
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
        return "<agate.Column: " + Values.repr(values) + ">";
    }

    @Override
    public String typeName() {
        return "Column";
    }
}
