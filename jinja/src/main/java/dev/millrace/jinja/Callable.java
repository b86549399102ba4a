package dev.millrace.jinja;

/** Something a template can call. Implementations given to several threads must be thread-safe. */
@FunctionalInterface
public interface Callable {
    /**
     * Runs the call and gives a value as {@link Values} lists them; plain Java data is converted by
     * {@link Values#fromJava}. A RuntimeException it throws reaches the host as the cause of a {@link JinjaException}.
     */
    Object call(Call call);

    /** The name used in messages. */
    default String callableName() {
        return "function";
    }
}
