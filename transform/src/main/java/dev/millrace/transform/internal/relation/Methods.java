package dev.millrace.transform.internal.relation;

import dev.millrace.jinja.Arguments;
import dev.millrace.jinja.Call;
import dev.millrace.jinja.Callable;
import dev.millrace.jinja.Parameters;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The methods that templates may call on a Java object, with their Python signatures. Made once per class.
 *
 * @param <T> the object's class
 */
public final class Methods<T> {
    private final Map<String, Method<T>> methods = new HashMap<>();

    private record Method<T>(Parameters parameters, BiFunction<T, Arguments, Object> body) {}

    public Methods<T> add(String name, String signature, BiFunction<T, Arguments, Object> body) {
        methods.put(name, new Method<>(Parameters.of(name, signature), body));
        return this;
    }

    /** The method bound to {@code self}, or null when there is none of that name. */
    public @Nullable Callable bind(T self, String name) {
        Method<T> method = methods.get(name);
        if (method == null) {
            return null;
        }
        return new Callable() {
            @Override
            public Object call(Call call) {
                return method.body.apply(self, method.parameters.bind(call));
            }

            @Override
            public String callableName() {
                return name;
            }
        };
    }
}
