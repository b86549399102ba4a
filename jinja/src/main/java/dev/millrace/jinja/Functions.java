package dev.millrace.jinja;

import java.util.function.Function;

/** Makes {@link Callable}s from a Python-like signature and a lambda. */
public final class Functions {
    private Functions() {}

    /**
     * A function called {@code name} with parameters as Python writes them ({@code "name, default=None, *args,
     * **kwargs"}; defaults are literals). Wrong arguments raise Python's TypeError before {@code body} runs.
     */
    public static Callable of(String name, String signature, Function<Arguments, Object> body) {
        Parameters parameters = Parameters.of(name, signature);
        return new Callable() {
            @Override
            public Object call(Call call) {
                return body.apply(parameters.bind(call));
            }

            @Override
            public String callableName() {
                return name;
            }
        };
    }
}
