package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.JinjaObject;
import dev.millrace.jinja.PyDict;
import dev.millrace.jinja.internal.value.Repr;

/** What {@code namespace(…)} makes: attributes that can be set from inner scopes. */
public final class Namespace implements JinjaObject {
    private final PyDict attributes;

    Namespace(PyDict attributes) {
        this.attributes = attributes;
    }

    public void set(String name, Object value) {
        attributes.put(name, value);
    }

    @Override
    public Object attribute(String name) {
        Object value = attributes.get(name);
        return value == null ? missing(name) : value;
    }

    @Override
    public String display() {
        return "<Namespace " + Repr.repr(attributes) + ">";
    }

    @Override
    public String typeName() {
        return "Namespace";
    }
}
