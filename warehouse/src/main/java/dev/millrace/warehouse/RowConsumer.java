package dev.millrace.warehouse;

import org.jspecify.annotations.Nullable;

/** Takes one row of an answer. */
@FunctionalInterface
public interface RowConsumer {
    /** @param values valid only during the call; in the Java types that {@link Table} names */
    void accept(@Nullable Object[] values);
}
