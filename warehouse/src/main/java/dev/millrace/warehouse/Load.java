package dev.millrace.warehouse;

import dev.millrace.core.graph.RelationName;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * A bulk load into one table.
 *
 * @param target the table to append to
 * @param fields of the rows that are read, in the order a {@link BatchReader} fills them
 * @param constants further columns that have the same value in every row
 * @param threads how many threads may call the reader at once
 * @param onProgress hears how many rows have been read so far; called often, from any thread
 */
public record Load(
        RelationName target,
        List<DataType.Field> fields,
        List<Constant> constants,
        int threads,
        LongConsumer onProgress) {
    public Load {
        fields = List.copyOf(fields);
        constants = List.copyOf(constants);
    }

    /**
     * A column that is the same in every row.
     *
     * @param sql an expression in the warehouse's dialect, such as a literal
     */
    public record Constant(String name, DataType type, String sql) {}
}
