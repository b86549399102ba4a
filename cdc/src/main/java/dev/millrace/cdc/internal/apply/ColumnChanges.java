package dev.millrace.cdc.internal.apply;

import dev.millrace.cdc.internal.config.TableId;
import java.util.List;
import java.util.Optional;

/** Knows what became of the rows that were there when a table's columns changed, of which its log says nothing. */
public interface ColumnChanges {
    /**
     * Whether what stands under the names of {@code before} in rows that were there may be something else {@code now}.
     * The columns that both have are in the same order.
     */
    boolean mayHaveChangedRows(TableId table, Shape before, Shape now);

    /**
     * @param gone columns that went when this one came
     * @param stayed columns that were there before and still are
     * @throws dev.millrace.core.MillraceException SCHEMA_CHANGED if it cannot be known
     */
    Origin origin(TableId table, String column, List<String> gone, List<String> stayed);

    /**
     * Where the values of a column come from.
     *
     * @param constant the value of every row, as a text; empty for null
     * @param renamed the column that was renamed to it
     */
    record Origin(Optional<String> constant, Optional<String> renamed) {
        public static final Origin NULL = new Origin(Optional.empty(), Optional.empty());
    }
}
