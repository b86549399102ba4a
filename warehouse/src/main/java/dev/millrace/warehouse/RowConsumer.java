package dev.millrace.warehouse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes one row of an answer. */
@FunctionalInterface
public interface RowConsumer {
    /** @param values valid only during the call; in the Java types that {@link Table} names */
    void accept(@Nullable Object[] values);

    /** Called once before the rows, also when there are none. */
    default void columns(List<Column> columns) {}
}
