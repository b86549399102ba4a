package dev.millrace.cdc.internal.apply;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row on its way into a table.
 *
 * @param values in the order of the columns; null where {@code kept} is set
 * @param sign 1: this row is to be there; -1: a row like this (or with this key) is to go
 * @param deleted whether the source has deleted it
 * @param kept columns whose value is that of the row in the table with the key {@code base}
 * @param base key values; empty when nothing is kept
 * @param sequence number of the change among all of the connector
 */
record StagedRow(
        List<@Nullable Object> values,
        String op,
        String position,
        boolean deleted,
        int sign,
        long committedMicros,
        long sequence,
        BitSet kept,
        List<@Nullable Object> base) {
    StagedRow asDeleted(StagedRow deletion) {
        return new StagedRow(
                values,
                deletion.op,
                deletion.position,
                true,
                1,
                deletion.committedMicros,
                deletion.sequence,
                kept,
                base);
    }
}
