package dev.millrace.serving.internal.data;

import dev.millrace.warehouse.Column;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an answer row by row. */
interface RowWriter {
    /** Comes first, and once. */
    void begin(List<Column> columns) throws IOException;

    /** @param values in the types that {@link dev.millrace.warehouse.Table} names; valid only during the call */
    void row(@Nullable Object[] values) throws IOException;

    /** Comes last; nothing is held back then. */
    void end() throws IOException;
}
