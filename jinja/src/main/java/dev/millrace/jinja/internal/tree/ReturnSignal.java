package dev.millrace.jinja.internal.tree;

/** Carries the value of {@code return(…)} to the macro that ends; no error, so hosts' handlers do not catch it. */
public final class ReturnSignal extends Error {
    private static final long serialVersionUID = 1L;

    private final transient Object value;

    public ReturnSignal(Object value) {
        super("return() outside of a macro", null, false, false);
        this.value = value;
    }

    Object value() {
        return value;
    }
}
