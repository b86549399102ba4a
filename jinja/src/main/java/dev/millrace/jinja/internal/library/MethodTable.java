package dev.millrace.jinja.internal.library;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Parameters;
import java.util.HashMap;
import java.util.Map;

/** Collects the methods of one type. */
public final class MethodTable<T> {
    /** The body of a method, its arguments bound. */
    @FunctionalInterface
    public interface Body<T> {
        Object run(T self, Arguments arguments);
    }

    private final Class<T> type;
    private final Map<String, Method> methods = new HashMap<>();

    public MethodTable(Class<T> type) {
        this.type = type;
    }

    public MethodTable<T> add(String name, String signature, Body<T> body) {
        Parameters parameters = Parameters.of(name, signature);
        methods.put(name, (self, call) -> body.run(type.cast(self), parameters.bind(call)));
        return this;
    }

    public Map<String, Method> build() {
        return Map.copyOf(methods);
    }
}
