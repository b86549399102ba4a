package dev.millrace.jinja;

import java.util.List;

/** The values of one call's parameters, in the order of the signature. Immutable. */
public final class Arguments {
    private final Parameters parameters;
    private final Object[] values;
    private final PyTuple rest;
    private final PyDict keywords;
    private final Call call;

    Arguments(Parameters parameters, Object[] values, PyTuple rest, PyDict keywords, Call call) {
        this.parameters = parameters;
        this.values = values;
        this.rest = rest;
        this.keywords = keywords;
        this.call = call;
    }

    public Object get(int index) {
        return values[index];
    }

    /** The value of the parameter {@code name}, which must be in the signature. */
    public Object get(String name) {
        return values[parameters.indexOf(name)];
    }

    /** The parameter as text; a TypeError when it is something else. */
    public String string(int index) {
        if (values[index] instanceof String text) {
            return text;
        }
        throw JinjaException.type(parameters.function() + "() argument '" + parameters.name(index)
                + "' must be str, not " + Values.typeName(values[index]));
    }

    /** The parameter as a whole number that fits an int; a TypeError when it is something else. */
    public int integer(int index) {
        return Values.toInt(values[index]);
    }

    public boolean truth(int index) {
        return Values.truth(values[index]);
    }

    public boolean isNone(int index) {
        return values[index] == None.NONE;
    }

    /** Whether the parameter was left out and its default is {@code ...}. */
    public boolean isMissing(int index) {
        return values[index] == Parameters.MISSING;
    }

    /** What {@code *args} took. */
    public List<Object> rest() {
        return rest;
    }

    /** What {@code **kwargs} took. */
    public PyDict keywords() {
        return keywords;
    }

    public Call call() {
        return call;
    }
}
