package dev.millrace.jinja.internal.value;

import org.jspecify.annotations.Nullable;

/** A value with its own order and arithmetic, such as a date. */
public interface Ordered {
    /** Negative, zero or positive, or null when the two cannot be compared. */
    @Nullable
    Integer compareWith(Object other);

    /**
     * The result of an operator ({@code + - * / // %}), or null when it is not supported.
     *
     * @param reflected whether this value stands on the right
     */
    @Nullable
    Object operate(String operator, Object other, boolean reflected);
}
